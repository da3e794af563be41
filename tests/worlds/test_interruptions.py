"""A run that is killed, starved of disk or of memory, or handed a damaged file loses nothing.

It says what happened, and the same command goes on to the same bytes.
"""

from __future__ import annotations

import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.worlds.test_invariants import play
from tocsin.analysis.run import latest_run, open_run
from tocsin.evidence.case import open_case
from tocsin.evidence.seal import digest_file
from tocsin.rehearsal import World


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world") / "case"
    play(World(people=1_000, seed=5, attack="bulk", form="parquet"), folder)
    return folder


def copy(world: Path, target: Path) -> Path:
    return Path(shutil.copytree(world, target, ignore=shutil.ignore_patterns("runs", ".work"), dirs_exist_ok=True))


def command(case: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "tocsin", "run", "--case", str(case), *more]


def digests(case: Path) -> dict[str, str]:
    """SHA-256 of every output table of the only run of a case, computed again from its bytes."""
    (told,) = case.glob("runs/*/run.json")
    return {path.relative_to(told.parent).as_posix(): digest_file(path)[0] for path in told.parent.rglob("*.parquet")}


def assert_same_as(world: Path, case: Path) -> None:
    wanted = digests(world)
    assert digests(case) == wanted
    assert latest_run(open_case(case)).manifest["files"] == wanted
    assert not [path for path in case.rglob("*") if path.name.startswith(("tocsin-spill-", ".draft-")) or
                path.name.endswith(".draft")]  # fmt: skip


def kill_when(case: Path, made: int) -> int:
    """Start a run, kill it -9 once ``made`` files are kept, the list of controllers being written counting too."""
    process = subprocess.Popen(command(case), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None:
        if sum(1 for path in case.rglob("*.parquet") if "runs" in path.parts or ".work" in path.parts) >= made:
            process.send_signal(signal.SIGKILL)
            process.wait()
        time.sleep(0.001)
    return process.returncode


@pytest.mark.slow
def test_killed_at_ten_random_moments_each_resumed_run_ends_with_the_same_digests(world: Path, tmp_path: Path) -> None:
    moments = list(world.glob(".work/*.parquet")) + list(world.glob("runs/*/*/*.parquet"))
    drawn = random.Random(20240122).sample(range(1, len(moments)), 10)
    killed = 0
    for number, made in enumerate(sorted(drawn)):
        case = copy(world, tmp_path / str(number))
        killed += kill_when(case, made) == -signal.SIGKILL
        assert subprocess.run(command(case), capture_output=True, check=False).returncode == 0
        assert_same_as(world, case)
        shutil.rmtree(case)
    assert killed >= 8, "most runs were still at work when they were killed"


def test_killed_again_and_again_it_ends_with_the_same_digests(world: Path, tmp_path: Path) -> None:
    case = copy(world, tmp_path / "case")
    for made in (9, 30, 55):
        assert kill_when(case, made) == -signal.SIGKILL
    assert subprocess.run(command(case), capture_output=True, check=False).returncode == 0
    assert_same_as(world, case)


def starve(case: Path, most: int) -> subprocess.CompletedProcess[str]:
    """A run that may write no file of more than ``most`` bytes."""
    return subprocess.run(
        command(case), capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )  # fmt: skip


@pytest.mark.parametrize("most", [200, 2_000, 20_000, 100_000])
def test_a_file_that_cannot_grow_is_told_and_the_run_resumes(world: Path, tmp_path: Path, most: int) -> None:
    case = copy(world, tmp_path / "case")
    done = starve(case, most)
    assert done.returncode == 1
    assert "the disk refused" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(case.glob("runs/*/run.json"))
    assert subprocess.run(command(case), capture_output=True, check=False).returncode == 0
    assert_same_as(world, case)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own that can be made small."""
    place = tmp_path / "disk"
    place.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=200m", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mounting, capture_output=True, check=False).returncode != 0:
        pytest.skip("only root may mount a small file system")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_is_told_and_the_run_resumes_when_there_is_room(world: Path, small_disk: Path) -> None:
    case = copy(world, small_disk / "case")
    used = shutil.disk_usage(small_disk).used
    for room in (0, 100_000, 400_000):
        resize = ["mount", "-o", f"remount,size={used + room}", str(small_disk)]
        subprocess.run(resize, check=True)
        done = subprocess.run(command(case), capture_output=True, text=True, check=False)
        assert done.returncode == 1, f"room for {room} bytes was enough"
        assert re.search("the (disk refused|system refuses)", done.stderr)
        assert "Traceback" not in done.stderr
        assert not list(case.glob("runs/*/run.json"))
    subprocess.run(["mount", "-o", "remount,size=200m", str(small_disk)], check=True)
    assert subprocess.run(command(case), capture_output=True, check=False).returncode == 0
    assert_same_as(world, case)


def test_too_little_memory_is_told_and_more_resumes(world: Path, tmp_path: Path) -> None:
    case = copy(world, tmp_path / "case")
    done = subprocess.run(command(case, "--memory", "40MB"), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "memory allowed is too small" in done.stderr
    assert "Traceback" not in done.stderr
    assert subprocess.run(command(case, "--memory", "1GB"), capture_output=True, check=False).returncode == 0
    assert_same_as(world, case)


@pytest.mark.parametrize("pattern", ["logs/portal-b/b1-*.parquet", "registers/op-a-journal.parquet"])
def test_a_file_damaged_in_the_middle_is_named_and_the_rest_is_kept(world: Path, tmp_path: Path, pattern: str) -> None:
    case = copy(world, tmp_path / "case")
    for kept in ("manifest.jsonl", "decisions.jsonl"):
        (case / kept).unlink()
    path = sorted(case.glob(pattern))[-1]
    whole = path.read_bytes()
    middle = len(whole) // 2
    path.write_bytes(whole[: middle - 200] + bytes(byte ^ 0x5A for byte in whole[middle - 200 : middle + 200])
                     + whole[middle + 200 :])  # fmt: skip
    done = subprocess.run(command(case), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert path.name in done.stderr
    assert re.search(r"cannot be read", done.stderr)
    assert "Traceback" not in done.stderr
    assert not list(case.glob("runs/*/run.json"))


def test_a_finished_run_is_never_written_again(world: Path) -> None:
    (told,) = world.glob("runs/*/run.json")
    before = told.stat().st_mtime_ns
    assert subprocess.run(command(world), capture_output=True, check=False).returncode == 0
    assert told.stat().st_mtime_ns == before
    assert open_run(told.parent).manifest["files"] == digests(world)
