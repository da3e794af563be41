"""What the reading of a register says of it: rows kept and rejected, and the quality of each column.

>>> ColumnQuality("sex", "SEXE", rows=3, missing=1, distinct=2, distinct_is_exact=True).share_missing
0.3333333333333333
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ColumnQuality:
    """One of our columns, over the versions written.

    ``classes`` counts what the identifier modules answer; ``unreadable`` counts values written but not understood
    (dates, sex, times); ``first_of_january`` counts 01/01 birth dates, which often stand for "not known";
    ``leading_zeros_lost`` counts codes a spreadsheet shortened; ``is_constant`` says that at least ten values are
    all the same. ``distinct`` is an estimate on large registers, and ``distinct_is_exact`` says so.
    """

    column: str
    source: str
    rows: int
    missing: int
    distinct: int
    distinct_is_exact: bool
    classes: tuple[tuple[str, int], ...] = ()
    unreadable: int = 0
    first_of_january: int = 0
    leading_zeros_lost: int = 0
    is_constant: bool = False

    @property
    def share_missing(self) -> float:
        """Part of the rows that hold nothing, 0 when there are no rows."""
        return self.missing / self.rows if self.rows else 0.0


@dataclass(frozen=True)
class RegisterReport:
    """``rows_read == rows_kept + rows_rejected``, always. ``versions`` may exceed the rows kept (a validity period
    interrupted by a later one resumes) or fall short of them (a journal's deletions make no version)."""

    register: str
    rows_read: int
    rows_kept: int
    rows_rejected: int
    versions: int
    records: int
    reasons: tuple[tuple[str, int], ...]
    quality: tuple[ColumnQuality, ...]
    warnings: tuple[tuple[str, int, str], ...]
    """(code, count, what it concerns); the words are those of ``analysis/remedies.py``."""
