"""A frozen report years later says the same: records corrected, figures renamed or gone, the template rewritten."""

from dataclasses import replace

import pytest

from congvu.access.rules import SYSTEM
from congvu.exchange.services import load_package
from congvu.figures.catalogue import FIGURES
from congvu.figures.frozen import definitions_hash
from congvu.press.model import plain_text
from congvu.press.reading import read_manuscript
from congvu.reports import queries
from congvu.reports.services import build_report, freeze_report, frozen_file
from congvu.reports.template import load_template
from tests.conftest import EXAMPLE

from .test_annual import OFFICER, finish_on_time, late_dossier


@pytest.fixture
def committed(own_database):
    load_package(EXAMPLE / "package", actor=SYSTEM)


def texts(kind, year, part=0):
    """The frozen text as bytes, and the lines of its PDF, read from the file."""
    revision = queries.get_revision(OFFICER, kind, year, 1, part=part)
    pdf = read_manuscript(frozen_file(revision, "pdf"), "bao-cao.pdf")
    return plain_text(queries.frozen_document(revision)).encode(), pdf.lines


def rewrite_template(home, kind):
    """Lay another template of the same kind into the province's home."""
    shipped = load_template(kind)
    folder = home / "templates" / kind
    folder.mkdir(parents=True)
    (folder / "body.txt").write_text("= Mục khác\n\nMẫu mới, số khác: [[dossiers.finished level=commune]].\n")
    periods = "\n".join(f'{name} = "{words}"' for name, words in shipped.periods.items())
    (folder / "template.toml").write_text(
        f'kind = "{kind}"\ncycle = "{shipped.cycle}"\nkind_name = "THÔNG BÁO"\nsymbol = "TB-UBND"\n'
        f'title = "Tên khác"\nsubject = "Khác"\nsignature = ["CHỦ TỊCH"]\nrecipients = ["- Lưu: VT."]\n'
        f"[periods]\n{periods}\n"
    )


@pytest.mark.parametrize(("kind", "part"), [("annual", 0), ("par_quarter", 2)])
def test_it_gives_the_same_text_and_the_same_pdf(committed, settings, monkeypatch, kind, part):
    frozen = freeze_report(kind, 2022, reader=OFFICER, part=part)
    before = texts(kind, 2022, part)
    word = frozen_file(frozen, "docx")

    finish_on_time(late_dossier())
    late = FIGURES["dossiers.late"]
    monkeypatch.setitem(FIGURES, "dossiers.late", replace(late, name="Tên mới", sentence="Câu mới.", unit="việc"))
    rewrite_template(settings.HOME, kind)
    today = plain_text(build_report(kind, 2022, reader=OFFICER, part=part).document)
    assert "Mẫu mới, số khác" in today

    assert texts(kind, 2022, part) == before
    assert frozen_file(queries.get_revision(OFFICER, kind, 2022, 1, part=part), "docx") == word
    assert "Thử Nghiệm./." in " ".join(before[1])


def test_it_opens_where_a_figure_and_its_type_are_gone(committed, settings, monkeypatch):
    freeze_report("par_quarter", 2022, reader=OFFICER, part=2)
    before = texts("par_quarter", 2022, 2)
    monkeypatch.delitem(FIGURES, "dossiers.late")
    (settings.HOME / "templates" / "par_quarter").mkdir(parents=True)  # an empty folder: a type that cannot be read

    assert texts("par_quarter", 2022, 2) == before
    revision = queries.get_revision(OFFICER, "par_quarter", 2022, 1, part=2)
    assert frozen_file(revision, "xlsx")[:2] == b"PK"
    assert revision.term.words == "quý II năm 2022"


def test_it_is_known_when_the_definitions_are_no_longer_those_of_then(committed, monkeypatch):
    frozen = freeze_report("annual", 2022, reader=OFFICER)
    assert frozen.definitions_hash == definitions_hash()
    monkeypatch.setitem(FIGURES, "dossiers.late", replace(FIGURES["dossiers.late"], sentence="Câu mới."))

    assert frozen.definitions_hash != definitions_hash()
