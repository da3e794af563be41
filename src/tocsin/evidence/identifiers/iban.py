"""IBAN: bank account (ISO 13616), of professionals in the portals; the rest of a division by 97 must be 1.

Computed in SQL, not by `stdnum`, which tests compare it with. The length is checked for France only: `stdnum` knows
the lengths of other countries, which change, and a wrong one here is still a wrong key most of the time.

>>> from tocsin.engine import Engine
>>> from tocsin.evidence.identifiers import load_identifiers
>>> with Engine(threads=1) as engine:
...     load_identifiers(engine)
...     classify(engine, ["FR14 2004 1010 0505 0001 3M02 606", "FR1420041010050500013M02607"])
...     classify(engine, ["GB82WEST12345698765432", "FR14"])
['iban_fr', 'wrong_key']
['iban_foreign', 'malformed']
"""

from __future__ import annotations

from tocsin.evidence.identifiers.shape import Identifier

IBAN = Identifier(
    name="iban",
    macro="iban_class",
    classes=("iban_fr", "iban_foreign", "wrong_key", "malformed", "missing"),
)
classify = IBAN.classify
