"""The content of the CNIL's online notification, section by section, in French, ready to be pasted: an unofficial aid.

The form itself is behind the CNIL's site; its sections and lists are in ``form.toml`` with how sure each one is.
"""

from __future__ import annotations

from pathlib import Path

FORM = Path(__file__).with_name("form.toml")
