"""The persons who decide, apart from what they decided: the chained file holds references, this one holds names.

A name can be erased here, on the day that its keeping ends, without touching what was decided: the chain stays whole.
References are drawn at random, so that they say nothing of the name.

>>> import tempfile
>>> folder = Path(tempfile.mkdtemp())
>>> (reference,) = refer(folder, ["Mme Roy, general manager"]).values()
>>> name_of(persons_of(folder), reference)
'Mme Roy, general manager'
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tocsin.errors import TocsinError
from tocsin.language import _

FILE = "persons.json"
REFERENCE = re.compile(r"person-[0-9a-f]{8}")


def persons_of(folder: Path) -> dict[str, str]:
    """Reference -> name; a name that was erased is empty."""
    path = folder / FILE
    if not path.exists():
        return {}
    try:
        found = json.loads(path.read_text("utf-8"))
        if not isinstance(found, dict) or not all(isinstance(name, str) for name in found.values()):
            raise ValueError
    except (ValueError, OSError) as error:
        raise TocsinError(
            "persons-unreadable", _("this file does not hold references and names"), where=str(path),
            why=_("nobody could say who decided"), remedy=_("restore it from a copy"),
        ) from error  # fmt: skip
    return found


def refer(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """Name -> reference, each made when there is none yet, while nobody else makes one."""
    wanted = {name for name in names if name.strip()}
    with _alone(folder):
        known = persons_of(folder)
        found = {name: reference for reference, name in known.items() if name}
        fresh = sorted(name for name in wanted - set(found) if not REFERENCE.fullmatch(name))
        made = {name: f"person-{secrets.token_hex(4)}" for name in fresh}
        if made:
            _write(folder, {**known, **{reference: name for name, reference in made.items()}})
    return {name: (found | made).get(name, name) for name in wanted}


def name_of(known: Mapping[str, str], reference: str) -> str:
    """The name behind a reference; the reference itself when the name was erased or is not known."""
    return known.get(reference) or reference


def erase_name(folder: Path, reference: str) -> None:
    """Forget the name behind a reference. Raises :class:`TocsinError` when nobody has it."""
    with _alone(folder):
        known = persons_of(folder)
        if reference not in known:
            raise TocsinError(
                "unknown-person-reference", _("{given!r} is the reference of nobody").format(given=reference),
                where=str(folder / FILE),
                remedy=_("write a reference as `tocsin register show --references` prints it"),
            )  # fmt: skip
        _write(folder, {**known, reference: ""})


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """While nobody else writes here; the lock is on the folder and leaves nothing behind."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _write(folder: Path, known: Mapping[str, str]) -> None:
    fresh = folder / f"{FILE}.new"
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
    os.replace(fresh, folder / FILE)  # noqa: PTH105 - Path.replace says nothing of being atomic
