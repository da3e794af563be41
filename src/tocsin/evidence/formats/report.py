"""What reading one log gave: enough to prove that no line was lost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ReadReport:
    """The counts of one file. ``lines_read == lines_kept + lines_rejected``, always.

    A physical line is kept when it holds at least a part of one kept event: a line of a Bundle with one good entry, a
    line inside a quoted CSV field or inside a pretty-printed item. Each lost item is a row of ``rejected_line`` with
    ``item_no`` >= 1.
    """

    evidence_id: int
    lines_read: int
    lines_kept: int
    lines_rejected: int
    items_kept: int
    """Events that are one item of a line (Bundle, JSON array)."""
    items_rejected: int
    truncated: bool
    """The compressed stream ended, or was damaged, before its end."""
    decoded_as_windows_1252: int
    """Lines with bytes that are not of the encoding announced."""
    carriage_returns: int
    """Lines with a carriage return inside: they may be two events in one."""
    bytes_read: int
    """Decompressed."""
    reasons: tuple[tuple[str, int], ...]
    """Reason -> rows of ``rejected_line``, sorted."""
    first_at: str | None
    last_at: str | None
    """ISO 8601, UTC."""
