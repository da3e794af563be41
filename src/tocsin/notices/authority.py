"""The notification to the authority (GDPR 33(1), 33(4)) of one party: the CNIL's form and the EDPB's draft template.

It is prepared whatever the level of risk that is proposed: to notify or not is the decision of a named person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from tocsin.language import current_language, speaking
from tocsin.law.facts import Party
from tocsin.notices.cnil import FORM as CNIL
from tocsin.notices.dora import FORM as DORA
from tocsin.notices.edpb import FORM as EDPB
from tocsin.notices.filings.changes import Change
from tocsin.notices.filings.desk import Desk
from tocsin.notices.filings.drafts import Made
from tocsin.notices.filings.series import Series
from tocsin.notices.forms.fill import FilledForm, fill
from tocsin.notices.forms.form import load_form
from tocsin.notices.forms.render import as_document, as_json
from tocsin.notices.notification.make import Stage, answers_of, duty_of
from tocsin.notices.words import end_in_full

KIND = "authority_notification"
OF_THE_CNIL = "CNIL"


def authority_notifications(desk: Desk, party: Party) -> Iterator[Made]:
    """One for each breach, or population, for which ``party`` owes its own notification."""
    owed = [item for item in desk.situation.duties if item.by == party.id and item.kind == KIND]
    for about in dict.fromkeys(item.about for item in owed):
        series = Series(party.id, KIND, about=about)
        forms = {"cnil": CNIL, "edpb": EDPB} if party.authority == OF_THE_CNIL else {"edpb": EDPB}
        yield from _made(desk, party, series, party.authority, forms)


def dora_notifications(desk: Desk, party: Party) -> Iterator[Made]:
    """DORA's initial notification, of a financial entity."""
    for duty in desk.situation.duties:
        if duty.by == party.id and duty.kind == "dora_initial":
            yield from _made(desk, party, Series(party.id, duty.kind), duty.to, {"dora": DORA})


def _made(desk: Desk, party: Party, series: Series, to: str, forms: dict[str, Path]) -> Iterator[Made]:
    """The forms of one filing, the first of which decides what lacks; nothing when nothing changed."""
    stage = desk.stage(series)
    if stage is None:
        return
    documents, data, lacking, changes = {}, {}, None, []
    due = _due(desk, party, series, stage)
    for name, path in forms.items():
        filled, found = _filled(desk, party, series, stage, name, path)
        with speaking(filled.form.language):
            document = as_document(filled, to, party.name, desk.situation.rests_on)
            documents[name] = replace(document, deadline=end_in_full(due, party.place) if due else "")
            data[name] = as_json(filled)
        if lacking is None:
            lacking, changes = tuple(f"{item.field.code} {item.field.label}" for item in filled.lacking), found
    if not desk.has_something_to_say(series, changes):
        return
    yield Made(
        series, stage.phase, to, documents, data, lacking or (), tuple(item.words for item in changes),
        due=due,
    )  # fmt: skip


def _due(desk: Desk, party: Party, series: Series, stage: Stage) -> datetime | None:
    duty = duty_of(desk.situation, party.id, series.kind, series.about)
    return duty.due if duty and stage.is_first else None


def _filled(
    desk: Desk, party: Party, series: Series, stage: Stage, name: str, path: Path
) -> tuple[FilledForm, list[Change]]:
    """The form filled, then filled again with the sentences that say what changed."""
    form = load_form(path, current_language())
    with speaking(form.language):
        situation = desk.situations[form.language]

        def filled_at(at: Stage) -> FilledForm:
            answers = answers_of(situation, party, at, series.about)
            return fill(form, answers, party.id, party.place, situation.now)

        first = filled_at(stage)
        changes = desk.changes(series, f"{name}.json", as_json(first)["fields"])
        told = "\n".join(item.words for item in changes)
        return (filled_at(replace(stage, changes=told)) if told else first), changes
