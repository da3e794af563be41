"""What a filing says otherwise than the one before, field by field, and why.

>>> before = {"code": "7.2", "label": "Number", "value": "at least 1", "is_shown": True, "figures": []}
>>> [item.code for item in differences([before], [{**before, "value": "at least 2"}], RestsOn(), RestsOn(facts="b"))]
['7.2']
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tocsin.language import _
from tocsin.notices.situation import RestsOn

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """One field that says something else than before."""

    code: str
    label: str
    before: str
    after: str
    because: str

    @property
    def words(self) -> str:
        """The change as one sentence."""
        return _("{code} {label}: “{before}” becomes “{after}” ({because})").format(
            code=self.code, label=self.label, before=self.before or "–", after=self.after or "–", because=self.because
        )


def differences(before: Sequence[Row], after: Sequence[Row], rested: RestsOn, rests: RestsOn) -> list[Change]:
    """The fields about the breach whose value changed; those about the filing itself always do."""
    known = {_key(row): row for row in before}
    found = []
    for row in after:
        old = known.get(_key(row), {})
        values = (_shown(old), _shown(row))
        if not row.get("is_about_filing") and values[0] != values[1]:
            because = _because(old, row, rested, rests)
            found.append(Change(row["code"], row["label"], *values, because))
    return found


def _key(row: Row) -> str:
    """The number that a form gives a field; in a letter, whose sections have no numbers of fields, its label too."""
    code = str(row["code"])
    return f"{code} {row['label']}" if code.endswith("/") else code


def _shown(row: Row) -> str:
    return str(row["value"]) if row and row["is_shown"] else ""


def _because(old: Row, new: Row, rested: RestsOn, rests: RestsOn) -> str:
    """A figure knows its own reason; of words, the facts file or the run that changed."""
    if new.get("figures") or old.get("figures"):
        return _of_figures(old.get("figures") or [], new.get("figures") or [], rested, rests)
    return _of_inputs(rested, rests)


def _of_figures(old: Sequence[Row], new: Sequence[Row], rested: RestsOn, rests: RestsOn) -> str:
    if not old:
        return _("not known before")
    if not new:
        return _("no longer known")
    was, now = old[0], new[0]
    if not was["is_declared"] and not now["is_declared"] and rested.run != rests.run:
        return _("computed again: run {before} -> run {after}").format(before=rested.run, after=rests.run)
    if was["is_declared"] and not now["is_declared"]:
        return _("declared before, computed now by run {run}").format(run=rests.run)
    if now["is_declared"] and was["origin"] != now["origin"]:
        return _("declared by {by}: {ground}").format(by=now["origin"]["by"], ground=now["origin"]["ground"])
    return _of_inputs(rested, rests)


def _of_inputs(rested: RestsOn, rests: RestsOn) -> str:
    found = []
    if rested.facts != rests.facts:
        found.append(_("the facts changed"))
    if rested.run != rests.run:
        found.append(_("run {before} -> run {after}").format(before=rested.run or "–", after=rests.run or "–"))
    if rested.decisions != rests.decisions and not found:
        found.append(_("decisions were taken"))
    if rested.tocsin != rests.tocsin:
        found.append(_("Tocsin {before} -> {after}").format(before=rested.tocsin, after=rests.tocsin))
    return ", ".join(found) or _("time passed, or something was received since")
