"""Every sentence that the pages hand to gettext is there in English, and the compiled file says what the .po says."""

from __future__ import annotations

import re

import pytest
from babel.messages.catalog import Catalog
from django.core.management import call_command
from django.utils.translation import gettext, override

from congvu.web.management.commands import messages
from congvu.web.management.commands.messages import MO, as_mo, extracted, translations, untranslated

PLACEHOLDER = re.compile(r"%(?:\(\w+\))?.?")
OF_VIETNAMESE = re.compile("[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE)
SYMBOL = re.compile(r"\S+/\S+")
RUN_IT = "run `make messages`, write what is missing into congvu/locale/en/LC_MESSAGES/django.po, run it again"


@pytest.fixture(scope="module")
def english() -> dict[str, str]:
    """Vietnamese sentence (with its context, where it has one) -> English."""
    return {f"{one.context or ''}|{one.id}": str(one.string) for one in translations() if one.id}


def test_every_sentence_is_there_in_english() -> None:
    wanted = extracted()
    sentences = {one.id for one in wanted}

    assert {"Bảng điều hành", "Hồ sơ giải quyết trễ hạn", "Bảng số liệu", "Đã mở tài khoản."} <= sentences
    assert untranslated(wanted, translations()) == [], RUN_IT


def test_a_translation_has_the_placeholders_of_its_sentence(english: dict[str, str]) -> None:
    differing = [
        key for key, words in english.items() if sorted(PLACEHOLDER.findall(key)) != sorted(PLACEHOLDER.findall(words))
    ]
    assert differing == []
    assert any(PLACEHOLDER.search(key) for key in english)


def test_a_translation_is_no_vietnamese(english: dict[str, str]) -> None:
    assert [words for words in english.values() if OF_VIETNAMESE.search(SYMBOL.sub("", words))] == []


def test_a_sentence_and_its_translation_end_alike(english: dict[str, str]) -> None:
    def ending(words: str) -> str:
        return words[-1] if words[-1] in ".?:" else ""

    pairs = {key.partition("|")[2]: words for key, words in english.items()}
    assert {vi: en for vi, en in pairs.items() if ending(vi) != ending(en)} == {}


def test_the_compiled_file_is_that_of_the_translations() -> None:
    assert MO.read_bytes() == as_mo(translations()), RUN_IT
    with override("en"):
        assert gettext("Bảng điều hành") == "Dashboard"


def _catalog(**strings: str) -> Catalog:
    made = Catalog(locale="en")
    for id_, string in strings.items():
        made.add(id_, string)
    return made


def test_an_empty_or_doubtful_translation_is_none() -> None:
    found = _catalog(one="eins", two="", three="drei")
    found["three"].flags.add("fuzzy")

    assert untranslated(_catalog(one="", two="", three="", four=""), found) == ["two", "three", "four"]


def test_the_check_fails_where_a_sentence_is_missing(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    wanted = extracted()
    wanted.add("Một câu mới")
    monkeypatch.setattr(messages, "extracted", lambda: wanted)

    with pytest.raises(SystemExit) as ending:
        call_command("messages", "--check")

    assert ending.value.code == 1
    assert capsys.readouterr().out == "Chưa có câu tiếng Anh: Một câu mới\n"


def test_the_check_fails_where_the_compiled_file_is_another(monkeypatch: pytest.MonkeyPatch, tmp_path, capsys) -> None:
    old = tmp_path / "django.mo"
    old.write_bytes(b"")
    monkeypatch.setattr(messages, "MO", old)

    with pytest.raises(SystemExit) as ending:
        call_command("messages", "--check")

    assert ending.value.code == 1
    assert capsys.readouterr().out == f"Tệp biên dịch khác với tệp dịch: {old}\n"


def test_what_is_written_is_complete_and_stays_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    po, mo = tmp_path / "django.po", tmp_path / "django.mo"
    po.write_bytes(messages.PO.read_bytes() + '\nmsgid "Câu không dùng nữa"\nmsgstr "Unused"\n'.encode())
    monkeypatch.setattr(messages, "PO", po)
    monkeypatch.setattr(messages, "MO", mo)

    call_command("messages")
    once = po.read_bytes(), mo.read_bytes()
    call_command("messages")

    assert (po.read_bytes(), mo.read_bytes()) == once
    assert "Câu không dùng nữa" not in once[0].decode()
    call_command("messages", "--check")
