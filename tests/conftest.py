"""No test asserts a time: a busy machine is slow, and not wrong."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("tocsin", deadline=None)
settings.load_profile("tocsin")
