"""What Tocsin says when it cannot go on: what, where, why it matters, what to do.

Every refusal of the program is a :class:`TocsinError`. The command line prints it without a traceback;
a test holds that each kind has its own remedy.

>>> print(TocsinError("seal-broken", "the bytes changed", where="logs/a.gz", why="findings would not be "
...                   "those of the evidence received", remedy="Restore the file."))
logs/a.gz: the bytes changed.
  Why it matters: findings would not be those of the evidence received.
  What to do: Restore the file.
"""

from __future__ import annotations


class TocsinError(Exception):
    """A refusal that a person can act on.

    ``kind`` is a short stable slug (``seal-broken``), for scripts and tests; the other parts are sentences
    without final full stop, already in the language of the reader.
    """

    def __init__(self, kind: str, what: str, *, where: str = "", why: str = "", remedy: str = "") -> None:
        self.kind = kind
        self.what = what.rstrip(".")
        self.where = where
        self.why = why.rstrip(".")
        self.remedy = remedy.rstrip(".")
        super().__init__(str(self))

    def __str__(self) -> str:
        from tocsin.language import _

        end = "" if self.what.endswith("?") else "."
        lines = [f"{self.where}: {self.what}{end}" if self.where else f"{self.what}{end}"]
        if self.why:
            lines.append("  " + _("Why it matters: {why}.").format(why=self.why))
        if self.remedy:
            lines.append("  " + _("What to do: {remedy}.").format(remedy=self.remedy))
        return "\n".join(lines)

    def as_dict(self) -> dict[str, str]:
        """The same, for ``--json``."""
        return {"kind": self.kind, "what": self.what, "where": self.where, "why": self.why, "remedy": self.remedy}
