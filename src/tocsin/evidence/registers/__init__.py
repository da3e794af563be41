"""Registers of people, read as they stood at each instant.

>>> import tempfile
>>> from datetime import date
>>> from pathlib import Path
>>> from tocsin.engine import Engine
>>> from tocsin.evidence.case.model import Register
>>> register = Register(id="insured", files=("r.csv",), columns={"record_id": "ID", "surname": "NOM", "sex": "SEXE"})
>>> with tempfile.TemporaryDirectory() as folder, Engine(threads=1) as engine:
...     here = Path(folder)
...     _ = (here / "r.csv").write_text("ID;NOM;SEXE\\n1;Dupont;F\\n2;Durand\\n", "utf-8")
...     report = read_register(
...         engine, register=register, files=[(1, here / "r.csv")], journal=[], base_date=date(2024, 1, 22),
...         time_zone="Europe/Paris", versions=here / "versions.parquet", rejects=here / "rejects.parquet",
...     )
>>> report.rows_read, report.rows_kept, report.reasons
(2, 1, (('field-count', 1),))
"""

from tocsin.evidence.registers.read import read_register
from tocsin.evidence.registers.report import ColumnQuality, RegisterReport

__all__ = ["ColumnQuality", "RegisterReport", "read_register"]
