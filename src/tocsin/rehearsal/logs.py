"""The logs, as the nodes of both portals wrote them: OCSF in gzip for portal-a, a French CSV in zstd for portal-b.

The engine writes the lines; their bytes go from its buffers to the compressor without passing through Python strings.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pyarrow as pa
import zstandard

from tocsin.engine import Engine
from tocsin.rehearsal.base import read_sql
from tocsin.rehearsal.defects import FILES, NODES, Losses
from tocsin.rehearsal.world import Calendar, World

HEADER_B = (
    b"horodatage;seq;requete;compte;session;ip;agent;fonction;resultat;code;octets;beneficiaire;adherent;contrat;"
    b"page;taille;lignes;total\n"
)
CUT_AT = 0.6
"""Share of a truncated file that remains."""


def write_logs(
    world: World, calendar: Calendar, engine: Engine, losses: Losses, window: tuple[int, int], folder: Path
) -> dict[str, int]:
    """Write every file of every node; return the last sequence number of each node's counter."""
    skew = " ".join(f"when {node} then {round(1000 * late)}" for node, late in losses.skew_seconds.items())
    engine.run(f"create temp macro skew_ms(n) as {f'case n {skew} else 0 end' if skew else '0'}")
    engine.run(f"set variable no_totals = {str('no_totals' in losses).lower()}")
    engine.run(read_sql("logs.sql"))
    bounds = {
        (node, file_no): (first, last)
        for node, file_no, first, last in engine.rows(
            "select node, file_no, min(ask_id), max(ask_id) from asked group by all"
        )
    }
    waiting: list[Future[None]] = []
    with ThreadPoolExecutor(2) as pool:
        for node, name in enumerate(NODES):
            side = "a" if node <= 2 else "b"
            place = folder / f"portal-{side}"
            place.mkdir(exist_ok=True)
            reached_us = losses.kept(node, *window)
            for file_no in range(FILES):
                if losses.lost_file(node, file_no):
                    continue
                day = calendar.day(file_no * calendar.days // FILES).isoformat()
                first, last = bounds.get((node, file_no), (0, -1))
                wanted = [(f"{name}-{day}", first, last)]
                if losses.delivered_twice(node, file_no):
                    # the end of this file and the start of the next, once more
                    end = last + (bounds.get((node, file_no + 1), (0, last))[1] - last) // 8
                    wanted.append((f"{name}-{day}-second-delivery", last - (last - first) // 8, end))
                for stem, low, high in wanted:
                    rows = f"ask_id between {low} and {high} and {reached_us}"
                    if world.form == "parquet":
                        _write_table(engine, side, rows, place / f"{stem}.parquet")
                        continue
                    query = f"select {losses.written(node)} from line_{side} where {rows} order by ask_id"
                    chunks = list(_bytes_of(engine, query))
                    if not chunks:
                        continue
                    share = CUT_AT if losses.cut_file(node, file_no) else 1.0
                    waiting.append(pool.submit(_compress, chunks, place / stem, side, share))
                    if len(waiting) > 3:
                        waiting.pop(0).result()
        for one in waiting:
            one.result()
    counters = engine.rows("select node, max(seq) from asked group by node order by node")
    return {NODES[node]: last for node, last in counters}


def _write_table(engine: Engine, side: str, rows: str, path: Path) -> None:
    columns = "select * exclude (node, file_no, asked_at, ask_id, account_no)"
    engine.write(f"{columns} from row_{side} where {rows} order by ask_id", path)


def _bytes_of(engine: Engine, query: str) -> Iterator[pa.Buffer]:
    """The text of a query of one column, batch by batch, as the engine holds it."""
    for batch in engine.connection.execute(query).to_arrow_reader(200_000):
        column = batch.column(0).cast(pa.large_string())
        if column.null_count:
            raise AssertionError("a line of the log is NULL")
        offsets = np.frombuffer(column.buffers()[1], dtype=np.int64)
        first, last = int(offsets[column.offset]), int(offsets[column.offset + len(column)])
        if last > first:
            yield column.buffers()[2].slice(first, last - first)


def _compress(chunks: list[pa.Buffer], stem: Path, side: str, share: float) -> None:
    if side == "a":
        packer, suffix = zlib.compressobj(1, zlib.DEFLATED, 31), "ndjson.gz"
        parts = [packer.compress(chunk) for chunk in chunks] + [packer.flush()]
    else:
        squeezer, suffix = zstandard.ZstdCompressor(level=3).compressobj(), "csv.zst"
        parts = [squeezer.compress(chunk) for chunk in (HEADER_B, *chunks)] + [squeezer.flush()]
    whole = b"".join(parts)
    stem.with_name(f"{stem.name}.{suffix}").write_bytes(whole[: round(len(whole) * share)])
