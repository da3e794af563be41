"""What arrives: encodings, separators, apostrophes before formulas, rows refused with their line, hostile workbooks."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from tests.notices.breach_register.records import notified, unnotified
from tocsin.errors import TocsinError
from tocsin.language import speaking
from tocsin.notices.breach_register import xlsx_guard
from tocsin.notices.breach_register.csv_file import csv_of, read_csv
from tocsin.notices.breach_register.files import read_file
from tocsin.notices.breach_register.table import Reading
from tocsin.notices.breach_register.xlsx_file import read_xlsx, xlsx_of

HEAD = "party;party_name;breach;title;aware_at;notification.answer;notification.motive;notification.by\r\n"
ROW = "phare;Mutuelle du Phare;b{n};Clé perdue;2024-02;done;;\r\n"


def read(tmp_path: Path, data: bytes, name: str = "register.csv", **options: str) -> Reading:
    path = tmp_path / name
    path.write_bytes(data)
    with speaking("en"):
        return read_csv(path, {}, **options)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_encoding_and_separator_are_found(tmp_path: Path, encoding: str, separator: str) -> None:
    data = (HEAD + ROW.format(n=1)).replace(";", separator).encode(encoding)
    reading = read(tmp_path, data)
    assert [record.title for record in reading.records] == ["Clé perdue"]


def test_a_breach_that_stands_twice_is_not_kept_twice(tmp_path: Path) -> None:
    reading = read(tmp_path, (HEAD + ROW.format(n=1) + ROW.format(n=1).replace("Clé", "Carte")).encode())
    assert [record.title for record in reading.records] == ["Clé perdue"]
    assert reading.rejected[0].where.endswith(":3")
    assert "stands twice" in reading.rejected[0].reason


def test_a_declared_encoding_that_is_wrong_names_the_line(tmp_path: Path) -> None:
    with pytest.raises(TocsinError, match="not utf-8") as refusal:
        read(tmp_path, (HEAD + ROW.format(n=1)).encode("cp1252"), encoding="utf-8")
    assert refusal.value.where.endswith("register.csv:2")


def test_rows_read_are_those_kept_and_those_rejected_with_their_line(tmp_path: Path) -> None:
    wrong = [
        "phare;Mutuelle du Phare;b2;No moment;hier;done;;\r\n",
        'phare;"Mutuelle\r\ndu Phare";b3;Silent;2024-02;no;;\r\n',
        "phare;Mutuelle du Phare;b4;Too long;2024-02;done;;;more\r\n",
        "phare;Mutuelle du Phare;;No reference;2024-02;done;;\r\n",
    ]
    reading = read(tmp_path, (HEAD + ROW.format(n=1) + "".join(wrong) + ROW.format(n=6)).encode())
    assert reading.read == 6
    assert [record.breach for record in reading.records] == ["b1", "b6"]
    assert [item.where.rpartition(":")[2] for item in reading.rejected] == ["3", "4", "6", "7"]
    told = [item.reason for item in reading.rejected]
    assert "'hier' is no moment" in told[0]
    assert "not notified, and the register does not say by whom and why" in told[1]
    assert "more cells than the header" in told[2]
    assert "breach: this is missing" in told[3]


@pytest.mark.parametrize(
    ("data", "kind", "says"),
    [
        (HEAD.replace("aware_at", "shoe size") + ROW, "register-columns-unknown", "shoe size"),
        (HEAD.replace("aware_at", "title") + ROW, "register-columns-wrong", "two columns hold title"),
        (HEAD.replace("breach;", "sector;") + ROW, "register-columns-wrong", "no column holds breach"),
        ("", "register-columns-unknown", "-"),
        (HEAD + 'phare;"Le" Phare;b1;t;;;;\r\n', "register-unreadable", "not CSV"),
        (HEAD + 'phare;"Le Phare;b1;t;;;;\r\n', "register-unreadable", "not CSV"),
    ],
)
def test_a_file_that_is_no_register_is_refused(tmp_path: Path, data: str, kind: str, says: str) -> None:
    with pytest.raises(TocsinError) as refusal:
        read(tmp_path, data.encode())
    assert refusal.value.kind == kind
    assert says in refusal.value.what
    assert refusal.value.remedy


def test_a_formula_is_neutral_in_the_file_and_a_text_in_the_register(tmp_path: Path) -> None:
    hostile = '=HYPERLINK("http://example.org";"click")'
    data = csv_of([notified(title=hostile, facts="@SUM(1)", origin="'=1", effects="-2+3", sector="+1")])
    text = data.decode("utf-8-sig")
    for cell in ("'=HYPERLINK", "'@SUM", "''=1", "'-2+3", "'+1"):
        assert cell in text
    assert not any(cell[:1] in "=+-@" for line in text.splitlines()[1:] for cell in line.split(";") if cell)
    (record,) = read(tmp_path, data).records
    assert (record.title, record.facts, record.origin, record.effects) == (hostile, "@SUM(1)", "'=1", "-2+3")


def test_a_workbook_holds_texts_only(tmp_path: Path) -> None:
    data = xlsx_of([notified(title="=1+1")])
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
        assert b"=1+1" in book.read("xl/sharedStrings.xml")


def workbook(tmp_path: Path, rows: list[list[object]]) -> Path:
    path = tmp_path / "register.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def test_days_and_numbers_of_a_spreadsheet_are_understood(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Organisme", "Nom de l’organisme", "Violation", "Intitulé", "Début de la violation", "Gravité (1 à 4)"],
        ["phare", "Mutuelle du Phare", 2023, "Clé perdue", dt.date(2023, 4, 11), 2],
    ]
    reading = read_xlsx(workbook(tmp_path, rows), {})
    assert reading.rejected == ()
    (record,) = reading.records
    assert (record.breach, record.occurred_from, record.severity) == ("2023", "2023-04-11", 2)


def test_an_instant_of_a_spreadsheet_has_no_offset_and_is_refused(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["party", "party_name", "breach", "title", "aware_at"],
        ["phare", "Mutuelle du Phare", "b1", "Clé perdue", dt.datetime(2023, 4, 11, 9, 30)],  # noqa: DTZ001 - its point
    ]
    with speaking("en"):
        (rejected,) = read_xlsx(workbook(tmp_path, rows), {}).rejected
    assert rejected.where.endswith("register.xlsx:2")
    assert "'2023-04-11T09:30:00' is no moment" in rejected.reason


def with_part(tmp_path: Path, name: str, data: bytes) -> Path:
    """A register as a workbook, with one part added or replaced."""
    path = tmp_path / "register.xlsx"
    with (
        zipfile.ZipFile(io.BytesIO(xlsx_of([notified()]))) as given,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for part in given.infolist():
            if part.filename != name:
                made.writestr(part.filename, given.read(part))
        made.writestr(name, data)
    return path


RELATION = b'<Relationships><Relationship Type="%b" Target="file:///etc/passwd" TargetMode="External"/></Relationships>'


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("xl/vbaProject.bin", b"macro", "runs something"),
        ("xl/externalLinks/externalLink1.xml", b"<externalLink/>", "reaches outside"),
        ("xl/worksheets/_rels/sheet1.xml.rels", RELATION % b"http://x/externalLinkPath", "reaches outside"),
        ("xl/embeddings/oleObject1.bin", b"ole", "reaches outside"),
        ("xl/connections.xml", b"<connections/>", "reaches outside"),
        ("xl/worksheets/sheet1.xml", b"<worksheet><c><f>SUM(A1)</f></c></worksheet>", "formulas"),
        ("xl/sharedStrings.xml", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><sst/>', "declares"),
    ],
)
def test_a_workbook_that_reaches_out_or_runs_is_refused(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    path = with_part(tmp_path, name, data)
    with speaking("en"), pytest.raises(TocsinError, match="as values into a new workbook") as refusal:
        read_xlsx(path, {})
    assert refusal.value.kind == "workbook-refused"
    assert says in refusal.value.what
    assert name in refusal.value.what


def test_a_link_to_a_page_runs_nothing_and_is_no_reason_to_refuse(tmp_path: Path) -> None:
    path = with_part(tmp_path, "xl/worksheets/_rels/sheet1.xml.rels", RELATION % b"http://x/hyperlink")
    assert len(read_xlsx(path, {}).records) == 1


def test_a_bomb_is_refused_before_it_unfolds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_guard, "MOST_BYTES", 1_000_000)
    path = with_part(tmp_path, "xl/media/zeros.bin", bytes(5_000_000))
    assert path.stat().st_size < 50_000
    with speaking("en"), pytest.raises(TocsinError, match="unfolds into more") as refusal:
        read_xlsx(path, {})
    assert refusal.value.kind == "register-too-large"


def test_too_many_parts_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_guard, "MOST_PARTS", 5)
    with speaking("en"), pytest.raises(TocsinError, match="too many parts"):
        read_xlsx(with_part(tmp_path, "xl/more.xml", b"<x/>"), {})


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 not a zip", b"\xd0\xcf\x11\xe0 a password"])
def test_what_is_no_workbook_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "register.xlsx"
    path.write_bytes(data)
    with speaking("en"), pytest.raises(TocsinError, match="without a password") as refusal:
        read_xlsx(path, {})
    assert refusal.value.kind == "register-unreadable"


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("r.json", b"{", "register-unreadable"),
        ("r.json", b'{"format": "tocsin-breach-register", "version": 2, "records": []}', "register-version"),
        ("r.json", b"[]", "register-version"),
        ("r.json", b'{"format": "tocsin-breach-register", "version": 1}', "register-unreadable"),
        (
            "r.json",
            b'{"format": "tocsin-breach-register", "version": 1, "records": [], "more": 1}',
            "register-unreadable",
        ),
        ("r.toml", b"breach = ", "register-unreadable"),
        ("r.toml", b'[other]\na = "b"', "register-unreadable"),
        ("r.ods", b"", "register-format"),
        ("r.jsonld", b"{}", "register-format"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    (tmp_path / name).write_bytes(data)
    with speaking("en"), pytest.raises(TocsinError) as refusal:
        read_file(tmp_path / name, {})
    assert refusal.value.kind == kind


def test_a_text_too_long_for_a_cell_is_not_cut() -> None:
    with speaking("en"), pytest.raises(TocsinError, match="export to CSV or JSON") as refusal:
        xlsx_of([unnotified(facts="a" * 32_768)])
    assert refusal.value.kind == "cell-too-long"
    assert len(csv_of([unnotified(facts="a" * 32_768)])) > 32_768
