"""The EDPB's common template for breach notifications: a draft, so every document made from it says so.

Adopted in June 2026 for public consultation until 5 August 2026; nothing later was found when it was last checked. Its
numbers, options and conditions are in ``form.toml``, with the known glitches of the draft.
"""

from __future__ import annotations

from pathlib import Path

FORM = Path(__file__).with_name("form.toml")
