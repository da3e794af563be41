"""The smallest case that answers: six people who do not exist, one portal, one register, one log, one intruder.

Each fault of this folder damages a copy of it. Undamaged, it runs and finds one confirmed exposure by hand: R1.

>>> import tempfile
>>> case = make_case(Path(tempfile.mkdtemp()))
>>> sorted(path.name for path in case.folder.rglob("*") if path.is_file())
['a1.ndjson', 'case.toml', 'insured.csv']
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CASE = """\
[case]
id = "six"
title = "Six people and one intruder"
base_date = 2024-03-31
occurred_from = 2024-03-30T00:00:00+01:00
occurred_to = 2024-04-02T00:00:00+02:00

[[party]]
id = "operator"
name = "Opérateur Essai"
kind = "processor"

[[party]]
id = "phare"
name = "Mutuelle du Phare"
kind = "controller"
codes = ["999000001"]

[[party]]
id = "dunes"
name = "Mutuelle des Dunes"
kind = "controller"
codes = ["999000002"]

[[agreement]]
controller = "phare"
processor = "operator"
from = 2016-01-01

[[agreement]]
controller = "dunes"
processor = "operator"
from = 2016-01-01

[[register]]
id = "insured"
files = ["registers/insured.csv"]
encoding = "utf-8"
history = "validity"
[register.columns]
record_id = "numero"
controller = "amc"
surname = "nom"
first_name = "prenom"
birth_date = "naissance"
rights_from = "droits_du"
valid_from = "valide_du"
valid_to = "valide_au"
[register.categories]
identity = ["surname", "first_name"]

[[portal]]
id = "pro"
processor = "operator"
registers = ["insured"]
page_size = 20

[[action]]
portal = "pro"
name = "beneficiary.read"
kind = "record"

[[action]]
portal = "pro"
name = "beneficiary.search"
kind = "search"
[action.criteria]
nom = { column = "surname", match = "prefix", normalise = "name" }

[[action]]
portal = "pro"
name = "sign_in"
kind = "sign_in"

[[disclosure]]
portal = "pro"
action = "beneficiary.read"
categories = ["identity"]
declared_by = "the portal's product owner"
tested_by = "C. Durand"
tested_on = 2024-04-05

[[disclosure]]
portal = "pro"
action = "beneficiary.search"
categories = ["identity"]
declared_by = "the portal's product owner"
tested_by = "C. Durand"
tested_on = 2024-04-05

[[compromised]]
portal = "pro"
account = "pharma-42"

[[indicator]]
kind = "address"
value = "203.0.113.0/24"

[[log]]
id = "a1"
portal = "pro"
node = "a1"
files = ["logs/a1*"]
format = "ocsf"
completeness = "sequence"
sequence_first = 1
sequence_last = 8
"""

REGISTER = """\
numero;amc;nom;prenom;naissance;droits_du;valide_du;valide_au
R1;999000001;ESSAI;Alba;1980-03-02;2020-01-01;2020-01-01;
R2;999000001;ESSAI;Bruno;2011-06-14;2020-01-01;2020-01-01;
R3;999000001;FICTIF;Carmen;1975-11-30;2019-01-01;2019-01-01;
R4;999000002;MODELE;Denis;1962-01-09;2018-01-01;2018-01-01;
R5;999000002;MODELE;Elsa;1990-08-21;2018-01-01;2018-01-01;
R6;999000002;TEMOIN;Fanny;1954-05-17;2018-01-01;2018-01-01;
"""

HOSTILE = ("pharma-42", "night-7", "203.0.113.9")
HONEST = ("pharma-17", "day-2", "198.51.100.20")


@dataclass(frozen=True)
class BaseCase:
    """A copy of the case, to be damaged."""

    folder: Path

    @property
    def toml(self) -> Path:
        return self.folder / "case.toml"

    @property
    def register(self) -> Path:
        return self.folder / "registers" / "insured.csv"

    @property
    def log(self) -> Path:
        return self.folder / "logs" / "a1.ndjson"

    def replace(self, old: str, new: str, path: Path | None = None) -> None:
        """Change one passage of ``case.toml``, or of another text of the case; it must be there."""
        target = path or self.toml
        text = target.read_text("utf-8")
        assert old in text, f"{target} does not hold {old!r}"
        target.write_text(text.replace(old, new, 1), "utf-8")

    def add(self, text: str, path: Path | None = None) -> None:
        """Add lines at the end of ``case.toml``, or of another text of the case."""
        with (path or self.toml).open("a", encoding="utf-8") as file:
            file.write(text)

    def change_line(self, number: int, change: Callable[[str], str]) -> None:
        """Change one line of the log, counted from 1."""
        lines = self.log.read_text("utf-8").splitlines(keepends=True)
        lines[number - 1] = change(lines[number - 1])
        self.log.write_text("".join(lines), "utf-8")


def event(number: int, when: str, who: tuple[str, str, str], operation: str, **more: Any) -> dict[str, Any]:
    """One line of the log, in OCSF."""
    account, token, address = who
    return {
        "class_uid": 6003, "time_dt": when, "metadata": {"sequence": number, "uid": f"q{number}"},
        "actor": {"user": {"name": account}, "session": {"uid": token}}, "src_endpoint": {"ip": address},
        "api": {"operation": operation, **more.pop("api", {})}, **more,
    }  # fmt: skip


def events() -> list[dict[str, Any]]:
    """Eight lines: the pharmacist by day, the intruder by night, a colleague."""
    found = {
        "request": {"data": {"criteria": {"nom": "MODELE"}, "page": 1}},
        "response": {"data": {"returned": 2, "total": 2}},
    }
    return [
        event(1, "2024-03-30T09:00:00+01:00", HONEST, "sign_in"),
        event(2, "2024-03-30T09:01:00+01:00", HONEST, "beneficiary.read", resources=[{"uid": "R6"}]),
        event(3, "2024-03-31T21:00:00+02:00", HOSTILE, "sign_in"),
        event(4, "2024-03-31T21:00:05+02:00", HOSTILE, "beneficiary.read", resources=[{"uid": "R1"}]),
        event(5, "2024-03-31T21:00:10+02:00", HOSTILE, "beneficiary.search", api=found),
        event(6, "2024-03-31T21:00:15+02:00", HOSTILE, "beneficiary.read", resources=[{"uid": "R1"}]),
        event(7, "2024-04-01T09:00:00+02:00", HONEST, "beneficiary.read", resources=[{"uid": "R3"}]),
        event(8, "2024-04-01T18:00:00+02:00", HONEST, "beneficiary.read", resources=[{"uid": "R6"}]),
    ]  # fmt: skip


def line(told: dict[str, Any]) -> str:
    """An event as its log writes it."""
    return json.dumps(told, separators=(",", ":")) + "\n"


def make_case(folder: Path) -> BaseCase:
    """Write the case below ``folder``."""
    case = BaseCase(folder)
    for path, text in (
        (case.toml, CASE), (case.register, REGISTER), (case.log, "".join(map(line, events()))),
    ):  # fmt: skip
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return case
