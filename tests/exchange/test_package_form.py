"""datapackage.json, folders and zips: what is no package, and what must not lead out of one."""

import json
import os
import stat
import zipfile
from pathlib import Path

import pytest

from congvu.exchange.package import LARGEST, open_package
from congvu.exchange.problems import PackageRefused, Report
from congvu.exchange.services import load_package
from congvu.kernel.errors import UsageRefusal

from .province import only, province

OFFICERS = "code,full_name,category\nCB1,Nông Thị Ánh,cadre\n"


def describe(**changes):
    description = {
        "profile": "tabular-data-package",
        "name": "thu",
        "title": "Thử",
        "province": "P",
        "resources": [{"name": "officers", "path": "officers.csv"}],
    }
    return {key: value for key, value in (description | changes).items() if value is not None}


@pytest.fixture
def folder(tmp_path):
    """A package of officers alone."""
    path = tmp_path / "goi"
    path.mkdir()
    (path / "datapackage.json").write_text(json.dumps(describe()), encoding="utf-8")
    (path / "officers.csv").write_text(OFFICERS, encoding="utf-8")
    return path


def zipped(tmp_path, **members):
    path = tmp_path / "goi.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_csv", ".csv").replace("_json", ".json"), content)
    return path


def opened(path):
    """Return the errors and warnings of opening a package and reading its files, without a database."""
    report = Report()
    with open_package(path, report) as package:
        for resource in package.resources if package else ():
            content = package.files.read(resource.path)
            if isinstance(content, str):
                report.error("datapackage.json", None, "path", resource.path, content)
    return [str(p) for p in report.errors.kept], [str(p) for p in report.warnings.kept]


def refused(path):
    with pytest.raises(PackageRefused) as refusal:
        load_package(path)
    return [str(problem) for problem in refusal.value.problems]


def test_a_right_folder_has_no_problem(folder):
    assert opened(folder) == ([], [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "datapackage.json:1: không phải JSON đúng"),
        (
            '{"profile": "tabular-data-package",\n "name" "x"}',
            "datapackage.json:2: không phải JSON đúng, hỏng từ ký tự thứ 9",
        ),
        ("[]", "datapackage.json: cần một đối tượng JSON"),
        ("null", "datapackage.json: cần một đối tượng JSON"),
        ("[" * 100_000, "datapackage.json: không phải JSON đúng: lồng nhau quá sâu"),
    ],
)
def test_a_broken_description_is_named(folder, text, expected):
    (folder / "datapackage.json").write_text(text, encoding="utf-8")
    errors, _warnings = opened(folder)

    assert [e[: len(expected)] for e in errors] == [expected]


def test_a_description_that_is_not_utf8_is_named_with_its_line(folder):
    (folder / "datapackage.json").write_bytes(b'{"profile": "tabular-data-package",\n"title": "\xff"}')

    assert opened(folder)[0] == ["datapackage.json:2: có byte không phải UTF-8"]


def test_a_byte_order_mark_is_allowed(folder):
    (folder / "datapackage.json").write_text(json.dumps(describe()), encoding="utf-8-sig")

    assert opened(folder) == ([], [])


def test_a_folder_without_a_description_is_named(folder):
    (folder / "datapackage.json").unlink()

    assert opened(folder)[0] == ["datapackage.json: không có tệp này trong gói"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"profile": None}, "datapackage.json: profile: cần «tabular-data-package»"),
        ({"profile": "data-package"}, "datapackage.json: profile: 'data-package' cần «tabular-data-package»"),
        ({"name": None}, "datapackage.json: name: thiếu tên gói"),
        ({"title": 7}, "datapackage.json: title: thiếu tên gọi của gói"),
        ({"province": None}, "datapackage.json: province: thiếu mã cơ quan của Ủy ban nhân dân tỉnh"),
        ({"province": " "}, "datapackage.json: province: thiếu mã cơ quan của Ủy ban nhân dân tỉnh"),
        ({"resources": None}, "datapackage.json: resources: thiếu danh sách resources"),
        ({"resources": {"officers": "officers.csv"}}, "datapackage.json: resources: thiếu danh sách resources"),
        ({"resources": [7]}, "datapackage.json: resources: mục thứ 1 cần name và path, đều là chuỗi ký tự"),
        (
            {"resources": [{"name": "officers", "path": ["officers.csv"]}]},
            "datapackage.json: resources: mục thứ 1 cần name và path, đều là chuỗi ký tự",
        ),
        (
            {"resources": [{"name": "officers", "path": "officers.csv"}] * 2},
            "datapackage.json: resources: 'officers' bảng được nêu hai lần",
        ),
    ],
)
def test_a_description_that_lacks_something_is_named(folder, changes, expected):
    (folder / "datapackage.json").write_text(json.dumps(describe(**changes)), encoding="utf-8")

    assert opened(folder)[0] == [expected]


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "../officers.csv",
        "a/../../officers.csv",
        "a\\officers.csv",
        "C:officers.csv",
        "https://example.org/officers.csv",
        "file:officers.csv",
        "",
        ".",
        "datapackage.json",
        "officers.csv\0",
    ],
)
def test_a_path_that_is_not_a_plain_one_inside_is_refused_unread(folder, path):
    (folder.parent / "officers.csv").write_text(OFFICERS, encoding="utf-8")
    description = describe(resources=[{"name": "officers", "path": path}])
    (folder / "datapackage.json").write_text(json.dumps(description), encoding="utf-8")
    errors, _warnings = opened(folder)

    assert len(errors) == 1
    assert errors[0].startswith("datapackage.json: path: ")


def test_a_path_into_a_folder_of_the_package_is_fine(folder):
    (folder / "bang").mkdir()
    (folder / "officers.csv").rename(folder / "bang" / "officers.csv")
    description = describe(resources=[{"name": "officers", "path": "bang/officers.csv"}])
    (folder / "datapackage.json").write_text(json.dumps(description), encoding="utf-8")

    assert opened(folder) == ([], [])


def test_a_resource_without_its_file_is_named(folder):
    (folder / "officers.csv").unlink()

    assert opened(folder)[0] == ["datapackage.json: path: 'officers.csv' không có tệp này trong gói"]


@pytest.mark.parametrize("kind", ["file link", "folder link", "folder", "pipe"])
def test_links_folders_and_pipes_are_no_plain_files(folder, kind):
    (folder / "officers.csv").unlink()
    outside = folder.parent / "bang"
    outside.mkdir()
    (outside / "officers.csv").write_text(OFFICERS, encoding="utf-8")
    path = "officers.csv"
    match kind:
        case "file link":
            (folder / path).symlink_to(outside / path)
        case "folder link":
            (folder / "bang").symlink_to(outside)
            path = "bang/officers.csv"
        case "folder":
            (folder / path).mkdir()
        case "pipe":
            os.mkfifo(folder / path)
    description = describe(resources=[{"name": "officers", "path": path}])
    (folder / "datapackage.json").write_text(json.dumps(description), encoding="utf-8")
    errors, _warnings = opened(folder)

    assert len(errors) == 1
    assert errors[0].startswith(f"datapackage.json: path: '{path}' ")
    assert "tệp thường" in errors[0]


def test_files_that_no_resource_names_are_passed_over_with_a_warning(folder):
    (folder / "ghi-chu.txt").write_text("…", encoding="utf-8")
    (folder / "sub").mkdir()
    (folder / "sub" / "a.csv").write_text("", encoding="utf-8")

    assert opened(folder) == (
        [],
        [
            "ghi-chu.txt: không có trong resources của datapackage.json, được bỏ qua",
            "sub/a.csv: không có trong resources của datapackage.json, được bỏ qua",
        ],
    )


def test_an_unknown_table_is_named(db, folder):
    description = describe(
        resources=[{"name": "officers", "path": "officers.csv"}, {"name": "cars", "path": "officers.csv"}]
    )
    (folder / "datapackage.json").write_text(json.dumps(description), encoding="utf-8")

    assert refused(folder) == ["datapackage.json: name: 'cars' không có bảng này"]


def test_an_unknown_table_of_somebodys_own_is_passed_over_with_a_warning(db, folder):
    description = describe(
        resources=[{"name": "officers", "path": "officers.csv"}, {"name": "x_cars", "path": "officers.csv"}]
    )
    (folder / "datapackage.json").write_text(json.dumps(description), encoding="utf-8")
    result = load_package(folder)

    assert result.act_id
    assert [str(w) for w in result.warnings] == ["datapackage.json: name: 'x_cars' bảng riêng không rõ, được bỏ qua"]


def test_a_table_of_somebodys_own_needs_its_file_all_the_same(db, folder):
    description = describe(resources=[{"name": "x_cars", "path": "x_cars.csv"}])
    (folder / "datapackage.json").write_text(json.dumps(description), encoding="utf-8")

    assert refused(folder) == ["datapackage.json: path: 'x_cars.csv' không có tệp này trong gói"]


def test_the_province_must_be_an_agency_once_there_are_agencies(db, package):
    assert refused(package(province="04", **province())) == [
        "datapackage.json: province: '04' không phải mã của cơ quan nào"
    ]
    result = load_package(package(province="S1", **province()))
    assert [str(w) for w in result.warnings] == [
        "datapackage.json: province: 'S1' không phải mã của Ủy ban nhân dân tỉnh"
    ]


def test_a_package_without_agencies_loads_into_an_empty_database(db, package):
    assert load_package(package(**only("officers"))).act_id


@pytest.mark.parametrize("prefix", ["", "goi/"])
def test_a_zip_holds_its_package_at_the_root_or_in_one_folder(db, tmp_path, prefix):
    path = tmp_path / "goi.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{prefix}datapackage.json", json.dumps(describe()))
        archive.writestr(f"{prefix}officers.csv", OFFICERS)

    assert load_package(path).tables["officers"].new == 1


def test_a_zip_with_two_packages_or_none_is_named(tmp_path):
    two = zipped(tmp_path, a__datapackage_json=json.dumps(describe()), b__datapackage_json=json.dumps(describe()))
    assert "thấy 2 thư mục" in opened(two)[0][0]
    deep = zipped(tmp_path, a__b__datapackage_json=json.dumps(describe()))
    assert "thấy 0 thư mục" in opened(deep)[0][0]


def test_what_lies_beside_the_folder_in_a_zip_is_passed_over_with_a_warning(tmp_path):
    path = tmp_path / "goi.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("goi/datapackage.json", json.dumps(describe()))
        archive.writestr("goi/officers.csv", OFFICERS)
        archive.writestr("../../etc/passwd", "root")

    assert opened(path) == ([], ["/../../etc/passwd: không có trong resources của datapackage.json, được bỏ qua"])
    assert not (tmp_path.parent.parent / "etc").exists()


def member(name, mode=0o644, kind=stat.S_IFREG):
    info = zipfile.ZipInfo(name)
    info.external_attr = (kind | mode) << 16
    return info


def test_a_link_in_a_zip_is_no_plain_file(tmp_path):
    path = tmp_path / "goi.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("datapackage.json", json.dumps(describe()))
        archive.writestr(member("officers.csv", kind=stat.S_IFLNK), "/etc/passwd")

    assert opened(path)[0] == ["datapackage.json: path: 'officers.csv' là một liên kết; cần một tệp thường"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_is_twice_in_a_zip_is_refused(tmp_path):
    path = tmp_path / "goi.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("datapackage.json", json.dumps(describe()))
        archive.writestr("officers.csv", OFFICERS)
        archive.writestr("officers.csv", OFFICERS)

    assert opened(path)[0] == ["datapackage.json: path: 'officers.csv' có hai lần trong tệp zip"]


def test_a_member_that_grows_beyond_measure_is_refused_unread(tmp_path):
    path = tmp_path / "goi.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("datapackage.json", json.dumps(describe()))
        archive.writestr("officers.csv", b"\0" * 20_000_000)

    assert "không nhận tệp nén bất thường" in opened(path)[0][0]


def _with_false_size(path: Path, size: int) -> None:
    """Let the zip's directory say another size for officers.csv than it has."""
    content = bytearray(path.read_bytes())
    place = content.rindex(b"officers.csv") - 46
    content[place + 24 : place + 28] = size.to_bytes(4, "little")
    path.write_bytes(content)


def test_a_zip_that_says_it_unpacks_to_gigabytes_is_refused(tmp_path):
    path = zipped(tmp_path, datapackage_json=json.dumps(describe()), officers_csv=OFFICERS)
    _with_false_size(path, LARGEST + 1)

    assert "quá giới hạn" in opened(path)[0][0]


def test_a_member_that_lies_about_its_size_is_refused(tmp_path):
    path = zipped(tmp_path, datapackage_json=json.dumps(describe()), officers_csv=OFFICERS)
    _with_false_size(path, 10)

    assert "không giải nén được" in opened(path)[0][0]


def test_a_member_with_a_password_is_refused(tmp_path):
    path = zipped(tmp_path, datapackage_json=json.dumps(describe()), officers_csv=OFFICERS)
    content = bytearray(path.read_bytes())
    content[content.rindex(b"officers.csv") - 46 + 8] |= 1
    path.write_bytes(content)

    assert "mật khẩu" in opened(path)[0][0]


def test_a_damaged_member_is_refused(tmp_path):
    path = zipped(tmp_path, datapackage_json=json.dumps(describe()), officers_csv=OFFICERS)
    path.write_bytes(path.read_bytes().replace(b"cadre", b"cadrx"))

    assert "không giải nén được" in opened(path)[0][0]


def test_nothing_there_is_wrong_use(tmp_path):
    with pytest.raises(UsageRefusal, match="Không có thư mục hay tệp zip nào"):
        opened(tmp_path / "nowhere")


def test_neither_folder_nor_zip_is_wrong_use(tmp_path):
    (tmp_path / "goi.zip").write_text("not a zip")
    with pytest.raises(UsageRefusal, match="không phải thư mục, cũng không phải tệp zip"):
        opened(tmp_path / "goi.zip")
