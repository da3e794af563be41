"""Published records with known truth, as registers of a case: historical people (Wikidata, with errors), FEBRL 1 and 2.

They stay where they are; without them the benchmark says that it skips them.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from tocsin.engine import literal

PUBLISHED = {
    "historical": (
        "historical_50k_open.csv.gz",
        "select unique_id as record_id, cluster as human, surname, first_name, dob as birth_date, null as member_no",
    ),
    "febrl1": (
        "febrl_dataset1.csv",
        "select rec_id as record_id, split_part(rec_id, '-', 2) as human, surname, given_name as first_name, "
        "left(date_of_birth, 4) || '-' || substr(date_of_birth, 5, 2) || '-' || right(date_of_birth, 2) as birth_date, "
        "soc_sec_id as member_no",
    ),
}
PUBLISHED["febrl2"] = ("febrl_dataset2.csv", PUBLISHED["febrl1"][1])
CASE = """
[case]
id = "published"
title = "Published records"
base_date = 2024-01-22
occurred_from = 2024-01-01T00:00:00Z
occurred_to = 2024-01-31T00:00:00Z
time_zone = "UTC"
[[party]]
id = "museum"
name = "Museum"
kind = "controller"
[[register]]
id = "people"
holder = "museum"
files = ["people.parquet"]
format = "parquet"
[register.columns]
record_id = "record_id"
surname = "surname"
first_name = "first_name"
birth_date = "birth_date"
member_no = "member_no"
"""


def write_published(name: str, data: Path, folder: Path) -> bool:
    """Write the case of one of :data:`PUBLISHED`; ``False`` when its file is not in ``data``."""
    file, query = PUBLISHED[name]
    source = data / file
    if not source.exists():
        return False
    folder.mkdir(parents=True)
    with duckdb.connect() as connection:
        connection.execute(
            f"create table person as {query} from read_csv({literal(str(source))}, all_varchar = true, header = true)"
        )
        for part, columns in (
            ("people", "* exclude (human)"), ("truth", "'people' as register, record_id, human, 0 as errors"),
        ):  # fmt: skip
            connection.execute(
                f"copy (select {columns} from person order by record_id)"
                f" to {literal(str(folder / f'{part}.parquet'))} (format parquet)"
            )
    (folder / "case.toml").write_text(CASE, "utf-8")
    return True
