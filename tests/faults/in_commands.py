"""What is wrong with a command, or with the machine it runs on."""

from __future__ import annotations

from tests.faults.base import BaseCase
from tests.faults.table import already_run, refused


@refused("commands", "no-run", says="has no run yet", command="figures")
def no_run(case: BaseCase) -> None:
    """Figures are asked before any run."""


@refused("commands", "unknown-run", where="runs", says="0 runs are called 'zz'", command="figures --run zz")
def unknown_run(case: BaseCase) -> None:
    """A run is named that does not exist."""
    already_run(case)


@refused("commands", "damaged-run", where="exposure.parquet", says="table of a finished run is gone", command="people")
def damaged_run(case: BaseCase) -> None:
    """A table of a run was removed."""
    already_run(case)
    next(case.folder.glob("runs/*/tables/exposure.parquet")).unlink()


@refused("commands", "unknown-person", says="'p-000'", command="why p-000")
def unknown_person(case: BaseCase) -> None:
    """A person is asked who is in no register."""
    already_run(case)


@refused("commands", "evidence-missing", where="logs/a1.ndjson", says="sealed file is gone", command="why insured/R1")
def bytes_gone(case: BaseCase) -> None:
    """The bytes behind a finding are gone."""
    already_run(case)
    case.log.unlink()


@refused("commands", "engine-settings", says="refuses these settings", command="run --memory lots")
def bad_memory(case: BaseCase) -> None:
    """The memory allowed is not a size."""


@refused("commands", "out-of-memory", says="too small", command="run --memory 1MB")
def too_little_memory(case: BaseCase) -> None:
    """The memory allowed is too small."""


@refused("commands", "case-exists", where="case.toml", says="a case here already", command="init {case}")
def case_exists(case: BaseCase) -> None:
    """A case would be made over another."""


@refused("commands", "system-refuses", where="case.toml", says="Not a directory", command="init {case}/case.toml")
def init_below_a_file(case: BaseCase) -> None:
    """A case would be made below a file."""


@refused("commands", "system-refuses", where="runs", says="File exists")
def runs_is_a_file(case: BaseCase) -> None:
    """The folder of the runs cannot be made."""
    case.add("", case.folder / "runs")


@refused("commands", "system-refuses", where="lists/all.csv", says="No such file",
         command="people --out {case}/lists/all.csv --case {case}")  # fmt: skip
def no_place_for_the_list(case: BaseCase) -> None:
    """A list is to be written in a folder that does not exist."""
    already_run(case)


@refused("commands", "unknown-list-format", says="neither .parquet nor .csv", command="people --out all.xlsx")
def unknown_list_format(case: BaseCase) -> None:
    """A list is asked in a format that is not written."""
    already_run(case)


@refused("commands", "unknown-class", says="'sure' is not a class", command="people --class sure")
def unknown_class(case: BaseCase) -> None:
    """A class is asked that does not exist."""
    already_run(case)


@refused("commands", "unknown-controller", says="'phaer' is not a party", command="people --controller phaer")
def unknown_controller(case: BaseCase) -> None:
    """People are asked of a controller that does not exist."""
    already_run(case)


@refused("commands", "unknown-grade", says="'Z' is not a grade", command="sessions list --grade Z")
def unknown_grade(case: BaseCase) -> None:
    """Sessions are asked of a grade that does not exist."""
    already_run(case)


@refused("commands", "unknown-language", says="'de'", command="--lang de figures --case {case}")
def unknown_language(case: BaseCase) -> None:
    """A language is asked that is not spoken."""


@refused("commands", "unknown-attack", says="'siege' is not an attack", command="rehearse {case}/new --attack siege")
def unknown_attack(case: BaseCase) -> None:
    """A rehearsal is asked of an attack that does not exist."""


@refused("commands", "folder-not-empty", says="", command="rehearse {case} --people 300")
def rehearsal_over_files(case: BaseCase) -> None:
    """A rehearsal would be made over other files."""
    case.toml.unlink()


@refused("commands", "score-impossible", says="", command="rehearse {case} --score")
def score_without_truth(case: BaseCase) -> None:
    """A case without known truth is scored."""
    already_run(case)


@refused("commands", "world-refused", says="", command="rehearse {case}/new --people -5")
def impossible_world(case: BaseCase) -> None:
    """A rehearsal is asked of fewer than no people."""
