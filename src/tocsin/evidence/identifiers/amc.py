"""Number of a complementary insurer (AMC): text, leading zeros kept.

Guides describe nine digits, and eight for the older prefectoral code (department and six digits); both names stand
for the same box, and one insurer may hold several numbers. A shorter one has lost its zeros in a spreadsheet; so may
one of eight digits in a column of nine, which the quality report of a register says.

>>> from tocsin.engine import Engine
>>> from tocsin.evidence.identifiers import load_identifiers
>>> with Engine(threads=1) as engine:
...     load_identifiers(engine)
...     classify(engine, ["012345678", "75123456", "1234567", "MUT01"])
['nine_digits', 'eight_digits', 'leading_zero_lost', 'other']
"""

from __future__ import annotations

from tocsin.evidence.identifiers.shape import Identifier

AMC = Identifier(
    name="amc",
    macro="amc_class",
    classes=("nine_digits", "eight_digits", "leading_zero_lost", "other", "missing"),
)
classify = AMC.classify
