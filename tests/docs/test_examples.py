"""The example folder holds the files that the first guide prints, to the letter."""

from __future__ import annotations

import pytest

from tests.docs.test_guides import GUIDES, ROOT, steps_of

EXAMPLE = ROOT / "examples" / "first-case"
FILES = [item for item in steps_of((GUIDES / "first-case.md").read_text("utf-8")) if isinstance(item, tuple)]


@pytest.mark.parametrize(("path", "text"), FILES, ids=[path for path, _text in FILES])
def test_the_example_is_the_guide(path: str, text: str) -> None:
    assert (EXAMPLE / path).read_text("utf-8") == text


def test_the_example_holds_nothing_else() -> None:
    found = {path.relative_to(EXAMPLE).as_posix() for path in EXAMPLE.rglob("*") if path.is_file()}
    assert found == {path for path, _text in FILES}
