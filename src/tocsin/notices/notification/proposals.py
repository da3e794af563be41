"""What is proposed where nobody told, from ``proposals.toml``.

>>> proposals()["outage"]["serious"]
'no_access'
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any


@cache
def proposals() -> Mapping[str, Any]:
    """Topic -> case -> codes."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
