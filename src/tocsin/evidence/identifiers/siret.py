"""SIRET: number of an establishment of a French enterprise; its SIREN and 5 digits, the last a Luhn key.

The establishments of La Poste (SIREN 356000000) instead have a sum of digits that 5 divides. Agrees with
`stdnum.fr.siret`. Its macro is in `siren.sql`.

>>> from tocsin.engine import Engine
>>> from tocsin.evidence.identifiers import load_identifiers
>>> with Engine(threads=1) as engine:
...     load_identifiers(engine)
...     classify(engine, ["732 829 320 00074", "35600000049837", "73282932000075"])
['siret', 'la_poste', 'wrong_key']
"""

from __future__ import annotations

from tocsin.evidence.identifiers.shape import Identifier

SIRET = Identifier(
    name="siret",
    macro="siret_class",
    classes=("siret", "la_poste", "wrong_key", "malformed", "missing"),
)
classify = SIRET.classify
