"""Abbreviations misspelt, never defined, defined twice, used before they are defined, or not fitting their words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator

from congvu.kernel.text import fold
from congvu.press.manuscript import Manuscript

from ..findings import Certainty, Finding, Kind
from .abbreviation_forms import Definition, Use, definitions, initials_of, letters, uses, well_known

__all__ = ["find", "well_known"]

_LONG = 5
_SHORTEST = 3
_LONGEST = 9
_DEFINES = 2
"""A text that defines so many abbreviations means to define all of them."""

_FOREIGN = re.compile(r"[FJWZ]|[AEIOUY].*[AEIOUY]")
_NAME_BEFORE = re.compile(
    r"(?:công ty|tập đoàn|ngân hàng|hãng|thương hiệu|nhóm|giải|cúp|dự án|phần mềm|hệ thống|nền tảng|mạng|chợ|quán|lớp|"
    r"loại|hạng|mẫu|biển số|tiêu chuẩn|cổ phiếu|mã|chuẩn|[“\"‘'])\s?$",
    re.IGNORECASE,
)


def find(manuscript: Manuscript) -> Iterator[Finding]:
    """Yield what is wrong with the abbreviations of ``manuscript``."""
    found = list(uses(manuscript))
    defined: dict[str, list[Definition]] = defaultdict(list)
    for definition in definitions(found):
        defined[definition.token].append(definition)
    counts = Counter(use.token for use in found)
    misspelt = _misspelt(found, defined, counts, manuscript)
    yield from misspelt.values()
    for several in defined.values():
        yield from _not_fitting(several, defined)
        yield from _defined_twice(several)
    yield from _before_definition(found, defined)
    yield from _undefined(found, defined, counts, misspelt.keys())


def _finding(use: Use, certainty: Certainty, computed: str, message: str) -> Finding:
    return Finding(Kind.ABBREVIATION, certainty, use.paragraph, use.start, use.end, use.token, computed, message)


def _times(count: int) -> str:
    return f" ({count} lần)"


def _misspelt(
    found: list[Use], defined: dict[str, list[Definition]], counts: Counter[str], manuscript: Manuscript
) -> dict[str, Finding]:
    """Return one finding for each token that is a slip for an abbreviation which the text defines or often uses."""
    known = well_known()
    models = [token for token in counts if token in defined or (token in known and counts[token] > 1)]
    explained = [token for token in models if any(one.words for one in defined.get(token, ()))]
    text_initials: str | None = None
    findings: dict[str, Finding] = {}
    for use in found:
        token = use.token
        if token in findings or token in defined or token in known or "&" in token:
            continue
        meant = _meant(token, models, counts)
        near = None if meant else _near(use, explained, counts)
        if meant is None and near is None:
            continue
        if text_initials is None:
            text_initials = initials_of(manuscript)
        if near is not None and letters(token) in text_initials.replace(letters(near), " "):
            continue
        sure = meant is not None and (len(meant) >= _LONG and letters(token) not in text_initials and counts[meant] > 1)
        meant = meant or near or ""
        findings[token] = _finding(
            use, "certain" if sure else "likely", meant, _misspelt_message(token, meant, counts, sure)
        )
    return findings


def _misspelt_message(token: str, meant: str, counts: Counter[str], sure: bool) -> str:
    said = f"{token}{_times(counts[token])} chỉ khác {meant}{_times(counts[meant])} ở {_difference(token, meant)}"
    if sure:
        return f"{said} và không nhóm từ nào trong bài viết tắt thành {token}: đây là {meant} viết sai."
    return f"{said} và không được giải thích ở đâu: có lẽ là {meant} viết sai; chỉ đúng nếu {token} là một từ khác."


def _meant(token: str, models: list[str], counts: Counter[str]) -> str | None:
    close = [model for model in models if model != token and _slip(token, model)]
    return max(close, key=lambda model: counts[model], default=None)


def _near(use: Use, explained: list[str], counts: Counter[str]) -> str | None:
    """Return the explained abbreviation that is used more and of which ``use`` lacks or changes one letter."""
    if _FOREIGN.search(use.token) or _is_name(use):
        return None
    close = [one for one in explained if counts[one] > counts[use.token] and _one_letter_off(use.token, one)]
    return max(close, key=lambda one: counts[one], default=None)


def _one_letter_off(token: str, model: str) -> bool:
    """Whether one letter after the first is another, or one is missing so that no shorter name can be meant.

    ``KHĐT`` beside ``SKHĐT`` is the name without its "Sở"; ``THC`` beside ``TTHC`` has lost one of two equal letters.
    """
    if len(model) < _LONG - 1:
        return False
    if len(token) == len(model):
        return token[0] == model[0] and sum(a != b for a, b in zip(token, model, strict=True)) == 1
    if len(token) + 1 != len(model):
        return False
    shorter = (model[1:] if model[0] != model[1] else "", model[:-1] if model[-1] != model[-2] else "")
    return token not in shorter and any(model[:place] + model[place + 1 :] == token for place in range(len(model)))


def _slip(token: str, model: str) -> bool:
    """Whether ``token`` is ``model`` with one letter changed (in a long one), two neighbours swapped, one doubled."""
    if len(token) == len(model):
        wrong = [place for place in range(len(model)) if token[place] != model[place]]
        if len(wrong) == 1:
            return len(model) >= _LONG
        return (
            len(wrong) == 2
            and len(model) >= _LONG - 1
            and wrong[1] == wrong[0] + 1
            and token[wrong[0]] == model[wrong[1]]
            and token[wrong[1]] == model[wrong[0]]
        )
    if len(token) == len(model) + 1 and len(model) >= _LONG - 1:
        return any(
            token[:place] + token[place + 1 :] == model and token[place] == token[place - 1]
            for place in range(1, len(token))
        )
    return False


def _difference(token: str, model: str) -> str:
    if len(token) > len(model):
        return "một chữ viết thừa"
    if len(token) < len(model):
        return "một chữ viết thiếu"
    wrong = [place for place in range(len(model)) if token[place] != model[place]]
    if len(wrong) == 1:
        return f"chữ thứ {wrong[0] + 1} ({token[wrong[0]]} thay cho {model[wrong[0]]})"
    return f"hai chữ {token[wrong[0]]}{token[wrong[1]]} đổi chỗ"


def _not_fitting(several: list[Definition], defined: dict[str, list[Definition]]) -> Iterator[Finding]:
    for definition in several:
        wanted = letters(definition.token)
        if definition.words is not None or len(wanted) < _LONG - 1 or definition.token in well_known():
            continue
        initials = definition.initials
        if len(initials) != len(wanted) or not _slip_of_definition(wanted, initials):
            continue
        right = initials.upper()
        elsewhere = any(letters(token) == initials for token in defined) or len(wanted) >= _LONG
        certainty: Certainty = "certain" if elsewhere and len(wanted) > _LONG else "likely"
        yield _finding(
            definition.use,
            certainty,
            right,
            f"{definition.token} không khớp chữ đầu của các từ đứng trước ({', '.join(right)})"
            + ("." if certainty == "certain" else "; chỉ đúng nếu nó viết tắt một tên khác."),
        )


def _slip_of_definition(wanted: str, initials: str) -> bool:
    wrong = [place for place in range(len(wanted)) if wanted[place] != initials[place]]
    if len(wrong) == 1:
        return wrong[0] > 0
    return len(wrong) == 2 and wrong[1] == wrong[0] + 1 and wanted[wrong[0]] == initials[wrong[1]]


def _defined_twice(several: list[Definition]) -> Iterator[Finding]:
    fitting = [definition for definition in several if definition.words is not None]
    for other in fitting[1:]:
        first = fitting[0]
        one, two = _core(first.words or ""), _core(other.words or "")
        if one != two:
            yield _finding(
                other.use,
                "likely",
                first.words or "",
                f"{other.token} ở đây viết tắt “{other.words}”, ở dòng "
                f"{first.use.paragraph.place(first.use.start).line} viết tắt “{first.words}”; "
                "chỉ đúng nếu mỗi chỗ cố ý dùng một nghĩa.",
            )
            return


def _core(words: str) -> str:
    return " ".join(word for word in fold(words).split() if word not in ("va", "cua", "cac"))


def _before_definition(found: list[Use], defined: dict[str, list[Definition]]) -> Iterator[Finding]:
    seen: set[str] = set()
    for use in found:
        if use.token in seen or use.token not in defined:
            continue
        seen.add(use.token)
        first = defined[use.token][0].use
        if (
            defined[use.token][0].words is None
            or use.token in well_known()
            or (use.order, use.start) >= (first.order, first.start)
            or use.paragraph.heading
        ):
            continue
        line = first.paragraph.place(first.start).line
        yield _finding(
            use,
            "likely",
            "",
            f"{use.token} được dùng ở đây trước khi được giải thích ở dòng {line}; "
            "chỉ đúng nếu người đọc đã biết từ này từ văn bản khác.",
        )


def _undefined(
    found: list[Use], defined: dict[str, list[Definition]], counts: Counter[str], misspelt: Collection[str]
) -> Iterator[Finding]:
    explained = [token for token, several in defined.items() if any(d.words for d in several)]
    if len(explained) < _DEFINES:
        return
    done: set[str] = set(misspelt) | set(defined)
    for use in found:
        token = use.token
        if token in done or not _needs_definition(use):
            continue
        done.add(token)
        yield _finding(
            use,
            "likely",
            "",
            f"{token}{_times(counts[token])} không được giải thích ở đâu "
            "trong khi bài giải thích các từ viết tắt khác; "
            "chỉ đúng nếu đây là tên riêng hoặc từ mà người nhận đã quen.",
        )


def _needs_definition(use: Use) -> bool:
    token = use.token
    if not _SHORTEST <= len(token) <= _LONGEST or token in well_known() or _FOREIGN.search(token):
        return False
    known = well_known()
    if any(part in known for part in token.split("&")) and "&" in token:
        return False
    return not _is_name(use)


def _is_name(use: Use) -> bool:
    """Whether what stands around makes the letters a name, a code or a mark."""
    before = use.paragraph.text[max(0, use.start - 20) : use.start]
    numbered = use.paragraph.text[use.end : use.end + 2].strip()[:1].isdigit()
    return numbered or _NAME_BEFORE.search(before) is not None
