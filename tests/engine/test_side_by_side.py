"""Pieces of work done at the same time: all of them, on their own connections, and stopped at the first failure."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import duckdb
import pytest

from tocsin.engine import Engine
from tocsin.engine.side_by_side import do_meanwhile, do_side_by_side

FOREVER = "select count(*) from range(100000000) a, range(100000000) b where hash(a.range + b.range) = 42"


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_every_piece_is_done_once_and_the_engine_keeps_its_threads(threads: int) -> None:
    seen: list[int] = []

    def piece(number: int) -> Callable[[Engine], None]:
        def do(own: Engine) -> None:
            own.run(f"create temp table if not exists mine as select {number} as n")
            own.run("drop table mine")
            seen.append(own.value(f"select {number}"))

        return do

    with Engine(threads=threads) as engine:
        do_side_by_side(engine, [piece(number) for number in range(20)])
        assert engine.value("select current_setting('threads')") == threads
    assert sorted(seen) == list(range(20))


def test_two_pieces_are_under_way_at_once() -> None:
    meet = threading.Barrier(2, timeout=20)
    with Engine(threads=2) as engine:
        do_side_by_side(engine, [lambda own: own.value(f"select {meet.wait()}")] * 2)


def test_a_failure_stops_the_others() -> None:
    started = threading.Event()

    def fail(_own: Engine) -> None:
        assert started.wait(20)
        raise ValueError("the first one")

    def compute(own: Engine) -> None:
        started.set()
        own.rows(FOREVER)

    done: list[str] = []
    with Engine(threads=2) as engine:
        with pytest.raises(ValueError, match="the first one"):
            do_side_by_side(engine, [fail, compute, lambda _own: done.append("never")])
        assert engine.value("select 1") == 1
    assert done == []


def test_an_interruption_of_the_caller_stops_all(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[type[BaseException]] = []

    def compute(own: Engine) -> None:
        try:
            own.rows(FOREVER)
        except duckdb.InterruptException as error:
            ended.append(type(error))
            raise

    def interrupt(_own: Engine) -> None:
        time.sleep(0.2)
        raise KeyboardInterrupt

    with Engine(threads=2) as engine, pytest.raises(KeyboardInterrupt):
        do_side_by_side(engine, [interrupt, compute])
    assert ended == [duckdb.InterruptException]


def test_two_pieces_meanwhile_meet_and_the_engine_keeps_its_threads() -> None:
    meet = threading.Barrier(2, timeout=20)
    with Engine(threads=2) as engine:
        engine.run(
            "create temp table small as select 42 as n; create temp view of_small as select n + 1 as n from small"
        )
        worker = engine.beside()
        engine.lend(worker, ["small", "of_small"])
        seen: list[int] = []

        def aside() -> None:
            meet.wait()
            seen.append(worker.value("select n from of_small"))

        do_meanwhile(engine, worker, aside, lambda: seen.append(meet.wait() * 0))
        assert sorted(seen) == [0, 43]
        assert engine.value("select current_setting('threads')") == 2


def test_a_failure_of_the_caller_stops_what_is_done_meanwhile() -> None:
    started = threading.Event()

    def own() -> None:
        assert started.wait(20)
        raise ValueError("mine")

    with Engine(threads=2) as engine:
        worker = engine.beside()

        def aside() -> None:
            started.set()
            worker.rows(FOREVER)

        with pytest.raises(ValueError, match="mine"):
            do_meanwhile(engine, worker, aside, own)
        assert engine.value("select current_setting('threads')") == 2


def test_a_failure_meanwhile_is_raised_when_the_caller_has_ended() -> None:
    done: list[str] = []

    def aside() -> None:
        raise ValueError("aside")

    with Engine(threads=2) as engine, pytest.raises(ValueError, match="aside"):
        do_meanwhile(engine, engine.beside(), aside, lambda: done.append("mine"))
    assert done == ["mine"]
