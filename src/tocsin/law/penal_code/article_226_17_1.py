"""Code pénal 226-17-1: what is at stake when the authority, or the controller, is not told.

It does not reach the communication to the people: that is a matter of administrative fines (GDPR 83(4)).

>>> from datetime import date
>>> from tocsin.language import speaking
>>> with speaking("en"):
...     what_is_at_stake(date(2024, 2, 2)).partition(":")[0], what_is_at_stake(date(2018, 6, 1))
('Code pénal 226-17-1', '')
"""

from __future__ import annotations

from datetime import date

from tocsin.language import _
from tocsin.law.texts import text
from tocsin.law.words import grouped


def what_is_at_stake(on: date) -> str:
    """The penalty, in words; nothing for a day that is not encoded.

    Code pénal 226-17-1: « de ne pas procéder à la notification d'une violation de données à caractère personnel »
    """
    found = text("penal_226_17_1").covering(on)
    if not found:
        return ""
    version = found[0]
    return _("{text}: {years} years of prison and a fine of {fine} euros ({legal} for a legal person)").format(
        text=version.name, years=version.number("prison_years"), fine=grouped(version.number("fine_euros")),
        legal=grouped(version.number("fine_of_legal_persons_euros")),
    )  # fmt: skip
