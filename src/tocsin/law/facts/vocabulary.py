"""The codes that ``[[account]]`` and ``[[measure]]`` may hold, in both languages: wide enough for every form.

A form groups them as it likes: the options of each one say which codes they mean (``notices/*/form.toml``).

>>> "phishing" in vocabulary()["origins"]
True
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path


@cache
def vocabulary() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Topic -> code -> language -> words."""
    found: Mapping[str, Mapping[str, Mapping[str, str]]] = tomllib.loads(
        Path(__file__).with_suffix(".toml").read_text("utf-8")
    )
    return found
