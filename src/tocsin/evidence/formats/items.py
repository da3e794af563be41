from __future__ import annotations
from tocsin.evidence.case.model import Log
from tocsin.evidence.formats.registry import Tables, whole_lines
def item_tables(log: Log) -> Tables:
    return whole_lines
