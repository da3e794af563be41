"""A step that lacks memory with several threads is tried with one, and what fails says which step it was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tocsin.engine import Engine, blames_machine
from tocsin.engine.workbench import Workbench


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    with Engine(threads=2, spill=tmp_path) as engine:
        yield Workbench(engine, tmp_path / "work")


def threads(engine: Engine) -> int:
    return int(engine.value("select current_setting('threads')"))


def test_too_little_memory_for_two_threads_is_tried_with_one(bench: Workbench) -> None:
    used = []

    def build(path: Path) -> None:
        used.append(threads(bench.engine))
        if used[-1] > 1:
            raise duckdb.OutOfMemoryException("for two")
        bench.engine.write("select 1 as n order by n", path)

    assert bench.make("one", "", [], build).rows == 1
    assert used == [2, 1]
    assert threads(bench.engine) == 2


def test_what_lacks_memory_even_alone_names_its_step(bench: Workbench) -> None:
    wide = (
        "select string_agg(md5(i::varchar) || repeat('x', 900), '' order by i) as w from range(60000) t(i) order by w"
    )
    bench.engine.run("set memory_limit = '24MB'")
    with pytest.raises(duckdb.OutOfMemoryException) as refused:
        bench.compute("wide", wide, [])
    assert refused.value.__notes__ == ["wide"]
    assert blames_machine(refused.value)
    assert not list(bench.folder.glob("wide-*"))
    assert threads(bench.engine) == 2


@pytest.mark.parametrize(
    ("error", "machine"),
    [
        (duckdb.IOException('Could not write file "x": No space left on device'), True),
        (duckdb.IOException("Corrupt Parquet"), False),
        (duckdb.InterruptException("Interrupted!"), True),
        (duckdb.InvalidInputException("LZ4 decompression failure"), False),
    ],
)
def test_a_damaged_file_is_not_the_machine_s_fault(error: duckdb.Error, machine: bool) -> None:
    assert blames_machine(error) is machine
