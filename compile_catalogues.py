"""Build hook: compile the gettext catalogues (.po) that people edit into those (.mo) that the program reads."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def compile_all(root: Path) -> list[Path]:
    """Compile every catalogue below ``src/tocsin/locale``; return the files written."""
    written = []
    for source in sorted((root / "src" / "tocsin" / "locale").glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as file:
            catalogue = read_po(file)
        buffer = io.BytesIO()
        write_mo(buffer, catalogue)
        target = source.with_suffix(".mo")
        target.write_bytes(buffer.getvalue())
        written.append(target)
    return written


class CompileCatalogues(BuildHookInterface):  # type: ignore[type-arg]
    """Called by hatchling before the package is built or installed in place."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Compile, and add the results to the wheel."""
        build_data["artifacts"] += [str(path.relative_to(self.root)) for path in compile_all(Path(self.root))]


if __name__ == "__main__":
    for path in compile_all(Path(__file__).parent):
        print(path)  # noqa: T201 - a script
