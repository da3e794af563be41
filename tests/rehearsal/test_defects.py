"""Each defect does what it says to the evidence, and nothing to the truth."""

from __future__ import annotations

import gzip
import hashlib
import json
import tomllib
from pathlib import Path

import pytest
import zstandard

from tocsin.evidence.case.load import open_case
from tocsin.rehearsal import DEFECTS, World, generate

WORLD = {"people": 900, "seed": 8, "attack": "shared"}


def lines_of(path: Path) -> list[bytes]:
    raw = path.read_bytes()
    if path.suffix == ".zst":
        return zstandard.ZstdDecompressor().decompressobj().decompress(raw).splitlines()
    return gzip.decompress(raw).splitlines()


def content(world: Path) -> dict[str, list[bytes]]:
    return {path.name: lines_of(path) for path in sorted((world / "logs").rglob("*.*"))}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole") / "world"
    generate(World(**WORLD), folder)  # type: ignore[arg-type]
    return folder


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("damaged")


@pytest.fixture
def damaged(request: pytest.FixtureRequest, worlds: Path) -> Path:
    folder = worlds / request.param
    if not folder.exists():
        generate(World(**WORLD, defects=(request.param,)), folder)  # type: ignore[arg-type]
    return folder


def defect(name: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("damaged", [name], indirect=True, ids=[name])


@pytest.mark.parametrize("damaged", [name for name in DEFECTS if name != "dst_fold"], indirect=True)
def test_the_truth_does_not_depend_on_the_evidence(damaged: Path, whole: Path) -> None:
    for name in ("exposure.parquet", "person.parquet", "hostile_session.parquet", "figures.json"):
        assert hashlib.sha256((damaged / "truth" / name).read_bytes()).digest() == hashlib.sha256(
            (whole / "truth" / name).read_bytes()).digest()  # fmt: skip
    assert len(json.loads((damaged / "truth/defects.json").read_text())) == 1
    assert open_case(damaged).case.log


@defect("missing_rotated_file")
def test_a_file_is_missing(damaged: Path, whole: Path) -> None:
    assert set(content(whole)) - set(content(damaged)) == {"b1-2024-01-20.csv.zst"}


@defect("truncated_gzip")
def test_a_file_is_cut(damaged: Path) -> None:
    with pytest.raises(EOFError):
        lines_of(damaged / "logs/portal-a/a1-2024-01-26.ndjson.gz")


@pytest.mark.parametrize(
    ("damaged", "node"), [("missing_node_interval", "a2"), ("retention", "a1")], indirect=["damaged"]
)
def test_lines_are_lost_and_the_counter_shows_it(damaged: Path, whole: Path, node: str) -> None:
    left, all_lines = content(damaged), content(whole)
    kept = {line for name, lines in left.items() if name.startswith(node) for line in lines}
    written = {line for name, lines in all_lines.items() if name.startswith(node) for line in lines}
    assert kept < written
    last = {log["node"]: log["sequence_last"] for log in tomllib.loads((damaged / "case.toml").read_text())["log"]}
    assert last[node] == len(written)


@defect("clock_skew")
def test_a_clock_runs_ahead_and_is_declared(damaged: Path, whole: Path) -> None:
    import datetime as dt

    early, late = content(whole)["b2-2024-01-08.csv.zst"], content(damaged)["b2-2024-01-08.csv.zst"]
    first, second = (dt.datetime.fromisoformat(lines[1].split(b";")[0].decode()) for lines in (early, late))
    log = next(log for log in tomllib.loads((damaged / "case.toml").read_text())["log"] if log["node"] == "b2")
    assert (second - first).total_seconds() == log["clock_offset_seconds"] == 127


@defect("duplicate_delivery")
def test_lines_come_twice(damaged: Path) -> None:
    files = content(damaged)
    (again,) = (name for name in files if "second-delivery" in name)
    before, after = files["a1-2024-01-14.ndjson.gz"], files["a1-2024-01-20.ndjson.gz"]
    assert set(files[again]) < set(before) | set(after)
    assert set(files[again]) & set(before)
    assert set(files[again]) & set(after)


@defect("no_totals")
def test_one_action_counts_nothing(damaged: Path) -> None:
    found = [json.loads(line) for name, lines in content(damaged).items() if name.startswith("a") for line in lines]
    searches = [line for line in found if line.get("api", {}).get("operation") == "beneficiary_search"]
    assert searches
    assert not any("response" in line["api"] for line in searches)


@pytest.mark.parametrize(("damaged", "node"), [("cut_long_line", "a3"), ("garbage_lines", "a2")], indirect=["damaged"])
def test_some_lines_cannot_be_read(damaged: Path, node: str) -> None:
    bad = 0
    for name, lines in content(damaged).items():
        for line in lines if name.startswith(node) else ():
            try:
                json.loads(line)
            except ValueError:
                bad += 1
    assert bad > 5


@defect("throttled")
def test_a_busy_account_goes_silent_and_no_number_is_missing(damaged: Path, whole: Path) -> None:
    a = [line for name, lines in content(damaged).items() if name.startswith("a1") for line in lines]
    numbers = [json.loads(line)["metadata"]["sequence"] for line in a]
    assert numbers == list(range(1, len(a) + 1))
    assert len(a) < sum(len(lines) for name, lines in content(whole).items() if name.startswith("a1"))


@defect("mixed_encoding")
def test_the_two_files_of_a_register_have_two_encodings(damaged: Path, whole: Path) -> None:
    written = (damaged / "registers/op-b-2.csv").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        written.decode("utf-8")
    assert written.decode("windows-1252") == (whole / "registers/op-b-2.csv").read_text("utf-8")


def test_the_hour_lived_twice_is_in_the_attack(tmp_path: Path) -> None:
    generate(World(**{**WORLD, "attack": "bulk"}, defects=("dst_fold",)), tmp_path / "world")  # type: ignore[arg-type]
    stamps = [line.split(b";")[0] for line in content(tmp_path / "world")["b1-2024-10-26.csv.zst"][1:]]
    assert stamps
    assert open_case(tmp_path / "world").case.case.base_date.month == 10
