"""Files of others that we serve are those that were listed, each with its licence."""

import hashlib
from pathlib import Path

import congvu.web

FOLDER = Path(congvu.web.__file__).parent / "static" / "vendor"


def test_every_vendored_file_is_listed_and_unchanged():
    listed = dict(reversed(line.split()) for line in (FOLDER / "SHA256SUMS").read_text().splitlines())

    assert listed.keys() == {path.name for path in FOLDER.iterdir()} - {"SHA256SUMS"}
    for name, digest in listed.items():
        assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == digest, name


def test_no_style_sheet_or_script_of_ours_asks_another_host():
    ours = [*(FOLDER.parent / "css").iterdir(), *(FOLDER.parent / "js").iterdir()]

    assert ours
    for path in ours:
        assert "://" not in path.read_text(encoding="utf-8"), path.name
