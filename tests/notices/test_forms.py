"""The forms as data: nothing asked that the model cannot answer, no dead code in a list, every condition tried."""

from __future__ import annotations

import typing
from datetime import UTC, datetime

import pytest

from tests.notices.breach import Breach
from tocsin.law.facts import Account, Circumstances, Dora
from tocsin.law.facts.vocabulary import vocabulary
from tocsin.law.risk.vocabulary import all_categories
from tocsin.notices.cnil import FORM as CNIL
from tocsin.notices.dora import FORM as DORA
from tocsin.notices.edpb import FORM as EDPB
from tocsin.notices.forms.fill import fill
from tocsin.notices.forms.form import Form, load_form
from tocsin.notices.notification.answer import UNKNOWN, Answer
from tocsin.notices.notification.make import PHASES, Stage, answers_of

FORMS = {"cnil": CNIL, "edpb": EDPB, "dora": DORA}
GAPS = {1, 2, 8, 9, 20, 27, 28, 32, 37, 42, 43, 54, 64, 69, 74, 77, 78, 88, 91, 93, 96, 107, 108, 112, 119, 124}
AT = datetime(2024, 2, 3, tzinfo=UTC)


def loaded(name: str, language: str = "en") -> Form:
    return load_form(FORMS[name], language)


def test_the_draft_template_has_its_hundred_fields() -> None:
    assert [int(field.code) for field in loaded("edpb").fields] == [n for n in range(3, 127) if n not in GAPS]
    assert len(loaded("edpb").fields) == 100


@pytest.mark.parametrize("name", FORMS)
def test_a_form_asks_what_the_model_answers(name: str, breach: Breach) -> None:
    situation = breach.desk().situation
    answers = answers_of(situation, situation.facts.party[1], Stage("initial"))
    form = loaded(name)
    codes = [field.code for field in form.fields]
    assert len(set(codes)) == len(codes)
    for field in form.fields:
        assert not field.asks or field.asks in answers, field.code
        for condition in field.shown_if:
            assert condition.key in answers if condition.key else codes.index(condition.no) < codes.index(field.code)
        outside_the_union = field.code == "120"
        assert not field.options or field.asks or field.is_optional or outside_the_union, field.code


def words_of_the_facts() -> set[str]:
    """Every code that an answer may hold."""
    found = {code for topic in vocabulary().values() for code in topic} | set(all_categories()) | set(PHASES)
    for table in (Account, Circumstances, Dora):
        for hint in typing.get_type_hints(table).values():
            found |= set(literals(hint))
    made = (
        "yes no new follow_up incomplete withdraw one_day from_to ongoing dpo representative exact approximate 1 2 3 4"
        " high_risk risk unlikely told will_be_told not_owed exempted a b c micro small_medium large"
        " confidentiality integrity availability"
    )
    return found | set(made.split())


def literals(hint: object) -> list[str]:
    return [word for item in typing.get_args(hint) for word in ([item] if isinstance(item, str) else literals(item))]


@pytest.mark.parametrize("name", FORMS)
def test_an_option_means_words_that_exist(name: str) -> None:
    for field in loaded(name).fields:
        for option in field.options:
            assert set(option.means) <= words_of_the_facts(), (field.code, option)
            assert not option.label.endswith("..."), (field.code, option)


@pytest.mark.parametrize(("name", "code", "topic"), [
    ("cnil", "5.1", "origins"), ("cnil", "7.1", "people"), ("cnil", "11.1", "harms"), ("edpb", "60", "origins"),
    ("edpb", "65", "people"), ("edpb", "85", "harms"), ("edpb", "75", "measures"), ("edpb", "94", "measures"),
    ("cnil", "8.1", ""), ("edpb", "70", ""),
])  # fmt: skip
def test_every_word_of_the_facts_has_its_option(name: str, code: str, topic: str) -> None:
    (field,) = (item for item in loaded(name).fields if item.code == code)
    for word in vocabulary()[topic] if topic else all_categories():
        filled = filled_alone(name, {field.asks: word}, code)
        assert filled.state == "known", word
        assert filled.codes, word


def filled_alone(name: str, given: dict[str, str], code: str, **stage: str) -> typing.Any:
    """One field, of a form of which only some answers are known."""
    form = loaded(name)
    keys = {field.asks for field in form.fields} | {item.key for field in form.fields for item in field.shown_if}
    base = {"filing.is_incomplete": Answer("yes"), "filing.phase": Answer("initial")}
    answers = {
        **dict.fromkeys(keys, UNKNOWN),
        **base,
        **{key: Answer(value) for key, value in {**given, **stage}.items()},
    }
    found = fill(form, answers, "phare", "metropole", AT)
    (filled,) = (item for item in found.fields if item.field.code == code)
    return filled


EEA, OUT = {"controller.is_in_eea": "yes"}, {"controller.is_in_eea": "no"}
NEW, FOLLOW = {"filing.type": "new"}, {"filing.type": "follow_up"}
CONDITIONS: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "5": ({"filing.status": "withdraw"}, {"filing.status": "incomplete"}),
    "6": (FOLLOW, NEW),
    "15": ({"controller.is_public": "no"}, {"controller.is_public": "yes"}),
    "16": ({"controller.is_public": "no", "controller.size": "other"}, {"controller.is_public": "no"}),
    "18": (OUT, EEA), "19": (OUT, EEA),
    "24": ({"filer.role": "other"}, {"filer.role": "dpo"}),
    "30": ({"dpo.is_designated": "yes"}, {"dpo.is_designated": "no"}),
    "31": ({"dpo.is_designated": "yes"}, {"dpo.is_designated": "no"}),
    **{code: ({"others.are_involved": "yes"}, {"others.are_involved": "no"}) for code in ("39", "40", "41")},
    "46": ({"breach.span": "ongoing"}, {}),
    "47": ({"breach.span": "from_to"}, {"breach.span": "ongoing"}),
    "49": ({"delay.is_late": "yes", **NEW}, {"delay.is_late": "no", **NEW}),
    "52": ({"breach.discovered_by": "processor"}, {"breach.discovered_by": "controller"}),
    **{code: ({"breach.natures": "confidentiality"}, {"breach.natures": "integrity"}) for code in ("56", "57", "79")},
    **{code: ({"breach.natures": "integrity"}, {"breach.natures": "availability"}) for code in ("58", "81")},
    **{code: ({"breach.natures": "availability"}, {"breach.natures": "integrity"}) for code in ("59", "83")},
    "68": ({"people.counted": "approximate"}, {}),
    "73": ({"data.counted": "exact"}, {}),
    "80": ({"breach.natures": "confidentiality", "harm.consequences": "other"}, {"breach.natures": "confidentiality"}),
    "82": ({"breach.natures": "integrity", "harm.consequences": "other"}, {"breach.natures": "integrity"}),
    "84": ({"breach.natures": "availability", "harm.consequences": "other"}, {"harm.consequences": "other"}),
    "86": ({"harm.kinds": "other"}, {"harm.kinds": "fraud"}),
    **{code: ({"people.told": "told"}, {"people.told": "will_be_told"}) for code in ("98", "102", "104", "106")},
    "99": ({"people.told": "will_be_told"}, {"people.told": "told"}),
    **{code: ({"people.told": "exempted"}, {"people.told": "not_owed"}) for code in ("100", "101")},
    "105": ({"people.told": "told", "people.channels": "other"}, {"people.told": "told", "people.channels": "public"}),
    "111": ({"others.any": "yes"}, {"others.any": "no"}),
    "113": (EEA, OUT),
    **{code: ({**EEA, "borders.is_cross_border": "yes"}, {**EEA, "borders.is_cross_border": "no"})
       for code in ("114", "115", "116", "117", "118")},
    "120": (OUT, EEA),
}  # fmt: skip
"""Each conditional field of the draft template: what shows it, what hides it."""
UNREACHABLE = {
    "34", "35", "36",  # field 33 is left to the person who files: another contact than those known
    "103",  # whether all were told is not a fact that is kept
    "121", "122", "123",  # controllers outside the Union are left out
    "126",  # no attachment is listed
}  # fmt: skip


@pytest.mark.parametrize("code", CONDITIONS)
def test_a_field_is_shown_when_its_condition_holds(code: str) -> None:
    shows, hides = CONDITIONS[code]
    assert filled_alone("edpb", shows, code).is_shown
    assert not filled_alone("edpb", hides, code).is_shown


def test_the_conditions_tested_are_all_those_of_the_template() -> None:
    conditional = {field.code for field in loaded("edpb").fields if field.shown_if}
    assert conditional == set(CONDITIONS) | UNREACHABLE
    for field in loaded("edpb").fields:
        if field.code not in conditional:
            assert filled_alone("edpb", {}, field.code).is_shown


def test_to_be_determined_is_for_incomplete_notifications() -> None:
    nature = {"breach.natures": "confidentiality"}
    complete = {"filing.is_incomplete": "no", "filing.phase": "complete"}
    for code in ("56", "61", "65", "67", "70", "72", "79", "85", "87", "97", "60", "44", "57"):
        assert filled_alone("edpb", nature, code).state == "not_yet_known", code
        assert filled_alone("edpb", {**nature, **complete}, code).state == "lacking", code


def test_not_yet_known_is_allowed_where_the_form_allows_it() -> None:
    later = {
        field.code for field in loaded("cnil").fields if filled_alone("cnil", {}, field.code).state == "not_yet_known"
    }
    lacking = {field.code for field in loaded("cnil").fields if filled_alone("cnil", {}, field.code).state == "lacking"}
    assert {"3.1", "3.4", "5.1", "7.2", "8.4", "13.1", "14.1"} <= later
    assert {"1.1", "1.2", "3.3", "4.1", "4.2"} <= lacking
    complete = {"filing.is_incomplete": "no", "filing.phase": "complete"}
    for code in later:
        assert filled_alone("cnil", complete, code).state == "lacking", code


def test_a_word_that_a_list_lacks_is_other_and_said() -> None:
    filled = filled_alone("cnil", {"breach.origins": "misconfiguration"}, "5.1")
    assert filled.value == "Autre (défaut de configuration)"


def test_dora_speaks_both_languages() -> None:
    codes = [field.code for field in loaded("dora").fields]
    assert codes == [*(f"1.{n}" for n in range(1, 16)), *(f"2.{n}" for n in range(1, 11))]
    assert codes == [field.code for field in loaded("dora", "fr").fields]
    assert loaded("dora").title != loaded("dora", "fr").title


def test_severity_has_the_four_levels_of_the_cnil() -> None:
    words = [filled_alone("cnil", {"harm.severity": str(level)}, "12.1").value for level in (1, 2, 3, 4)]
    assert words == ["Négligeable", "Limitée", "Importante", "Maximale"]
