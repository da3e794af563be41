"""ADELI: former number of a health professional in one department; 9 characters.

It changed with the department, and gave way to RPPS. No public source gives its key: the form alone is classified.
Eight digits are most often a number of departments 01 to 09 that a spreadsheet took for an amount.

>>> from tocsin.engine import Engine
>>> from tocsin.evidence.identifiers import load_identifiers
>>> with Engine(threads=1) as engine:
...     load_identifiers(engine)
...     classify(engine, ["751234567", "2A1234567", "0751234567", "11234567"])
['adeli', 'adeli', 'adeli', 'leading_zero_lost']
"""

from __future__ import annotations

from tocsin.evidence.identifiers.shape import Identifier

ADELI = Identifier(
    name="adeli",
    macro="adeli_class",
    classes=("adeli", "leading_zero_lost", "malformed", "missing"),
)
classify = ADELI.classify
