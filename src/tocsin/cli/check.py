"""``tocsin check``: is this case kept as personal data must be: encrypted, private, intact, nothing left over?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import typer

from tocsin.analysis.alone import is_held
from tocsin.analysis.run import find_leftovers
from tocsin.cli.screen import HERE, CaseOption, JsonOption, print_json, print_table, screen
from tocsin.engine.volumes import Volume, find_swap, find_volume
from tocsin.errors import TocsinError
from tocsin.evidence.case import CaseFolder, open_case
from tocsin.evidence.decisions import decisions_in_force
from tocsin.evidence.seal import verify_seals
from tocsin.language import _
from tocsin.notices.filings.ledger import read_filings

State = Literal["safe", "unsafe", "unknown"]


@dataclass(frozen=True)
class Point:
    """One thing looked at."""

    name: str
    state: State
    found: str
    remedy: str = ""


def check(case: CaseOption = HERE, json: JsonOption = False) -> None:
    """Whether the files of the case are encrypted at rest, private and intact; ends with 1 unless all is proved."""
    points = list(look(open_case(case)))
    if json:
        print_json([asdict(point) for point in points])
    else:
        words = {"safe": _("yes"), "unsafe": _("NO"), "unknown": _("not known")}
        print_table(
            _("Is this case kept as it must be?"),
            ["", _("asked"), _("found")],
            [[words[point.state], point.name, point.found] for point in points],
        )
        for point in points:
            if point.remedy and point.state != "safe":
                screen.print(f"  - {point.name}: {point.remedy}", markup=False, soft_wrap=True)
    if any(point.state != "safe" for point in points):
        raise typer.Exit(1)


def look(folder: CaseFolder) -> Iterator[Point]:
    """Every point, in the order of its weight."""
    yield _of_volume(_("encrypted at rest"), find_volume(folder.path))
    swap = find_swap()
    yield from [_of_volume(_("encrypted swap"), area) for area in swap] or [
        Point(_("encrypted swap"), "safe", _("this machine has no swap"))
    ]
    yield _of_privacy(folder)
    left = [] if is_held(folder) else find_leftovers(folder)
    yield Point(
        _("nothing left by a killed run"), "unsafe" if left else "safe", ", ".join(path.name for path in left) or "-",
        _("`tocsin run` removes it at its next start"),
    )  # fmt: skip
    yield _of_files(_("evidence intact"), lambda: verify_seals(folder))
    yield _of_files(_("decisions intact"), lambda: decisions_in_force(folder.decisions))
    yield _of_files(_("filings intact"), lambda: read_filings(folder.path))


def _of_volume(name: str, volume: Volume) -> Point:
    if volume.state in ("encrypted", "memory"):
        where = volume.what if volume.is_encrypted else _("{what}: in memory only").format(what=volume.what)
        return Point(name, "safe", where)
    remedy = _(
        "move it to an encrypted volume (LUKS, fscrypt, gocryptfs); if the host encrypts the disk below this system, it"
        " cannot be seen from here: keep the host's statement in your security file"
    )
    if volume.state == "clear":
        return Point(name, "unsafe", _("this system does not encrypt {what}").format(what=volume.what), remedy)
    return Point(name, "unknown", _("this system cannot tell what encrypts {what}").format(what=volume.what), remedy)


def _of_privacy(folder: CaseFolder) -> Point:
    """Whoever may enter the case folder reads its evidence: nobody but its owner should."""
    open_to = [path for path in _held(folder) if path.exists() and path.stat().st_mode & 0o077]
    told = ", ".join(f"{path.name or path}: {path.stat().st_mode & 0o777:o}" for path in open_to)
    remedy = _("close it to others: chmod 700 {paths}").format(paths=" ".join(str(path) for path in open_to))
    return Point(_("closed to other users"), "unsafe" if open_to else "safe", told or "-", remedy)


def _held(folder: CaseFolder) -> tuple[Path, ...]:
    """The case folder; what lies in it is reached through it, so a closed one closes them all."""
    root = folder.path.resolve()
    return (root,) if not root.stat().st_mode & 0o077 else (root, folder.work, folder.runs)


def _of_files(name: str, verify: Callable[[], object]) -> Point:
    try:
        verify()
    except TocsinError as error:
        return Point(name, "unsafe", error.what, error.remedy or "")
    return Point(name, "safe", "-")
