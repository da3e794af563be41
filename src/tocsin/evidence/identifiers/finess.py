"""FINESS: number of a health establishment, legal or geographic; 9 characters, the department first.

The ninth digit is a Luhn key (checked on the published numbers of public hospitals). How the letters of Corsica
(2A, 2B) and overseas (9A to 9F) enter it was not found in a source to cite: those numbers answer "unchecked".

>>> from tocsin.engine import Engine
>>> from tocsin.evidence.identifiers import load_identifiers
>>> with Engine(threads=1) as engine:
...     load_identifiers(engine)
...     classify(engine, ["750712184", "750712185", "2A0000001", "12345"])
['finess', 'wrong_key', 'unchecked', 'malformed']
"""

from __future__ import annotations

from tocsin.evidence.identifiers.shape import Identifier

FINESS = Identifier(
    name="finess",
    macro="finess_class",
    classes=("finess", "unchecked", "wrong_key", "leading_zero_lost", "malformed", "missing"),
)
classify = FINESS.classify
