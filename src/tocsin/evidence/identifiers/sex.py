"""Sex as registers write it, read as the first digit of the NIR: 1 male, 2 female.

Civil status, not identity: a number whose first digit differs is not an error to repair but a fact to keep.

>>> from tocsin.engine import Engine
>>> from tocsin.evidence.identifiers import load_identifiers
>>> with Engine(threads=1) as engine:
...     load_identifiers(engine)
...     classify(engine, ["1", "F", "Homme", "x", ""])
['male', 'female', 'male', 'unreadable', 'missing']
"""

from __future__ import annotations

from tocsin.evidence.identifiers.shape import Identifier

SEX = Identifier(
    name="sex",
    macro="sex_class",
    classes=("male", "female", "unreadable", "missing"),
)
classify = SEX.classify
