"""Birth dates as registers write them: whole, partial, or "lunar".

People born abroad may have a month or a day that no calendar knows (``19801399``, ``1980-00-00``): the date is text
that must be kept, and a year, month and day with a precision. The same person may carry 1980-00-00, 1980-01-01 and
1980-12-31, so 01/01 is kept as written and only counted. The century is never guessed: ``02/03/15`` is unreadable.

Precisions: ``day``; ``month``; ``year``; ``lunar`` (the year is known, month or day are not valid); ``none``.
Eight digits are read yyyymmdd when they begin with 18, 19 or 20, as ``normalise_date`` does, else ddmmyyyy.

Sources: SESAM-Vitale invoicing specification, CP02 and CP03 (lunar dates are transmitted as they are); eligibility
interfaces that take the birth date as eight characters of text.

>>> from tocsin.engine import Engine
>>> from tocsin.evidence.identifiers import load_identifiers
>>> with Engine(threads=1) as engine:
...     load_identifiers(engine)
...     classify(engine, ["1980-01-02", "02/01/1980", "2 mars 1980", "19801399", "1980-00-00"])
...     classify(engine, ["1980-05", "1980", "02/03/15"])
...     engine.value("select birth_date_read('1980-05-00')")
['day', 'day', 'day', 'lunar', 'lunar']
['month', 'year', 'unreadable']
{'year': 1980, 'month': 5, 'day': None, 'precision': 'lunar'}
"""

from __future__ import annotations

from tocsin.evidence.identifiers.shape import Identifier

BIRTH_DATE = Identifier(
    name="birth_date",
    macro="birth_date_class",
    classes=("day", "month", "year", "lunar", "unreadable", "missing"),
)
classify = BIRTH_DATE.classify
