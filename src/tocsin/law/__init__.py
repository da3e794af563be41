"""What must be done, by whom, by when, under which text.

Numbers and quotations are dated data (``texts/*.toml``); each rule quotes its text, reasons, and holds no number.
Nothing here reads a case, a run or a database: facts in (``facts.py``), duties out (``duties.py``).
"""
