"""SIREN: number of a French enterprise; 9 digits, the last a Luhn key.

Agrees with `stdnum.fr.siren`.

>>> from tocsin.engine import Engine
>>> from tocsin.evidence.identifiers import load_identifiers
>>> with Engine(threads=1) as engine:
...     load_identifiers(engine)
...     classify(engine, ["732 829 320", "732829321", "73282932"])
['siren', 'wrong_key', 'malformed']
"""

from __future__ import annotations

from tocsin.evidence.identifiers.shape import Identifier

SIREN = Identifier(
    name="siren",
    macro="siren_class",
    classes=("siren", "wrong_key", "malformed", "missing"),
)
classify = SIREN.classify
