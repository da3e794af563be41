"""Shutting the intruder out: which accounts first, by which traits, and which traces must not be lost meanwhile.

Three lists, three readers. Accounts and traces stay in the house: an account is a professional's, and personal data.
Indicators leave it, so that others may look for the same intruder: they hold no person, no account, no record, and
nothing that honest people share with the intruder.

>>> from tocsin.analysis.containment.indicators import is_inside
>>> is_inside("10.0.0.4"), is_inside("203.0.113.7")
(True, False)
"""

from tocsin.analysis.containment.find import Containment, HeldAccount, Trace, find_containment
from tocsin.analysis.containment.indicators import Indicator, Withheld

__all__ = ["Containment", "HeldAccount", "Indicator", "Trace", "Withheld", "find_containment"]
