"""What the values of a row become: times, NIR, sex, minority, quality; and the same bytes twice."""

import doctest
import importlib
import importlib.util
import pkgutil
import sys
from pathlib import Path

import pytest
from stdnum.fr.nir import calc_check_digits

import tocsin.evidence.registers as package
from tocsin.engine import Engine

spec = importlib.util.spec_from_file_location("registers_world", Path(__file__).with_name("world.py"))
world = importlib.util.module_from_spec(spec)
sys.modules["registers_world"] = world
spec.loader.exec_module(world)

MODULES = ["", *("." + module.name for module in pkgutil.iter_modules(package.__path__))]


@pytest.mark.parametrize("name", MODULES)
def test_the_documentation_runs(name):
    assert doctest.testmod(importlib.import_module(package.__name__ + name)).failed == 0


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2024-01-22", "2024-01-21 23:00:00"), ("22/07/2024", "2024-07-21 22:00:00"),
        ("20240122", "2024-01-21 23:00:00"),
        ("2024-01-22 10:30", "2024-01-22 09:30:00"), ("2024-01-22T10:30:15.25", "2024-01-22 09:30:15.250000"),
        ("2024-01-22T10:30:15Z", "2024-01-22 10:30:15"), ("2024-01-22T10:30:15+0200", "2024-01-22 08:30:15"),
        ("2024-01-22 10:30:15+02", "2024-01-22 08:30:15"), ("20240122103015", "2024-01-22 09:30:15"),
        ("2024-01-22T10:30:15.123456789Z", "2024-01-22 10:30:15.123456"), ("2024-02-30", "None"), ("soon", "None"),
        ("2024-01-22 25:00", "None"),
    ],
)  # fmt: skip
def test_instants(engine, tmp_path, written, expected):
    content = f"id,visible\n1,{written}\n".encode()
    outcome = world.read(engine, tmp_path, [content], {"record_id": "id", "visible_from": "visible"})
    assert str(outcome.versions[0]["visible_from"]) == expected
    assert outcome.quality["visible_from"].unreadable == (expected == "None")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2024-01-31", "2024-01-31 23:00:00"), ("31/03/2024", "2024-03-31 22:00:00"),
        ("2024-01-31 00:00:00", "2024-01-31 23:00:00"), ("2024-01-31 23:59:59", "2024-01-31 23:00:00"),
        ("2024-01-31 12:00", "2024-01-31 11:00:00"), ("9999-12-31", "None"), ("31/12/2999", "None"), ("", "None"),
    ],
)  # fmt: skip
def test_rights_end_at_the_midnight_after_their_last_day(engine, tmp_path, written, expected):
    content = f"id,until\n1,{written}\n".encode()
    outcome = world.read(engine, tmp_path, [content], {"record_id": "id", "rights_to": "until"})
    assert str(outcome.versions[0]["rights_to"]) == expected
    assert outcome.quality["rights_to"].unreadable == 0


def test_the_zone_of_the_register_wins(engine, tmp_path):
    columns = {"record_id": "id", "visible_from": "at"}
    outcome = world.read(engine, tmp_path, [b"id,at\n1,2024-01-22\n"], columns, time_zone="Indian/Reunion")
    assert str(outcome.versions[0]["visible_from"]) == "2024-01-21 20:00:00"


def with_key(number):
    return number + calc_check_digits(number)


def test_the_family_trap(engine, tmp_path):
    parent = "1800175123456"
    rows = "\n".join([
        "id;nir;sexe;ne", f"1;{with_key(parent)};M;02/01/1980", f"2;{with_key(parent)};F;05/05/2012",
        f"3;{with_key('282022A123001')};Femme;19820215", "4;1800175123456 99;M;02/01/1980", "5;12;1;1980",
        f"6;{parent};F;1980-01-02", "7;;X;1980-00-00",
    ])  # fmt: skip
    columns = {"record_id": "id", "nir": "nir", "sex": "sexe", "birth_date": "ne"}
    outcome = world.read(engine, tmp_path, [rows.encode()], columns)
    found = [(r["nir"], r["nir_class"], r["policyholder_nir"], r["nir_written"]) for r in outcome.versions]
    assert found == [
        (parent, "individual", None, None), (parent, "policyholder_shared", parent, None),
        ("282022A123001", "individual", None, None), (parent, "wrong_key", None, None), (None, "malformed", None, "12"),
        (parent, "inconsistent", None, None), (None, "missing", None, None),
    ]  # fmt: skip
    assert [r["sex"] for r in outcome.versions] == ["1", "2", "2", "1", "1", "2", None]
    assert [r["minor"] for r in outcome.versions] == ["no", "yes", "no", "no", "no", "no", "no"]
    assert outcome.quality["sex"].unreadable == 1
    assert dict(outcome.quality["nir"].classes)["policyholder_shared"] == 1
    assert dict(outcome.quality["birth_date"].classes) == {"day": 5, "lunar": 1, "year": 1}


def test_quality_sees_spreadsheet_damage_and_constants(engine, tmp_path):
    rows = "\n".join(
        ["id,amc,pays,ne", *(f"{n},{'123456789' if n % 3 else '12345678'},FR,1980-01-01" for n in range(30))]
    )
    columns = {"record_id": "id", "controller": "amc", "country": "pays", "birth_date": "ne"}
    outcome = world.read(engine, tmp_path, [rows.encode()], columns)
    assert outcome.quality["controller"].leading_zeros_lost == 10
    assert outcome.quality["country"].is_constant
    assert outcome.quality["birth_date"].first_of_january == 30
    assert outcome.quality["record_id"].distinct == 30
    assert not outcome.quality["record_id"].is_constant
    assert outcome.versions[0]["controller_code"] == "12345678"


def test_a_birth_rank_is_one_number(engine, tmp_path):
    outcome = world.read(engine, tmp_path, [b"id,r\n1,02\n2,2\n3,x\n"], {"record_id": "id", "birth_rank": "r"})
    assert [r["birth_rank"] for r in outcome.versions] == ["2", "2", "x"]


def test_nothing_to_read_gives_an_empty_table(engine, tmp_path):
    outcome = world.read(engine, tmp_path, [], {"record_id": "id", "surname": "v"})
    assert outcome.report.rows_read == 0
    outcome = world.read(engine, tmp_path, [b"id,v"], {"record_id": "id", "surname": "v"})
    assert outcome.versions == []


def test_the_same_bytes_whatever_the_threads(tmp_path):
    rows = "\n".join(["id,v,from,to", *(f"{n % 700},{n},2024-01-{n % 27 + 1:02d},2024-02-01" for n in range(3000))])
    columns = {"record_id": "id", "surname": "v", "valid_from": "from", "valid_to": "to"}
    written = []
    for threads in (1, 3):
        folder = tmp_path / str(threads)
        folder.mkdir()
        with Engine(threads=threads) as engine:
            world.read(engine, folder, [rows.encode()], columns, history="validity")
        written.append([path.read_bytes() for path in sorted((folder / "out").iterdir())])
        assert len(written[-1]) == 3
    assert written[0] == written[1]


def test_two_readings_leave_nothing_behind(engine, tmp_path):
    before = engine.rows("select table_name from information_schema.tables order by 1")
    world.read(engine, tmp_path, [b"id,v\n1,a\n"], {"record_id": "id", "surname": "v"})
    assert engine.rows("select table_name from information_schema.tables order by 1") == before
    assert [path.name for path in (tmp_path / "out").iterdir() if path.name.startswith(".")] == []


def test_progress_counts_the_bytes_of_the_file(engine, tmp_path):
    from tocsin.evidence.registers.source import TextSource

    path = tmp_path / "r.csv"
    path.write_bytes(b"x" * 1000)
    seen = []
    list(TextSource(path, "auto", seen.append).chunks())
    assert sum(seen) == 1000
