"""French and English: every sentence for a person goes through ``_``.

The language is that of the reader: ``--lang``, else ``TOCSIN_LANG``, else the locale, else English. Catalogues
are compiled at build time from ``src/tocsin/locale/*/LC_MESSAGES/tocsin.po``.

>>> with speaking("en"):
...     _("persons")
'persons'
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "fr")
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}
LOCALE_FOLDER = Path(__file__).parent / "locale"


def language_of_environment() -> str:
    """``fr`` or ``en``, from ``TOCSIN_LANG`` or the locale of the process."""
    for name in ("TOCSIN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        code = os.environ.get(name, "")[:2].lower()
        if code in LANGUAGES:
            return code
    return "en"


_current: ContextVar[str | None] = ContextVar("tocsin_language", default=None)


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    return gettext.translation("tocsin", LOCALE_FOLDER, languages=[code], fallback=True)


def current_language() -> str:
    """The language in which :func:`_` answers now."""
    return _current.get() or language_of_environment()


def _(message: str) -> str:
    """``message`` in the current language (the message itself when the language is English)."""
    code = current_language()
    return message if code == "en" else _catalogue(code).gettext(message)


def speak(code: str) -> None:
    """Set the language for the rest of this context. Raises ``ValueError`` for a language we do not speak."""
    if code not in LANGUAGES:
        raise ValueError(code)
    _current.set(code)


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Set the language for a block."""
    token = _current.set(code)
    try:
        yield
    finally:
        _current.reset(token)
