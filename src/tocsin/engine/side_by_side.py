"""Independent pieces of work done at the same time, each on its own connection to one database.

A file is read by threads that wait for each other (decompression, the engine, the Parquet writer): two files read at
once keep two cores busy. Memory, processor threads and spill folder stay those of the one engine; while several
connections compute, the engine keeps that many fewer threads of its own, so that no core is asked for twice.

>>> with Engine(threads=2) as engine:
...     do_side_by_side(engine, [lambda own: print(own.value("select 40 + 2"))])
42
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from queue import SimpleQueue
from threading import Event, Lock

from tocsin.engine.duck import Engine

MOST = 4
"""At once: each holds some hundred megabytes of lines on their way."""

Piece = Callable[[Engine], None]


def do_side_by_side(engine: Engine, work: Sequence[Piece]) -> None:
    """Do all pieces of ``work``, as many at a time as the engine has threads.

    The first failure, in the order of ``work``, is raised once those under way have been stopped.
    """
    if len(work) < 2 or engine.threads < 2:
        for piece in work:
            piece(engine)
        return
    workers = [engine.beside() for _place in range(min(len(work), engine.threads, MOST))]
    left = _Left(engine, len(work))
    free: SimpleQueue[Engine] = SimpleQueue()
    for worker in workers:
        free.put(worker)

    failed = Event()

    def do(piece: Piece) -> None:
        worker = free.get()
        try:
            if not failed.is_set():
                piece(worker)
        except BaseException:
            failed.set()
            raise
        finally:
            free.put(worker)
            left.one_less()

    with ThreadPoolExecutor(len(workers), "tocsin-side") as pool:
        done = [pool.submit(do, piece) for piece in work]
        try:
            for future in done:
                future.result()
        except BaseException:
            _stop(done, workers)
            raise
        finally:
            engine.use_threads(engine.threads)
            for worker in workers:
                worker.close()


def do_meanwhile(engine: Engine, worker: Engine, aside: Callable[[], None], own: Callable[[], None]) -> None:
    """Do ``aside``, which computes on ``worker``, a connection beside ``engine``, while ``own`` goes on with that one.

    Neither waits for the idle moments of the other. A failure of ``own`` stops ``aside``; one of ``aside`` is raised
    when ``own`` has ended. ``worker`` is closed.
    """

    def do() -> None:
        try:
            aside()
        finally:
            worker.use_threads(engine.threads)

    engine.use_threads(max(engine.threads - 1, 1))
    with ThreadPoolExecutor(1, "tocsin-aside") as pool:
        done = pool.submit(do)
        try:
            own()
            engine.use_threads(engine.threads)
            done.result()
        except BaseException:
            _stop([done], [worker])
            raise
        finally:
            engine.use_threads(engine.threads)
            worker.close()


class _Left:
    """The pieces not yet done, and the threads that the engine has for them beside those of the workers."""

    def __init__(self, engine: Engine, count: int) -> None:
        self._engine = engine
        self._count = count + 1
        self._lock = Lock()
        self.one_less()

    def one_less(self) -> None:
        with self._lock:
            self._count -= 1
            busy = min(self._count, self._engine.threads, MOST)
            self._engine.use_threads(self._engine.threads - max(busy, 1) + 1)


def _stop(done: Sequence[Future[None]], workers: Sequence[Engine]) -> None:
    """Ask those under way to stop, until they have."""
    for future in done:
        future.cancel()
    for future in done:
        while not future.done():
            for worker in workers:
                worker.interrupt()
            try:
                future.exception(timeout=0.1)
            except (TimeoutError, CancelledError):
                continue
