"""What is wrong inside a register: a row that cannot be read is counted and named, a column that lacks is refused."""

from __future__ import annotations

import gzip

from tests.faults.base import REGISTER, BaseCase
from tests.faults.table import refused, told


def row(case: BaseCase, number: int, old: str, new: str) -> None:
    """Change one line of the register, counted from 1."""
    lines = case.register.read_text("utf-8").splitlines(keepends=True)
    assert old in lines[number - 1]
    lines[number - 1] = lines[number - 1].replace(old, new, 1)
    case.register.write_text("".join(lines), "utf-8")


def as_journal(case: BaseCase) -> None:
    """Make the register a journal of changes."""
    case.replace('history = "validity"', 'history = "journal"')
    case.replace('valid_from = "valide_du"\nvalid_to = "valide_au"', 'changed_at = "quand"\noperation = "quoi"')
    case.register.write_text(
        REGISTER.replace("valide_du;valide_au", "quand;quoi").replace("-01-01;\n", "-01-01;insert\n"), "utf-8"
    )


@refused("registers", "register-column-unknown", where="registers/insured.csv", says="the column 'nom'")
def column_unknown(case: BaseCase) -> None:
    """A mapped column is not in the file."""
    row(case, 1, "nom", "name")


@refused("registers", "register-column-unknown", where="registers/insured.csv", says="no column")
def empty_register(case: BaseCase) -> None:
    """The file of a register is empty."""
    case.register.write_text("", "utf-8")


@refused("registers", "register-column-twice", where="registers/insured.csv", says="more than once")
def column_twice(case: BaseCase) -> None:
    """A mapped column is twice in the file."""
    row(case, 1, "prenom", "nom")


@refused("registers", "register-columns", where="register insured", says="'minor' is taken")
def column_name_taken(case: BaseCase) -> None:
    """A column of ours takes a name of the result."""
    case.replace('surname = "nom"', 'surname = "nom"\nminor = "naissance"')


@refused("registers", "register-encoding", where="registers/insured.csv", says="'ebcdic'")
def unknown_encoding_of_register(case: BaseCase) -> None:
    """A register declares an encoding that is not read."""
    case.replace('encoding = "utf-8"', 'encoding = "ebcdic"')


@refused("registers", "register-unreadable", where="registers/insured.csv", says="cannot be read to its end")
def cut_register(case: BaseCase) -> None:
    """A compressed register was cut during its transfer."""
    data = gzip.compress(case.register.read_bytes())
    case.register.write_bytes(data[: len(data) * 2 // 3])


@refused("registers", "register-format", where="registers/insured.csv", says="is Parquet, not CSV")
def parquet_as_csv(case: BaseCase) -> None:
    """A Parquet register is declared as CSV."""
    case.register.write_bytes(b"PAR1" + b"\0" * 100)


@refused("registers", "register-history", where="register insured", says="cannot also have a journal")
def two_histories(case: BaseCase) -> None:
    """A register has periods of validity and a journal."""
    case.replace('history = "validity"', 'history = "validity"\njournal = ["registers/j.csv"]')
    case.replace('surname = "nom"', 'surname = "nom"\nchanged_at = "quand"\noperation = "quoi"')
    case.add(REGISTER.replace("valide_du;valide_au", "quand;quoi"), case.folder / "registers" / "j.csv")


@refused("registers", "register-as-of", where="register insured", says="the instant at which it was taken")
def snapshot_without_instant(case: BaseCase) -> None:
    """A snapshot completed by a journal does not say when it was taken."""
    two_histories(case)
    case.replace('history = "validity"', 'history = "snapshot"')
    case.replace('valid_from = "valide_du"\nvalid_to = "valide_au"\n', "")


@told("registers", "row-field-count", where="registers/insured.csv:3", says="fields")
def field_count(case: BaseCase) -> None:
    """A row has a separator too many."""
    row(case, 3, "ESSAI", "ESSAI;X")


@told("registers", "row-open-quote", where="registers/insured.csv:3", says="quote")
def open_quote(case: BaseCase) -> None:
    """A quote of a row is never closed."""
    row(case, 3, "ESSAI", '"ESSAI')


@told("registers", "row-nul-byte", where="registers/insured.csv:3", says="NUL")
def nul_byte_in_row(case: BaseCase) -> None:
    """A row holds NUL bytes."""
    row(case, 3, "ESSAI", "ESS\0AI")


@told("registers", "row-no-record-id", where="registers/insured.csv:3", says="record_id")
def no_record_id(case: BaseCase) -> None:
    """A row has no record number."""
    row(case, 3, "R2", "")


@told("registers", "row-duplicate-record", where="registers/insured.csv:3", says="same record")
def duplicate_record(case: BaseCase) -> None:
    """Two rows contradict each other under one number."""
    row(case, 4, "R3", "R2")
    row(case, 4, "2019-01-01;2019-01-01;", "2019-01-01;2020-01-01;")


@told("registers", "row-identical-row", where="registers/insured.csv:3", says="twice")
def identical_row(case: BaseCase) -> None:
    """A row stands twice."""
    text = case.register.read_text("utf-8").splitlines(keepends=True)
    case.register.write_text("".join([*text[:3], text[2], *text[3:]]), "utf-8")


@told("registers", "row-unreadable-validity", where="registers/insured.csv:3", says="validity")
def unreadable_validity(case: BaseCase) -> None:
    """The validity of a row is not a date."""
    row(case, 3, "2020-01-01;2020-01-01;", "2020-01-01;janvier;")


@told("registers", "row-empty-validity", where="registers/insured.csv:3", says="ends")
def empty_validity(case: BaseCase) -> None:
    """The validity of a row ends before it starts."""
    row(case, 3, "2020-01-01;2020-01-01;", "2020-01-01;2020-01-01;2019-01-01")


@told("registers", "overlapping-validity", where="register insured", says="overlap")
def overlapping_validity(case: BaseCase) -> None:
    """Two periods of one record overlap."""
    case.add("R6;999000002;TEMOIN;Fanny;1954-05-17;2018-01-01;2022-01-01;\n", case.register)


@told("registers", "unreadable-values", where="register insured", says="droits_du")
def unreadable_dates(case: BaseCase) -> None:
    """The dates of a column cannot be read."""
    row(case, 3, "2020-01-01;2020-01-01;", "le 1er janvier;2020-01-01;")


@told("registers", "foreign-bytes", where="register insured", says="do not belong to the encoding", count=1)
def wrong_encoding_declared(case: BaseCase) -> None:
    """The declared encoding is not that of the file."""
    case.register.write_bytes(case.register.read_bytes().replace(b"TEMOIN", b"T\xc9MOIN"))


@told("registers", "undeclared-controller", where="register insured", says="999000003")
def undeclared_controller(case: BaseCase) -> None:
    """A row names an insurer that no party declares."""
    row(case, 3, "999000001", "999000003")


@told("registers", "lost-zeros", where="register insured", says="leading zero")
def lost_zeros(case: BaseCase) -> None:
    """A spreadsheet dropped the leading zeros of a code."""
    row(case, 3, "999000001", "12345678")


@told("registers", "row-unknown-operation", where="registers/insured.csv:3", says="operation")
def unknown_operation(case: BaseCase) -> None:
    """A change of the journal is of no known kind."""
    as_journal(case)
    row(case, 3, "insert", "merge")


@told("registers", "row-no-time", where="registers/insured.csv:3", says="instant")
def change_without_time(case: BaseCase) -> None:
    """A change of the journal has no instant."""
    as_journal(case)
    row(case, 3, "2020-01-01;insert", "hier;insert")


@told("registers", "row-same-instant", where="registers/insured.csv:3", says="same instant")
def same_instant(case: BaseCase) -> None:
    """Two changes of one record stand at one instant."""
    as_journal(case)
    row(case, 4, "R3", "R2")
    row(case, 4, "2019-01-01;insert", "2020-01-01;update")


@told("registers", "begun-elsewhere", where="register insured", says="begin in the journal by an update")
def begun_elsewhere(case: BaseCase) -> None:
    """A record begins in the journal by an update."""
    as_journal(case)
    row(case, 3, "insert", "update")
