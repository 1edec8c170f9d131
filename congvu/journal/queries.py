"""Reading the journal: acts newest first, one act with what it changed, the history of one record.

The journal stands below access and knows no seats: the guard of a page asks who may read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet, Sum

from congvu.kernel.clock import start_of
from congvu.kernel.errors import Refusal

from .kinds import KINDS
from .models import Act, Block, Change, SealedAct

PAGE = 50
_LARGEST_ID = 2**63 - 1


class ActNotFound(Refusal):
    code = "act.not_found"
    status = 404


@dataclass(frozen=True, slots=True)
class ActShown:
    id: int
    at: datetime
    kind: str
    actor: str
    agency: str | None
    subject_table: str | None
    subject_key: str | None
    reason: str
    data: Mapping[str, Any]

    @property
    def kind_name(self) -> str:
        return str(KINDS.get(self.kind, self.kind))


@dataclass(frozen=True, slots=True)
class Sought:
    """What the journal is searched for; an empty value leaves nothing out. ``actor`` is part of a name."""

    kind: str = ""
    day: date | None = None
    actor: str = ""


@dataclass(frozen=True, slots=True)
class ActPage:
    acts: tuple[ActShown, ...]
    before: int | None


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """``before`` and ``after`` hold only the columns that changed; None where the record did not exist."""

    table: str
    key: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class ActOpened:
    """``changes`` is a page of what the act changed, ``after`` the id to continue from, ``total`` how many in all.

    ``loaded`` is table -> rows that stood in it after a load; ``seal`` the number of the seal over the act.
    """

    act: ActShown
    changes: tuple[ChangeShown, ...]
    total: int
    after: int | None
    loaded: Mapping[str, int]
    seal: int | None


def acts_page(sought: Sought, *, before: int | None = None, limit: int = PAGE) -> ActPage:
    """Return acts, the newest first, from below the id ``before``."""
    found = list(_sought(sought, before).order_by("-id")[: limit + 1])
    page = found[:limit]
    return ActPage(tuple(_shown(a) for a in page), page[-1].id if len(found) > limit else None)


def get_act(act_id: int, *, after: int = 0, limit: int = PAGE) -> ActOpened:
    """Return one act with what it loaded, and what it changed from beyond the change ``after``.

    Raises
    ------
    ActNotFound
    """
    found = Act.objects.filter(pk=act_id).first() if 0 < act_id <= _LARGEST_ID else None
    if found is None:
        raise ActNotFound(f"Không có thao tác số {str(act_id)[:20]} trong nhật ký. Hãy chọn từ danh sách.")
    changes = Change.objects.filter(act=found)
    page = list(changes.filter(pk__gt=after).order_by("id")[: limit + 1])
    loaded = Block.objects.filter(act=found).values_list("table").annotate(total=Sum("rows")).order_by("table")
    sealed = SealedAct.objects.filter(pk=act_id).first()
    return ActOpened(
        act=_shown(found),
        changes=tuple(ChangeShown(c.table, c.key, c.before, c.after) for c in page[:limit]),
        total=changes.count(),
        after=page[limit - 1].pk if len(page) > limit else None,
        loaded=dict(loaded),
        seal=sealed.seal_id if sealed else None,
    )


def history_of(table: str, key: str) -> tuple[tuple[ActShown, ChangeShown], ...]:
    """Return the acts that changed one record, oldest first. The caller has found the record through ``visible_to``."""
    changes = Change.objects.filter(table=table, key=key).select_related("act").order_by("id")
    return tuple((_shown(c.act), ChangeShown(c.table, c.key, c.before, c.after)) for c in changes)


def _sought(sought: Sought, before: int | None) -> QuerySet[Act]:
    acts = Act.objects.all()
    if before is not None:
        acts = acts.filter(pk__lt=before)
    if sought.kind:
        acts = acts.filter(kind=sought.kind)
    if sought.day:
        acts = acts.filter(at__gte=start_of(sought.day), at__lt=start_of(sought.day + timedelta(days=1)))
    if sought.actor:
        acts = acts.filter(actor_name__icontains=sought.actor)
    return acts


def _shown(act: Act) -> ActShown:
    return ActShown(
        act.pk,
        act.at,
        act.kind,
        act.actor_name,
        act.agency,
        act.subject_table,
        act.subject_key,
        act.reason,
        act.data,
    )
