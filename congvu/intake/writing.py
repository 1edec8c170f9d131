"""Writing a load: its rows, where each came from and the load's own state change together."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass

from django.db import transaction
from django.db.backends.utils import CursorWrapper

from congvu.exchange.problems import PackageRefused
from congvu.exchange.rows import Written, foresee
from congvu.exchange.rows import load as load_rows
from congvu.exchange.services import Tell
from congvu.exchange.staging import Staged
from congvu.journal.services import OpenAct
from congvu.kernel import clock
from congvu.sheets.marking.mark import remaining
from congvu.sheets.result import Note

from .files import keep_file
from .judging import Ready, keep_findings, make_ready
from .models import SheetLoad
from .notes import errors_of, keep_notes
from .origins import write_origins
from .rules import Severity, State
from .taking import move


@dataclass(frozen=True)
class InTheNameOf:
    """Who asked for a load, as the journal names them. It reads nothing: it is no seat."""

    user_id: int | None
    name: str
    agency_code: str | None


def write(load: SheetLoad, tell: Tell) -> None:
    """Write a load that was looked over; if something of it is wrong by now, look it over again instead.

    Raises
    ------
    SheetRefused, PackageRefused, LoadUnderWay
    """
    ready = make_ready(load, tell)
    wrong, notes = set(ready.wrong), errors_of(load)
    if wrong and not load.only_right:
        _look_again(load, ready, tell)
        return
    while True:
        try:
            with transaction.atomic():
                written = _write(load, ready, wrong, tell)
                _done(load, ready, written, rest={ready.row_of[line] for line in wrong}, notes=notes)
        except PackageRefused as refused:
            more = refused.lines - wrong
            if not load.only_right:
                _look_again(load, ready, tell)
                return
            if not more or refused.beyond:
                raise
            wrong |= more
            notes = [*notes, *ready.notes_of(refused.problems)]
        else:
            return


def _look_again(load: SheetLoad, ready: Ready, tell: Tell) -> None:
    keep_findings(load, ready, foresee(ready.rows, tell, wrong=ready.wrong))
    trouble = (
        "Dữ liệu đã đổi từ lần kiểm tra trước, nay có dòng không nạp được nên chưa nạp gì. Hãy xem các lỗi dưới đây."
    )
    SheetLoad.objects.filter(pk=load.pk).update(trouble=trouble)


def _write(load: SheetLoad, ready: Ready, wrong: Set[int], tell: Tell) -> Written:
    mapping = {"code": load.saved_code, "version": load.saved_version} if load.saved_code else load.mapping

    def then(cursor: CursorWrapper, _opened: OpenAct, staged: Staged) -> None:
        outcome = ready.outcome
        write_origins(cursor, load.number, staged, ready.rows.lines, outcome.rows, outcome.stated)

    return load_rows(
        ready.rows.without(wrong),
        actor=InTheNameOf(load.user_id, load.by, load.agency),
        kind="sheet:load",
        reason=load.reason,
        data={
            "load": load.number,
            "file": load.file_name,
            "sha256": load.file_id,
            "sheet": load.facts["sheet"],
            "mapping": mapping,
            "left_out": len(wrong),
        },
        then=then,
        tell=tell,
    )


def _done(load: SheetLoad, ready: Ready, written: Written, *, rest: Set[int], notes: Iterable[Note]) -> None:
    odd = ready.notes_of(written.warnings.kept)
    keep_notes(load, {Severity.ODD: odd})
    locked = SheetLoad.objects.select_for_update().get(pk=load.pk)
    move(locked, State.LOADED)
    locked.act, locked.done_at = written.act_id, clock.now()
    locked.stage, locked.share, locked.trouble = "", 1, ""
    locked.counts |= {
        "new": written.counts.new,
        "changed": written.counts.changed,
        "unchanged": written.counts.unchanged,
        "refused": len(rest),
        Severity.ODD: len(odd) + written.warnings.beyond,
    }
    if rest:
        why = [note for note in notes if note.row in rest]
        sheet, layout = load.facts["sheet"], ready.opened.layout
        content = remaining(bytes(load.file.content), load.file_name, sheet, set(rest), why, layout=layout)
        locked.rest = keep_file(content, load.file_name)
    locked.save()
