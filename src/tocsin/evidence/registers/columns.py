"""Our columns of a register, and what the mapping of a case file must hold.

>>> from tocsin.evidence.case.model import Register
>>> columns = {"record_id": "ID", "surname": "NOM", "region": "REG"}
>>> plan = plan_columns(Register(id="r", files=("r.csv",), columns=columns))
>>> plan.sources["surname"], plan.extras
('NOM', ('region',))
"""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.errors import TocsinError
from tocsin.evidence.case.model import Register
from tocsin.language import _

STANDARD = (
    "record_id", "controller", "contract_id", "household_id", "member_no", "account", "nir", "nir_key",
    "policyholder_nir", "birth_date", "birth_rank", "sex", "surname", "birth_surname", "first_name", "birth_place",
    "role", "rpps", "adeli", "finess", "iban", "email", "visible_from", "rights_from", "rights_to", "valid_from",
    "valid_to", "changed_at", "operation", "special_category",
)  # fmt: skip
RESERVED = frozenset({
    "register", "evidence_id", "line_no", "controller_code", "nir_class", "nir_written", "birth_year", "birth_month",
    "birth_day", "birth_precision", "surname_key", "birth_surname_key", "first_name_key", "minor", "row_id", "file_no",
    "kind", "image",
})  # fmt: skip
"""Names that the result gives itself, and that no extra column may take."""
JOURNAL_ONLY = frozenset({"changed_at", "operation"})
VALIDITY_ONLY = frozenset({"valid_from", "valid_to"})


@dataclass(frozen=True)
class ColumnPlan:
    """``sources``: our column -> the file's, as declared; ``extras``: those of ours that the standard does not know."""

    sources: dict[str, str]
    extras: tuple[str, ...]

    def wanted(self, kind: str) -> dict[str, str]:
        """What a file of ``kind`` (``state`` or ``journal``) must hold."""
        absent = JOURNAL_ONLY if kind == "state" else VALIDITY_ONLY
        return {ours: theirs for ours, theirs in self.sources.items() if ours not in absent}


def plan_columns(register: Register, *, with_journal: bool = False) -> ColumnPlan:
    """Check the mapping of ``register`` before any file is opened."""
    where = f"register {register.id}"
    needed = ["record_id"]
    if register.history == "validity":
        needed.append("valid_from")
    if register.history == "journal" or with_journal:
        needed += ["changed_at", "operation"]
    for ours in needed:
        if ours not in register.columns:
            raise TocsinError(
                "register-columns",
                _("no column is declared for {column}").format(column=ours),
                where=where,
                why=_("its history could not be rebuilt, nor its rows named"),
                remedy=_("add it under columns of this register in case.toml"),
            )
    extras = tuple(ours for ours in register.columns if ours not in STANDARD)
    lowered = [name.lower() for name in extras]
    for name in extras:
        if name.lower() in RESERVED or name.lower() in STANDARD or lowered.count(name.lower()) > 1 or not name:
            raise TocsinError(
                "register-columns",
                _("the column name {column} is taken by the result").format(column=repr(name)),
                where=where,
                remedy=_("give this column another name of ours under columns in case.toml"),
            )
    return ColumnPlan({ours: theirs.strip() for ours, theirs in register.columns.items()}, extras)


def find_columns(wanted: dict[str, str], found: list[str], *, where: str) -> dict[str, int]:
    """The position in the file of each column wanted; refuses what is absent or named twice, naming what was found."""
    places: dict[str, int] = {}
    for ours, theirs in wanted.items():
        if found.count(theirs) != 1:
            what = (
                _("the column {column} (our {ours}) is not in this file; it holds: {found}")
                if theirs not in found
                else _("the column {column} (our {ours}) is in this file more than once; it holds: {found}")
            )
            raise TocsinError(
                "register-column-unknown" if theirs not in found else "register-column-twice",
                what.format(column=repr(theirs), ours=ours, found=", ".join(found)[:2000] or _("no column")),
                where=where,
                why=_("a column read in place of another would name the wrong people"),
                remedy=_("correct columns, separator or encoding of this register in case.toml"),
            )
        places[ours] = found.index(theirs)
    return places
