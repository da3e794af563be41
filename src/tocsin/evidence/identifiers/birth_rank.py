"""Birth rank ("rang gémellaire"), one field with two meanings.

In the general scheme it separates twins of the same sex (1 for nearly everybody); elsewhere it separates the
beneficiaries of one policyholder who share a birth date (CNAM sheet on the identifiers of the SNDS). Without it, a
search on a NIR and a birth date answers both twins.

>>> from tocsin.engine import Engine
>>> from tocsin.evidence.identifiers import load_identifiers
>>> with Engine(threads=1) as engine:
...     load_identifiers(engine)
...     classify(engine, ["1", "02", "0", "A"])
['first', 'later', 'missing', 'malformed']
"""

from __future__ import annotations

from tocsin.evidence.identifiers.shape import Identifier

BIRTH_RANK = Identifier(
    name="birth_rank",
    macro="birth_rank_class",
    classes=("first", "later", "malformed", "missing"),
)
classify = BIRTH_RANK.classify
