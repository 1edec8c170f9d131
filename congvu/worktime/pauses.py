"""Stretches in which a limit stands still, and their union."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from congvu.kernel.errors import Refusal

from .instants import moment, ticks_of


class PauseNotValid(Refusal):
    """A pause ends before it begins."""

    code = "pause_not_valid"


@dataclass(frozen=True)
class Pause:
    """Waiting for payment, a supplement or another agency; without ``ends_at`` it is still open."""

    begins_at: datetime
    ends_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.ends_at is not None and self.ends_at < self.begins_at:
            raise PauseNotValid(
                f"Lần tạm dừng lúc {moment(self.begins_at)} kết thúc trước khi bắt đầu"
                f" ({moment(self.ends_at)}). Hãy sửa lại một trong hai thời điểm."
            )


def united(pauses: Iterable[Pause], start: int) -> list[tuple[int, int]]:
    """Return the closed pauses after ``start`` as separate stretches of ticks, in order.

    What lies before ``start`` is cut off. Open pauses are left out: nobody knows yet what they give back.
    """
    ends = sorted(
        (max(ticks_of(pause.begins_at), start), ticks_of(pause.ends_at))
        for pause in pauses
        if pause.ends_at is not None
    )
    stretches: list[tuple[int, int]] = []
    for begin, end in ends:
        if end <= begin:
            continue
        if stretches and begin <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], max(end, stretches[-1][1]))
        else:
            stretches.append((begin, end))
    return stretches
