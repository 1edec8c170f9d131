"""Vietnamese words for ``argparse``: usage lines, help headings and errors of every command."""

import argparse
import gettext

_WORDS = {
    "usage: ": "Cách dùng: ",
    "positional arguments": "Tham số",
    "options": "Tùy chọn",
    "show this help message and exit": "in hướng dẫn này",
    "%(prog)s: error: %(message)s\n": "Lỗi: %(message)s. Xem `%(prog)s --help`.\n",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "the following arguments are required: %s": "thiếu tham số %s",
    "one of the arguments %s is required": "cần một trong các tham số %s",
    "unrecognized arguments: %s": "không hiểu tham số %s",
    "not allowed with argument %s": "không dùng cùng %s được",
    "expected one argument": "cần một giá trị",
    "expected at most one argument": "chỉ nhận nhiều nhất một giá trị",
    "expected at least one argument": "cần ít nhất một giá trị",
    "expected %s argument": "cần đúng %s giá trị",
    "expected %s arguments": "cần đúng %s giá trị",
    "ignored explicit argument %r": "không nhận giá trị, nhưng có %r",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s chưa rõ là tùy chọn nào: %(matches)s",
    "invalid %(type)s value: %(value)r": "giá trị %(value)r không đúng kiểu %(type)s",
    "invalid choice: %(value)r (choose from %(choices)s)": "không có %(value)r, hãy chọn: %(choices)s",
    "unknown parser %(parser_name)r (choices: %(choices)s)": (
        "không có lệnh con %(parser_name)r, hãy chọn một trong: %(choices)s"
    ),
    "can't open '%(filename)s': %(error)s": "không mở được tệp '%(filename)s': %(error)s",
}


def speak_vietnamese() -> None:
    """Make every parser of this process speak Vietnamese; what is not in the table stays as it is.

    ``argparse`` asks ``gettext`` for its words and cannot be given a table: its two look-ups are replaced.
    """
    setattr(argparse, "_", lambda text: _WORDS.get(text, text))  # noqa: B010 - a name the stubs do not list
    setattr(argparse, "ngettext", _plural)  # noqa: B010


def _plural(singular: str, plural: str, count: int) -> str:
    text = gettext.ngettext(singular, plural, count)
    return _WORDS.get(text, text)
