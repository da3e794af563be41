"""RPPS: national number of a health professional, for life; 11 digits, the last a Luhn key.

Directories of the ANS write it after the digit 8 (ansforge, PSIdNat), which is dropped. Opticians and others moved
from ADELI to RPPS from June 2024: earlier logs carry ADELI.

>>> from tocsin.engine import Engine
>>> from tocsin.evidence.identifiers import load_identifiers
>>> with Engine(threads=1) as engine:
...     load_identifiers(engine)
...     classify(engine, ["10003456786", "810003456786", "10003456787", "1000"])
['rpps', 'rpps', 'wrong_key', 'malformed']
"""

from __future__ import annotations

from tocsin.evidence.identifiers.shape import Identifier

RPPS = Identifier(
    name="rpps",
    macro="rpps_class",
    classes=("rpps", "wrong_key", "malformed", "missing"),
)
classify = RPPS.classify
