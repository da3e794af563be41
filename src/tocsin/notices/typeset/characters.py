"""Which characters can stand on the page: those that the fonts draw and the eye sees.

A name may be written in any script, and a value may hold characters that are invisible or turn the reading direction;
what cannot be drawn honestly is shown by its code, so that nothing is dropped and nothing is hidden.

>>> on_paper("Élise Müller\\u202eX")
'Élise Müller⟨U+202E⟩X'
>>> on_paper("王")
'⟨U+738B⟩'
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path
from threading import get_ident

import typst

PLAIN = 0x0180
"""Below, the fonts draw every letter."""
UNSEEN = ("Cc", "Cf", "Co", "Cs", "Cn")
PROBE = Path(__file__).parent / "templates" / "probe.typ"


def on_paper(text: str) -> str:
    """``text`` as it can be printed; line breaks stay."""
    return "".join(_drawn(character) for character in text.replace("\r\n", "\n").replace("\t", " "))


@cache
def _drawn(character: str) -> str:
    if character == "\n":
        return character
    is_seen = unicodedata.category(character) not in UNSEEN
    if is_seen and (ord(character) < PLAIN or _has_glyph(character)):
        return character
    return f"⟨U+{ord(character):04X}⟩"


def _has_glyph(character: str) -> bool:
    """Asked of the typesetter itself: an archive must not hold a character without a glyph."""
    try:
        _probe(get_ident()).compile(sys_inputs={"character": character}, pdf_standards="a-2a", timestamp=0)
    except typst.TypstError:
        return False
    return True


@cache
def _probe(_thread: int) -> typst.Compiler:
    return typst.Compiler(
        PROBE, root=PROBE.parent, font_paths=typst.Fonts(include_system_fonts=False), ignore_system_fonts=True
    )
