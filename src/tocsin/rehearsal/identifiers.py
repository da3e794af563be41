"""Identifiers of professionals with right keys, over whole arrays: RPPS, ADELI, FINESS (Luhn), IBAN (mod 97).

>>> import numpy as np
>>> rpps(np.array([0]))[0], iban(np.array([7]))[0]
('10000000009', 'FR7699999000010001000000760')
"""

from __future__ import annotations

import numpy as np

from tocsin.rehearsal.world import Ints


def luhn_digit(number: Ints, digits: int) -> Ints:
    """The digit to write after ``number`` (of ``digits`` digits) so that it passes Luhn's check."""
    total = np.zeros(len(number), dtype=np.int64)
    for place in range(digits):
        digit = number // 10**place % 10
        doubled = digit * 2 if place % 2 == 0 else digit
        total += doubled - 9 * (doubled > 9)
    return (10 - total % 10) % 10


def _text(number: Ints, width: int) -> list[str]:
    return [str(text) for text in np.strings.zfill(number.astype(f"U{width}"), width).tolist()]


def rpps(serial: Ints) -> list[str]:
    """11 digits: 10, a serial number, a Luhn key."""
    body = 1_000_000_000 + serial
    return _text(body * 10 + luhn_digit(body, 10), 11)


def adeli(department: Ints, serial: Ints) -> list[str]:
    """9 characters, the department first."""
    body = department * 1_000_000 + 600_000 + serial % 100_000
    return _text(body * 10 + luhn_digit(body, 8), 9)


def finess(department: Ints, serial: Ints) -> list[str]:
    """9 characters, the department first, a Luhn key last."""
    body = department * 1_000_000 + 200_000 + serial % 700_000
    return _text(body * 10 + luhn_digit(body, 8), 9)


def iban(serial: Ints) -> list[str]:
    """French IBAN of a bank that does not exist (99999), with right RIB and IBAN keys."""
    bank, branch, account = 99_999, 1, 10_000_000 + serial
    rib = 97 - (89 * bank + 15 * branch + 3 * account) % 97
    # bank, branch, account, key, then FR00 as 152700: the rest of the division, part by part
    rest = ((bank * 10**5 + branch) % 97 * pow(10, 11, 97) + account) % 97
    rest = ((rest * 100 + rib) % 97 * pow(10, 6, 97) + 152_700) % 97
    check = 98 - rest
    return [
        f"FR{c}99999{branch:05d}{a}{k}"
        for c, a, k in zip(_text(check, 2), _text(account, 11), _text(rib, 2), strict=True)
    ]
