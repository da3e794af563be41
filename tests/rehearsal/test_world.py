"""A world is refused or made; made twice, it has the same bytes; its case file is one that the program accepts."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
import tomllib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban, luhn
from stdnum.fr import nir

from tocsin.errors import TocsinError
from tocsin.evidence.case.load import open_case
from tocsin.rehearsal import DEFECTS, World, generate, identifiers
from tocsin.rehearsal.world import NEEDS_TEXT, Calendar


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize(
    "world",
    [
        World(people=400, seed=5, defects=True),
        World(people=400, attack="shared", form="parquet", defects=("retention", "no_totals")),
        World(people=400, attack="slow", controllers=40, defects=("dst_fold", "clock_skew"), instructions=False),
    ],
    ids=("bulk", "shared", "slow"),
)
def test_same_world_same_bytes(world: World, tmp_path: Path) -> None:
    stages = []
    generate(world, tmp_path / "one", lambda stage, share: stages.append((stage, share)))
    generate(world, tmp_path / "two")
    assert digests(tmp_path / "one") == digests(tmp_path / "two")
    assert stages[-1] == ("done", 1.0)
    assert open_case(tmp_path / "one").case.compromised


def test_a_world_taken_away_while_it_is_made_is_not_delivered(tmp_path: Path) -> None:
    def remove(stage: str, share: float) -> None:
        if stage == "truth":
            shutil.rmtree(tmp_path / "world")

    with pytest.raises((TocsinError, OSError)):
        generate(World(people=300, events_per_person=2), tmp_path / "world", remove)
    assert not (tmp_path / "world").exists()


def test_another_seed_is_another_breach(tmp_path: Path) -> None:
    for seed in (1, 2):
        generate(World(people=300, seed=seed, events_per_person=2), tmp_path / str(seed))
    one, two = (digests(tmp_path / str(seed)) for seed in (1, 2))
    assert all(one[name] != two[name] for name in ("case.toml", "truth/exposure.parquet", "registers/op-b-1.csv"))


@pytest.mark.parametrize(
    "options",
    [{"people": 3}, {"controllers": 2}, {"attack": "loud"}, {"defects": ("fire",)}, {"events_per_person": 0.1},
     {"form": "parquet", "defects": ("garbage_lines",)}, {"form": "xml"}],
)  # fmt: skip
def test_impossible_worlds_are_refused(options: dict[str, object]) -> None:
    with pytest.raises(TocsinError) as caught:
        World(**options)  # type: ignore[arg-type]
    assert caught.value.kind == "world-refused"
    assert caught.value.remedy


def test_a_folder_in_use_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep me")
    with pytest.raises(TocsinError) as caught:
        generate(World(people=500), tmp_path)
    assert caught.value.kind == "folder-not-empty"
    assert (tmp_path / "mine.txt").read_text() == "keep me"


@given(st.integers(0, 10_000))
def test_three_or_four_defects_are_drawn(seed: int) -> None:
    chosen = World(seed=seed, defects=True).chosen_defects
    assert len(chosen) in (3, 4)
    assert set(chosen) <= set(DEFECTS)
    assert not set(World(seed=seed, defects=True, form="parquet").chosen_defects) & set(NEEDS_TEXT)


@given(st.integers(0, 30 * 24 * 60 - 1), st.booleans())
def test_local_times_and_instants_agree_with_the_zone(minute: int, fold: bool) -> None:
    import zoneinfo

    calendar = Calendar.of(World(defects=("dst_fold",) if fold else False))
    naive = dt.datetime.combine(calendar.first, dt.time()) + dt.timedelta(minutes=minute)
    local = np.array([int(naive.replace(tzinfo=dt.UTC).timestamp() * 1000)])
    instant = int(calendar.utc(local)[0])
    assert instant == int(naive.replace(tzinfo=zoneinfo.ZoneInfo("Europe/Paris")).timestamp() * 1000)
    assert dt.datetime.fromisoformat(calendar.write(instant)).timestamp() * 1000 == instant


@given(st.lists(st.integers(0, 60_000), min_size=1, max_size=20))
def test_identifiers_of_professionals_have_right_keys(serials: list[int]) -> None:
    serial = np.array(serials)
    department = serial % 95 + 1
    assert all(iban.is_valid(one) for one in identifiers.iban(serial))
    assert all(len(one) == 11 and luhn.is_valid(one) for one in identifiers.rpps(serial))
    assert all(len(one) == 9 and luhn.is_valid(one) for one in identifiers.finess(department, serial))
    assert all(len(one) == 9 for one in identifiers.adeli(department, serial))


def test_registers_hold_the_people_that_are_hard_to_count(whole_world: Path) -> None:
    lines = (whole_world / "registers/op-a-journal.csv").read_text("utf-8").splitlines()
    header = lines[0].split(";")
    rows = [dict(zip(header, line.split(";"), strict=True)) for line in lines[1:]]
    numbers = [row["nir"].replace(" ", "") + row["nir_key"] for row in rows if row["nir"][:1] in ("1", "2")]
    assert sum(nir.is_valid(number) for number in numbers) > 0.95 * len(numbers)  # lunar months are beyond this checker
    assert any(row["nir"][:1] in ("7", "8") for row in rows), "provisional numbers"
    assert any("2A" in row["nir"] or "2B" in row["nir"] for row in rows), "Corsica"
    assert any(row["birth_date"].endswith("-00-00") for row in rows), "lunar dates"
    assert any(row["birth_rank"] == "2" for row in rows), "twins"
    assert any(row["role"] == "ENF" and row["nir"].replace(" ", "") == row["policyholder_nir"] for row in rows)
    assert any(not row["nir"] for row in rows)
    assert any(row["rights_to"] for row in rows), "former members"
    assert {"insert", "update", "delete"} >= {row["operation"] for row in rows} >= {"insert", "update"}


def test_the_case_tells_what_must_not_be_forgotten(whole_world: Path) -> None:
    case = tomllib.loads((whole_world / "case.toml").read_text("utf-8"))
    assert open_case(whole_world).case.case.id.startswith("rehearsal-")
    assert any("merged_into" in party for party in case["party"])
    start = min(item["last_known_good"] for item in case["compromised"]).date()
    assert any(item.get("to", dt.date.max) < start for item in case["agreement"])
    served = [item["controller"] for item in case["agreement"]]
    assert len(served) > len(set(served)), "one controller uses both operators"
    assert len(case["instruction"]) == 12
    assert all("tested_by" in line for line in case["disclosure"])
