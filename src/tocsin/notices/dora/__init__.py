"""DORA's initial notification: the fields of Implementing Regulation 2025/302, Annex I, parts 1 and 2.

The intermediate and final reports have their own parts (3 and 4), which are not encoded.
"""

from __future__ import annotations

from pathlib import Path

FORM = Path(__file__).with_name("form.toml")
