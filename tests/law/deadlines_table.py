"""The deadline cases: one file per text in ``deadlines/``, one row per branch of a rule, its count made by hand."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tocsin.language import speaking
from tocsin.law.calendar import told_end
from tocsin.law.duties import duties_of
from tocsin.law.duty import Duty
from tocsin.law.facts import Facts, Level
from tocsin.law.facts.load import FACTS
from tocsin.law.judgement import Proposal
from tocsin.law.texts import text
from tocsin.law.words import addressee_name, checked_name, kind_name, standing_name, state_name

FOLDER = Path(__file__).with_name("deadlines")
PAGE = Path(__file__).parents[2] / "docs" / "deadlines.md"
HEAD = """# Deadlines, counted by hand and by Tocsin

Written by `python -m tests.law.deadlines_table` from `tests/law/deadlines/`, one file per text. Each row is one branch
of a rule: *by hand* is the count made by a person, the lines below are what `tocsin duties --why` says. A test holds
that both agree.
"""
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
        given["party"] = [{"name": party["id"], "role": "controller", **party} for party in given["party"]]
        return FACTS.validate_python(given)

    def shown(self) -> str:
        """What the page says of this row."""
        lines = [f"### {self.row['branch']}", "", f"By hand: {self.row['hand']}.", ""]
        if "refuses" in self.row:
            return "\n".join([*lines, f"Refused: {self.row['refuses']}.", ""])
        found = self.chosen()
        if found is None:
            return "\n".join([*lines, "No such duty.", ""])
        place = found.place
        facts = [
            kind_name(found.kind), found.what, f"{found.by} -> {addressee_name(found.to)}", found.basis.name,
            f"due {told_end(found.due, place)}" if found.due else found.pace.replace("_", " "), state_name(found.state),
            standing_name(found), checked_name(found),
        ]  # fmt: skip
        parts = {
            "counted": found.computation, "reasons": found.reasons, "good to know": found.information,
            "still to do": found.asks, "at stake": (found.at_stake,) if found.at_stake else (),
        }  # fmt: skip
        lines.append("- **" + "; ".join(filter(None, facts)) + "**")
        lines += [f"- {title}: {line}" for title, items in parts.items() for line in items]
        return "\n".join([*lines, ""])

    def chosen(self) -> Duty | None:
        """The duty that this row is about."""
        found = [
            duty for duty in self.duties()
            if duty.to == self.row.get("to", duty.to) and duty.about == self.row.get("about", duty.about)
        ]  # fmt: skip
        return found[0] if found else None

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


def printed_page() -> str:
    """The whole page."""
    parts, last = [HEAD], ""
    with speaking("en"):
        for case in all_cases():
            if case.text != last:
                parts.append(f"## {text(case.text).versions[-1].name}\n")
                last = case.text
            parts.append(case.shown())
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(printed_page(), "utf-8")
