"""The floor by hand in Polars, streaming: the same reading of the same files as ``floor.py``.

python benchmarks/rivals/by_polars.py CASE OUT.parquet
"""

from __future__ import annotations

import sys
import tempfile
import tomllib
from pathlib import Path

import polars as pl

COLUMNS = {
    "register-a": ("op-a-journal.parquet", ("record_id", "nir", "birth_date", "birth_rank", "controller"), "%Y-%m-%d"),
    "register-b": ("op-b-1.parquet", ("reference", "nir", "ne_le", "rang", "numero_amc"), "%d/%m/%Y"),
}


def register(case: Path, name: str) -> pl.LazyFrame:
    """One register, under common names."""
    file, columns, day = COLUMNS[name]
    return (
        pl.scan_parquet(case / "registers" / file)
        .select(columns)
        .rename(dict(zip(columns, ("record_id", "nir", "birth_date", "birth_rank", "controller"), strict=True)))
        .with_columns(
            pl.col("nir").str.replace_all(" ", ""), pl.col("birth_date").str.to_date(day, strict=False),
            register=pl.lit(name),
        )
        .unique("record_id")
    )  # fmt: skip


def main(case: Path, out: Path) -> None:
    """Write (register, record_id, person), and one list for each controller."""
    verdicts = pl.DataFrame(tomllib.loads((case / "verdicts.toml").read_text())["verdict"])
    hostile = verdicts.filter(pl.col("verdict") == "hostile").select("account", "session_token").lazy()
    logs = pl.scan_parquet(case / "logs/*/*.parquet").select("account", "session_token", "action", "record_ids")
    exposed = (
        logs.filter(pl.col("record_ids").is_not_null())
        .join(hostile, on=["account", "session_token"], how="semi")
        .group_by("record_ids")
        .agg(pl.len().alias("lines"), pl.col("action").n_unique().alias("actions"))
    )
    people = pl.concat([register(case, name) for name in COLUMNS])
    numbered = people.with_columns(person=pl.struct(pl.coalesce("nir", "record_id"), "birth_date", "birth_rank").hash())
    found = numbered.join(exposed, left_on="record_id", right_on="record_ids").collect(engine="streaming")
    found.select("register", "record_id", "person").write_parquet(out)
    with tempfile.TemporaryDirectory() as lists:
        for (controller,), mine in found.partition_by("controller", as_dict=True).items():
            mine.write_parquet(Path(lists) / f"{controller}.parquet")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
