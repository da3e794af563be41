"""Splink alone over all records of the registers, as its documentation starts, for people; no log is read.

    python benchmarks/rivals/by_splink.py CASE OUT.parquet

Name, date and identifier comparisons, u by random sampling, m by expectation maximisation, clusters at 0.95.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
import splink.comparison_library as compare
from splink import DuckDBAPI, Linker, SettingsCreator, block_on


def main(case: Path, out: Path) -> None:
    """Write (register, record_id, person) of every record."""
    engine = duckdb.connect(config={"temp_directory": str(out.parent / ".splink")})
    engine.execute(
        f"""
        create table record as
        -- a child may carry the policyholder's number: only one of the right year is taken as one's own
        select distinct on (unique_id)
            * replace (case when substr(nir, 2, 2) = substr(birth_date, 3, 2) then nir end as nir)
        from (
            select 'register-a|' || record_id as unique_id, replace(nir, ' ', '') as nir, surname as surname,
                   upper(first_name) as first_name, try_cast(birth_date as date)::varchar as birth_date, birth_rank
            from read_parquet('{case}/registers/op-a-journal.parquet')
            union all
            select 'register-b|' || reference, nir, upper(nom), upper(prenom),
                   try_strptime(ne_le, '%d/%m/%Y')::date::varchar, rang
            from read_parquet('{case}/registers/op-b-1.parquet')
        )
        """
    )
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            compare.NameComparison("first_name"), compare.NameComparison("surname"),
            compare.DateOfBirthComparison("birth_date", input_is_string=True),
            compare.ExactMatch("nir").configure(term_frequency_adjustments=True), compare.ExactMatch("birth_rank"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("nir"), block_on("surname", "birth_date"), block_on("first_name", "birth_date"),
        ],
    )  # fmt: skip
    api = DuckDBAPI(connection=engine)
    linker = Linker(api.register("record"), settings, log_level=None)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    for rule in (block_on("nir"), block_on("surname", "birth_date")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    predicted = linker.inference.predict(threshold_match_probability=0.95)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, 0.95)
    engine.execute(
        f"copy (select split_part(unique_id, '|', 1) as register, split_part(unique_id, '|', 2) as record_id, "
        f"cluster_id as person from {clusters.physical_name}) to '{out}' (format parquet)"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
