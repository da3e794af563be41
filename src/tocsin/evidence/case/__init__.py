"""The case folder: ``case.toml`` and what it declares.

>>> from tocsin.evidence.case import parse_case
>>> parse_case('''
... [case]
... id = "first"
... title = "A first case"
... base_date = 2024-01-22
... occurred_from = 2024-01-22T00:00:00+01:00
... occurred_to = 2024-01-30T00:00:00+01:00
... ''').case.title
'A first case'
"""

from tocsin.evidence.case.load import CASE_FILE, CaseFolder, open_case, parse_case
from tocsin.evidence.case.model import Case

__all__ = ["CASE_FILE", "Case", "CaseFolder", "open_case", "parse_case"]
