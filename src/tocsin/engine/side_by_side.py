"""Independent pieces of work done at the same time, each on its own connection to one database.

A file is read by threads that wait for each other (decompression, the engine, the Parquet writer): two files read at
once keep two cores busy. Memory, processor threads and spill folder stay those of the one engine.

>>> with Engine(threads=2) as engine:
...     do_side_by_side(engine, [lambda own: print(own.value("select 40 + 2"))])
42
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from queue import SimpleQueue

from tocsin.engine.duck import Engine

MOST = 4
"""At once: each holds some hundred megabytes of lines on their way."""


def do_side_by_side(engine: Engine, work: Sequence[Callable[[Engine], None]]) -> None:
    """Do all pieces of ``work``, as many at a time as the engine has threads.

    The first failure, in the order of ``work``, is raised once those under way have been stopped.
    """
    if len(work) < 2 or engine.threads < 2:
        for piece in work:
            piece(engine)
        return
    workers = [engine.beside() for _place in range(min(len(work), engine.threads, MOST))]
    free: SimpleQueue[Engine] = SimpleQueue()
    for worker in workers:
        free.put(worker)

    def do(piece: Callable[[Engine], None]) -> None:
        worker = free.get()
        try:
            piece(worker)
        finally:
            free.put(worker)

    with ThreadPoolExecutor(len(workers), "tocsin-side") as pool:
        done = [pool.submit(do, piece) for piece in work]
        try:
            for future in done:
                future.result()
        except BaseException:
            _stop(done, workers)
            raise
        finally:
            for worker in workers if all(future.done() for future in done) else ():
                worker.close()


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
