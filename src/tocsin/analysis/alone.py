"""One computation at a time in a case: a second one would remove what the first has spilled, as if it were left over.

The lock is the kernel's (``flock``): it falls with the process that holds it, so that a killed run never locks a case.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from tocsin.errors import TocsinError
from tocsin.evidence.case import CaseFolder
from tocsin.language import _


@contextmanager
def alone_in(folder: CaseFolder) -> Iterator[None]:
    """Hold the case for a computation. Raises :class:`TocsinError` ``case-busy`` when another one holds it."""
    folder.work.mkdir(mode=0o700, exist_ok=True)
    with (folder.work / "lock").open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise TocsinError(
                "case-busy", _("another computation is at work in this case"), where=str(folder.path),
                why=_("two at once would remove each other's temporary files"),
                remedy=_("wait for its end, or stop it: finished steps are kept"),
            ) from error  # fmt: skip
        yield


def is_held(folder: CaseFolder) -> bool:
    """Whether a computation is at work in the case now."""
    if not (folder.work / "lock").exists():
        return False
    try:
        with alone_in(folder):
            return False
    except TocsinError:
        return True
