"""The deadline cases: one file per text in ``deadlines/``, one row per branch of a rule, its count made by hand."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tocsin.law.duties import duties_of
from tocsin.law.duty import Duty
from tocsin.law.facts import Facts, Level
from tocsin.law.facts.load import FACTS
from tocsin.law.judgement import Proposal

FOLDER = Path(__file__).with_name("deadlines")
DUTY_OF = {
    "gdpr_33_1": "authority_notification", "gdpr_33_2": "controller_notification",
    "insurance_l12_10_1": "police_complaint", "insurance_l113_2": "insurer_notice",
}  # fmt: skip
FACTS_KEYS = (
    "breach", "party", "clause", "formal_notice", "mandate", "professionals", "decision", "exemption", "notice", "group"
)  # fmt: skip
LONG_AFTER = datetime.fromisoformat("2024-02-02T00:00:00+01:00")


@dataclass(frozen=True)
class Case:
    """One row."""

    text: str
    row: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.text}: {self.row['branch']}"

    @property
    def facts(self) -> Facts:
        given = {key: self.row[key] for key in FACTS_KEYS if key in self.row}
        given["party"] = [
            {"name": party["id"], "role": "controller", **party} for party in given["party"]
        ]
        return FACTS.validate_python(given)

    def duties(self) -> list[Duty]:
        """The duties of the kind of this row, by its party."""
        facts = self.facts
        by = self.row.get("by", facts.party[0].id)
        risk: Level | None = self.row.get("risk")
        proposals = {by: Proposal(risk, ("because",))} if risk else {}
        now = self.row.get("now") or facts.party[0].first_aware or LONG_AFTER
        found = duties_of(facts, proposals, now=now, simulate=self.row.get("simulate"))
        kind = self.row.get("duty") or DUTY_OF[self.text]
        return [duty for duty in found if duty.kind == kind and duty.by == by]


def all_cases() -> list[Case]:
    return [
        Case(path.stem, row)
        for path in sorted(FOLDER.glob("*.toml"))
        for row in tomllib.loads(path.read_text("utf-8"))["case"]
    ]  # fmt: skip
