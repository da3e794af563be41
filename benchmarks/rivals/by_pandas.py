"""The same answer as a straightforward pandas script would give it: everything loaded, then merged.

    python benchmarks/rivals/by_pandas.py CASE OUT.parquet

Reads what ``floor.py`` reads and writes the records found with a number for each person.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pandas as pd  # type: ignore[import-untyped]  # its stubs are a package of their own

REGISTERS = {
    "register-a": ("op-a-journal.parquet", {"record_id": "record_id", "nir": "nir", "birth_date": "birth_date",
                                            "birth_rank": "birth_rank"}),
    "register-b": ("op-b-1.parquet", {"reference": "record_id", "nir": "nir", "ne_le": "birth_date",
                                      "rang": "birth_rank"}),
}  # fmt: skip


def main(case: Path, out: Path) -> None:
    """Write (register, record_id, person)."""
    verdicts = pd.DataFrame(tomllib.loads((case / "verdicts.toml").read_text())["verdict"])
    hostile = verdicts[verdicts["verdict"] == "hostile"][["account", "session_token"]]
    logs = pd.concat(pd.read_parquet(path) for path in sorted(case.glob("logs/*/*.parquet")))
    read = logs.merge(hostile, on=["account", "session_token"])
    named = read.loc[read["record_ids"].notna(), "record_ids"].unique()
    parts = []
    for register, (name, columns) in REGISTERS.items():
        people = pd.read_parquet(case / "registers" / name).rename(columns=columns)
        people = people.drop_duplicates("record_id")[list(columns.values())]
        people["nir"] = people["nir"].str.replace(" ", "")
        people["birth_date"] = pd.to_datetime(people["birth_date"], dayfirst=register == "register-b", format="mixed")
        people["register"] = register
        parts.append(people)
    people = pd.concat(parts)
    key = people["nir"].fillna(people["record_id"])
    people["person"] = people.assign(key=key).groupby(["key", "birth_date", "birth_rank"], dropna=False).ngroup()
    found = people[people["record_id"].isin(named)]
    found[["register", "record_id", "person"]].to_parquet(out, index=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
