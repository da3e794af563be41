"""From bytes to rows: encodings, separators, quotes, compression, Parquet, and what cannot be read."""

import contextlib
import csv
import gzip
import importlib.util
import io
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tocsin.errors import TocsinError

spec = importlib.util.spec_from_file_location("registers_world", Path(__file__).with_name("world.py"))
world = importlib.util.module_from_spec(spec)
sys.modules["registers_world"] = world
spec.loader.exec_module(world)

COLUMNS = {"record_id": "ID", "surname": "NOM", "first_name": "PRENOM"}
SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "record_linkage"
few = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
relaxed = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def names(outcome):
    return [(row["record_id"], row["surname"], row["first_name"]) for row in outcome.versions]


TEXT = "ID;NOM;PRENOM\n1;Bézier;Zoé\n2;Œillet;Noël\n"


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-8", "auto"), ("utf-8-sig", "auto"), ("cp1252", "auto"), ("utf-16", "auto"), ("utf-16-le", "auto"),
     ("utf-16-be", "utf-16-be"), ("utf-16-be", "auto"), ("iso8859-15", "iso-8859-15"), ("cp1252", "windows-1252"),
     ("utf-8", "utf-8")],
)  # fmt: skip
def test_encodings(engine, tmp_path, encoding, declared):
    outcome = world.read(engine, tmp_path, [TEXT.encode(encoding)], COLUMNS, encoding=declared)
    assert names(outcome) == [("1", "Bézier", "Zoé"), ("2", "Œillet", "Noël")]
    assert [row["surname_key"] for row in outcome.versions] == ["BEZIER", "OEILLET"]


def test_two_encodings_in_one_file(engine, tmp_path):
    mixed = "ID;NOM;PRENOM\n1;Bézier;Zoé\n".encode() + "2;Bézier;Noël\n".encode("cp1252")
    outcome = world.read(engine, tmp_path, [mixed], COLUMNS)
    assert names(outcome) == [("1", "Bézier", "Zoé"), ("2", "Bézier", "Noël")]
    assert outcome.report.warnings[0][:2] == ("foreign-bytes", 2)


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7])
def test_pieces_may_cut_a_character(engine, tmp_path, monkeypatch, size):
    monkeypatch.setattr("tocsin.evidence.registers.source.CHUNK", size)
    mixed = "ID;NOM;PRENOM\n1;Bézier;€𝄞é\n".encode() + "2;Bézier;Noël\n".encode("cp1252")
    outcome = world.read(engine, tmp_path, [mixed], COLUMNS, encoding="auto")
    assert names(outcome) == [("1", "Bézier", "€𝄞é"), ("2", "Bézier", "Noël")]


def test_a_wrong_declaration_is_told_and_loses_nobody(engine, tmp_path):
    outcome = world.read(engine, tmp_path, [TEXT.encode("cp1252")], COLUMNS, encoding="utf-8")
    assert outcome.report.rows_kept == 2
    assert outcome.report.warnings


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_separators_and_newlines(engine, tmp_path, separator, newline):
    text = TEXT.replace(";", separator).replace("\n", newline)
    outcome = world.read(engine, tmp_path, [text.encode()], COLUMNS)
    assert names(outcome) == [("1", "Bézier", "Zoé"), ("2", "Œillet", "Noël")]
    assert [row["line_no"] for row in outcome.versions] == [2, 3]


def test_a_spreadsheet_announces_its_separator(engine, tmp_path):
    outcome = world.read(engine, tmp_path, [b"sep=;\r\nID;NOM;PRENOM\r\n1;a,b;c\r\n"], COLUMNS)
    assert names(outcome) == [("1", "a,b", "c")]
    assert outcome.versions[0]["line_no"] == 3


def test_quotes(engine, tmp_path):
    text = 'ID;NOM;PRENOM\n1;"a;b";"c ""d"" e"\n2;"two\nlines";x\n3;5" tall;y\n4;"";z\n5; "s;p";\n'
    outcome = world.read(engine, tmp_path, [text.encode()], COLUMNS)
    assert names(outcome) == [("1", "a;b", 'c "d" e'), ("2", "two\nlines", "x"), ("3", '5" tall', "y"),
                              ("4", None, "z"), ("5", "s;p", None)]  # fmt: skip
    assert [row["line_no"] for row in outcome.versions] == [2, 3, 5, 6, 7]


def test_one_stray_quote_costs_one_line(engine, tmp_path):
    text = 'ID;NOM;PRENOM\n1;"open;x\n2;b;c\n3;"d;e";f\n4;g;h\n'
    outcome = world.read(engine, tmp_path, [text.encode()], COLUMNS)
    assert [row["record_id"] for row in outcome.versions] == ["2", "3", "4"]
    assert [(row["line_no"], row["reason"]) for row in outcome.rejects] == [(2, "open-quote")]


def test_a_quote_open_until_the_end_costs_one_line(engine, tmp_path):
    body = "".join(f"{n};a;b\n" for n in range(2, 500))
    outcome = world.read(engine, tmp_path, [f'ID;NOM;PRENOM\n1;"open;x\n{body}'.encode()], COLUMNS)
    assert outcome.report.rows_kept == 498
    assert outcome.report.reasons == (("open-quote", 1),)


def test_wrong_rows_are_rejected_with_their_line(engine, tmp_path):
    text = b"ID;NOM;PRENOM\n1;a\n\n2;b;c;d\n3;e;f\n4;g\x00;h\n ;no;id\n"
    outcome = world.read(engine, tmp_path, [text], COLUMNS)
    assert [(row["line_no"], row["reason"]) for row in outcome.rejects] == [
        (2, "field-count"), (3, "blank"), (4, "field-count"), (6, "nul-byte"), (7, "no-record-id"),
    ]  # fmt: skip
    assert outcome.rejects[0]["detail"] == "2 fields, 3 expected"
    assert names(outcome) == [("3", "e", "f")]


@pytest.mark.parametrize(
    "compress", [gzip.compress, zstandard.compress, lambda b: gzip.compress(b[:9]) + gzip.compress(b[9:])]
)
def test_compressed_files(engine, tmp_path, compress):
    assert len(names(world.read(engine, tmp_path, [compress(TEXT.encode())], COLUMNS))) == 2


@pytest.mark.parametrize("compress", [gzip.compress, zstandard.compress])
def test_a_cut_file_is_refused(engine, tmp_path, compress):
    whole = compress("".join(["ID;NOM;PRENOM\n", *(f"{n};{n * 7919 % 10007};x\n" for n in range(20000))]).encode())
    with pytest.raises(TocsinError) as caught:
        world.read(engine, tmp_path, [whole[: len(whole) // 2]], COLUMNS)
    assert caught.value.kind == "register-unreadable"


def test_an_unknown_column_names_the_file_and_what_it_holds(engine, tmp_path):
    with pytest.raises(TocsinError) as caught:
        world.read(engine, tmp_path, [b"ID;NAME\n1;x\n"], COLUMNS)
    message = str(caught.value)
    assert caught.value.kind == "register-column-unknown"
    assert "file-1.csv" in message
    assert "'NOM'" in message
    assert "ID, NAME" in message


@pytest.mark.parametrize(
    ("declared", "kind"),
    [({"encoding": "klingon"}, "register-encoding"), ({"separator": "ab"}, "register-separator"),
     ({"time_zone": "Europe/Nowhere"}, "register-zone")],
)  # fmt: skip
def test_impossible_declarations(engine, tmp_path, declared, kind):
    with pytest.raises(TocsinError) as caught:
        world.read(engine, tmp_path, [TEXT.encode()], COLUMNS, **declared)
    assert caught.value.kind == kind
    assert caught.value.remedy


def test_a_column_named_twice_is_refused(engine, tmp_path):
    with pytest.raises(TocsinError) as caught:
        world.read(engine, tmp_path, [b"ID;NOM;NOM;PRENOM\n1;a;b;c\n"], COLUMNS)
    assert caught.value.kind == "register-column-twice"


def test_several_files_of_different_shapes(engine, tmp_path):
    files = [b"ID;NOM;PRENOM\n1;a;b\n", b"PRENOM,OTHER,ID,NOM\nd,?,2,c\n"]
    outcome = world.read(engine, tmp_path, files, COLUMNS)
    assert names(outcome) == [("1", "a", "b"), ("2", "c", "d")]
    assert [row["evidence_id"] for row in outcome.versions] == [1, 2]


def test_extra_columns_are_kept_as_text(engine, tmp_path):
    columns = {**COLUMNS, "region": "REG", 'odd "name"': "ODD"}
    outcome = world.read(engine, tmp_path, [b"ID;NOM;PRENOM;REG;ODD\n1;a;b;011;x\n"], columns)
    assert outcome.versions[0]["region"] == "011"
    assert outcome.versions[0]['odd "name"'] == "x"
    with pytest.raises(TocsinError, match="nir_class"):
        world.read(engine, tmp_path, [b"ID;NOM;PRENOM;REG\n1;a;b;c\n"], {**COLUMNS, "nir_class": "REG"})


def test_parquet(engine, tmp_path):
    table = pa.table({
        "ID": pa.array([1.0, 2.0, 3.5]), "NOM": ["a ", None, ""], "PRENOM": pa.array([7, 8, 9], pa.int32()),
        "NE": pa.array([0, 1, None], pa.date32()), "unused": [[1], [2], [3]],
    })  # fmt: skip
    sink = io.BytesIO()
    pq.write_table(table, sink)
    columns = {**COLUMNS, "birth_date": "NE"}
    outcome = world.read(engine, tmp_path, [sink.getvalue()], columns, format="parquet", suffix="parquet")
    assert names(outcome) == [("1", "a", "7"), ("2", None, "8"), ("3.5", None, "9")]
    assert [row["birth_year"] for row in outcome.versions] == [1970, 1970, None]
    assert [row["line_no"] for row in outcome.versions] == [1, 2, 3]
    with pytest.raises(TocsinError) as caught:
        world.read(engine, tmp_path, [sink.getvalue()], columns)
    assert caught.value.kind == "register-format"
    with pytest.raises(TocsinError) as caught:
        world.read(engine, tmp_path, [b"ID;NOM\n"], columns, format="parquet")
    assert caught.value.kind == "register-unreadable"


@few
@given(st.binary(max_size=300), st.sampled_from(["auto", "utf-8", "windows-1252", "utf-16"]))
@example(b'"', "auto")
@example(b"\xff\xfe", "auto")
@example(b"\x1f\x8b", "auto")
def test_any_bytes_are_read_or_refused(engine, tmp_path, content, encoding):
    for header in (b"", b"ID;NOM;PRENOM\n"):
        with contextlib.suppress(TocsinError):
            world.read(engine, tmp_path, [header + content], COLUMNS, encoding=encoding)


soup = st.lists(
    st.sampled_from(['"', '""', ";", "\n", "\r\n", "\r", "a", "é", " ", "1", "1;2;3", '\n"x";y;z\n', "\0"]), max_size=40
)


@relaxed
@given(soup, st.integers(1, 20))
def test_the_cut_does_not_depend_on_the_pieces(pieces, size):
    from tocsin.evidence.registers.header import Header
    from tocsin.evidence.registers.plain import PlainCut
    from tocsin.evidence.registers.staging import _cut_chunks, _trim, _trim_plain

    text = "".join(pieces).encode()
    header = Header(("a", "b", "c"), ";", "\n", b"", 2)

    def cut(chunks):
        kept, lost = [], []
        for one, line in _cut_chunks(header, iter(chunks), range(3)):
            trim = _trim_plain if isinstance(one, PlainCut) else _trim
            values = [trim(one.column(n)).to_pylist() for n in range(3)] if len(one.first_lines) else [[], [], []]
            kept += [(int(n) + line, *row) for n, row in zip(one.first_lines, zip(*values, strict=True), strict=True)]
            if isinstance(one, PlainCut):
                continue
            lost += [(int(n) + line, r) for n, r in zip(one.rejected_lines, one.reasons.to_pylist(), strict=True)]
        return kept, lost

    assert cut([text]) == cut([text[n : n + size] for n in range(0, len(text), size)])


plain = st.lists(st.sampled_from([";", "\n", "\r\n", "a;b;c\n", "é", " ", "\u00a0", "1;2;3\n", ";;\n"]), max_size=30)


@relaxed
@given(plain, st.booleans())
def test_the_cheap_cut_equals_the_general_one(pieces, is_final):
    from tocsin.evidence.registers.plain import cut_plain
    from tocsin.evidence.registers.records import cut_records
    from tocsin.evidence.registers.staging import _trim, _trim_plain

    text = "".join(pieces).encode()
    cheap = cut_plain(text, separator=";", columns=3, wanted=range(3), is_final=is_final)
    if cheap is not None:
        full = cut_records(text, separator=";", columns=3, is_final=is_final)
        assert (cheap.consumed, cheap.lines) == (full.consumed, full.lines)
        assert cheap.first_lines.tolist() == full.first_lines.tolist()
        assert len(full.rejected_lines) == 0
        assert all(_trim_plain(cheap.column(n)).to_pylist() == _trim(full.column(n)).to_pylist() for n in range(3))


fields = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8)


@few
@given(st.lists(st.tuples(fields, fields), max_size=12), st.sampled_from(";,\t|"))
def test_what_a_csv_writer_writes_is_read_back(engine, tmp_path, rows, separator):
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, quoting=csv.QUOTE_ALL)
    writer.writerow(["ID", "NOM", "PRENOM"])
    writer.writerows((n, *row) for n, row in enumerate(rows))
    outcome = world.read(engine, tmp_path, [text.getvalue().encode()], COLUMNS, encoding="utf-8")
    blanks = " \t\n\r\u00a0\ufeff"
    expected = sorted((str(n), a.strip(blanks) or None, b.strip(blanks) or None) for n, (a, b) in enumerate(rows))
    assert names(outcome) == expected


@pytest.mark.parametrize(
    ("name", "columns", "rows"),
    [
        ("historical_50k_open.csv.gz", {"record_id": "unique_id", "surname": "surname", "birth_date": "dob"}, 25329),
        ("febrl_dataset1.csv", {"record_id": "rec_id", "surname": "surname", "birth_date": "date_of_birth"}, 1000),
        ("febrl_dataset2.csv", {"record_id": "rec_id", "surname": "surname", "birth_date": "date_of_birth"}, 5000),
        ("fake_1000.csv", {"record_id": "unique_id", "surname": "surname", "birth_date": "dob"}, 1000),
    ],
)
def test_shared_files_lose_no_line(engine, tmp_path, name, columns, rows):
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{path} is not on this machine")
    outcome = world.read(engine, tmp_path, [path], columns)
    raw = gzip.decompress(path.read_bytes()) if name.endswith(".gz") else path.read_bytes()
    independent = list(csv.reader(io.StringIO(raw.decode(), newline="")))[1:]
    assert outcome.report.rows_read == len(independent) == rows
    assert outcome.report.rows_kept == rows
    if "febrl" not in name and "fake" not in name:
        assert outcome.quality["birth_date"].unreadable < rows * 0.01
