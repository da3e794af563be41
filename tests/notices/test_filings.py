"""Phases, freezing, receipts: what leaves never changes, says what changed, and only a receipt closes its duty."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.notices.breach import AT, FACTS, KIND, Breach
from tocsin.errors import TocsinError
from tocsin.evidence import chain
from tocsin.language import speaking
from tocsin.notices.filings.ledger import ACTS, read_filings
from tocsin.notices.filings.series import Series, allowed_phases

GOLDEN = Path(__file__).parent / "golden"
ARGUMENTS = ["--party", "phare", "--kind", KIND]


def test_the_text_for_the_cnil_is_this_one(breach: Breach) -> None:
    """Every word that a DPO pastes; made again with ``python -m tests.notices.make_golden``."""
    breach.prepare()
    made = (breach.folder / "filings/phare" / KIND / "draft/cnil.txt").read_text("utf-8")
    assert made == (GOLDEN / "cnil.fr.txt").read_text("utf-8")


def test_the_form_is_french_whatever_the_screen(breach: Breach) -> None:
    (english,) = breach.prepare()
    first = breach.form()
    breach.said("--lang", "fr", "file", "prepare", "--kind", KIND, "--at", AT)
    assert breach.form() == first
    assert first["0.1"]["value"] == "Notification initiale"
    assert english["files"]["cnil.txt"]


def test_a_draft_is_three_things_of_each_form(breach: Breach) -> None:
    (draft,) = breach.prepare()
    names = {f"{form}.{kind}" for form in ("cnil", "edpb") for kind in ("txt", "json", "pdf")}
    assert set(draft["files"]) == names
    folder = breach.folder / "filings/phare" / KIND / "draft"
    assert (folder / "cnil.pdf").read_bytes().startswith(b"%PDF")
    before = {name: (folder / name).read_bytes() for name in names}
    breach.prepare()
    assert {name: (folder / name).read_bytes() for name in names} == before, "same case, same bytes"


def test_another_authority_gets_the_common_template_alone(breach: Breach) -> None:
    breach.edit("[party.identity]", 'authority = "APD"\n[party.identity]')
    (draft,) = breach.prepare()
    assert {name.split(".")[0] for name in draft["files"]} == {"edpb"}
    assert draft["addressee"] == "APD"


def test_it_is_prepared_whatever_the_level(breach: Breach) -> None:
    breach.write(
        FACTS + '[[decision]]\ncontroller = "phare"\nrisk = "unlikely"\nby = "C. Roy"\non = 2024-02-03\nreason = "r"\n'
    )
    duties = {item["kind"]: item["state"] for item in breach.told("duties", "--at", AT)["duties"]}
    assert duties[KIND] == "not_owed"
    assert len(breach.prepare()) == 1
    assert breach.form()["14.1"]["value"] == "Non, elles ne le seront pas"


@pytest.mark.parametrize(("frozen", "allowed"), [
    ((), ("initial", "complete")),
    (("initial",), ("supplementary", "complete", "withdrawal")),
    (("complete",), ("supplementary", "complete", "withdrawal")),
    (("initial", "supplementary", "complete"), ("supplementary", "complete", "withdrawal")),
    (("initial", "withdrawal"), ()),
])  # fmt: skip
def test_what_may_follow(frozen: tuple[str, ...], allowed: tuple[str, ...]) -> None:
    assert allowed_phases(frozen) == allowed


def test_the_phases_one_after_the_other(breach: Breach) -> None:
    assert breach.refused("file", "prepare", "--phase", "supplementary").kind == "wrong-phase"
    assert breach.refused("file", "prepare", "--phase", "withdrawal").kind == "wrong-phase"
    assert breach.prepare()[0]["phase"] == "initial"
    assert breach.freeze()["folder"] == f"phare/{KIND}/01-initial"
    assert breach.prepare() == [], "nothing changed: nothing more to say"
    breach.edit("upper = 33417", "upper = 33500\nlower = 1204")
    (draft,) = breach.prepare()
    assert draft["phase"] == "supplementary"
    assert draft["lacking"] == ["0.2 Numéro de la notification précédente"], "it follows one that was received"
    breach.receive(number="2024-0001")
    breach.prepare()
    assert breach.freeze()["folder"] == f"phare/{KIND}/02-supplementary"
    assert breach.refused("file", "prepare", "--phase", "initial").kind == "wrong-phase"
    (draft,) = breach.prepare("--phase", "complete")
    assert "3.1 La violation est-elle avérée ou supposée ?" in draft["lacking"], "complete means complete"
    assert breach.refused("file", "freeze", *ARGUMENTS, "--reason", "r", "--at", AT).kind == "fields-lacking"
    (draft,) = breach.prepare("--phase", "withdrawal")
    assert draft["lacking"] == ["0.4 Motif du retrait"]
    (draft,) = breach.prepare("--phase", "withdrawal", "--reason", "Aucune donnée n’a été lue.")
    assert draft["lacking"] == []
    assert breach.form()["0.4"]["value"] == "Aucune donnée n’a été lue."
    assert breach.form("edpb")["5"]["value"] == "Aucune donnée n’a été lue."
    breach.freeze()
    breach.edit("upper = 33500", "upper = 33501")
    assert breach.prepare() == [], "nothing follows a withdrawal"
    assert [item.phase for item in read_filings(breach.folder)] == ["initial", "supplementary", "withdrawal"]


def test_a_complete_notification_lacks_nothing_to_be_known(breach: Breach) -> None:
    told = FACTS.replace("[[account]]", "[[account]]\nis_established = true\nis_cross_border = false\n"
                         'told_on = 2024-02-09\nchannels = ["individual"]\nadvice = "Méfiez-vous."')  # fmt: skip
    told = told.replace('name = "Opérateur TP"\nrole = "processor"', 'name = "Opérateur TP"\nrole = "processor"\n'
                        'identity = { address = "2 quai Nord, 76600 Le Havre" }')  # fmt: skip
    for horizon in ("before", "medium_term", "long_term"):
        told += f'[[measure]]\nhorizon = "{horizon}"\nwhat = "mesure"\n'
    told += FACTS[FACTS.index("[[figure]]") :].replace("upper = 33417", 'unit = "records"\nupper = 40000')
    breach.write(told)
    (draft,) = breach.prepare("--phase", "complete")
    assert draft["lacking"] == []
    assert breach.freeze()["folder"].endswith("01-complete")
    assert breach.form("edpb", "01-complete")["4"]["value"] == "Complete"


def test_freezing_refuses_what_lacks_and_says_it(breach: Breach) -> None:
    breach.edit('siren = "123456782"\n', "")
    breach.prepare()
    error = breach.refused("file", "freeze", *ARGUMENTS, "--reason", "r", "--at", AT)
    assert (error.kind, error.what) == ("fields-lacking", "1 fields lack: 1.2 SIREN ou SIRET")
    assert not (breach.folder / ACTS).exists()


def test_freezing_wants_a_draft_a_reason_and_the_case_as_it_was(breach: Breach) -> None:
    freeze = ["file", "freeze", *ARGUMENTS, "--at", AT]
    assert breach.refused(*freeze, "--reason", "r").kind == "no-draft"
    breach.prepare()
    assert breach.refused(*freeze, "--reason", " ").kind == "filing-without-reason"
    assert breach.refused(*freeze, "--reason", "r", "--by", " ").kind == "filing-without-reason"
    path = breach.folder / "filings/phare" / KIND / "draft/cnil.txt"
    kept = path.read_bytes()
    path.write_bytes(kept + b"more")
    assert breach.refused(*freeze, "--reason", "r").kind == "draft-changed"
    path.write_bytes(kept)
    breach.edit("upper = 33417", "upper = 33418")
    assert breach.refused(*freeze, "--reason", "r").kind == "draft-stale"
    breach.prepare()
    later = ["file", "freeze", *ARGUMENTS, "--reason", "r", "--at", "2024-02-06T12:00:00+01:00"]
    assert breach.refused(*later).kind == "draft-stale", "the deadline passed: the reasons of the delay are owed"
    breach.freeze()
    assert not path.exists(), "a frozen draft is a draft no more"


def test_who_answers_and_why_is_kept_with_what_it_rests_on(breach: Breach) -> None:
    breach.prepare()
    words = [*ARGUMENTS, "--reason", "the risk is high", "--at", AT]
    assert "record the opinion of the DPO" not in breach.said("file", "freeze", *words, "--dpo-opinion", "agrees")
    (entry,) = chain.read(breach.folder / ACTS)
    assert entry.body["dpo_opinion"] == "agrees"
    assert (entry.who, entry.kind, entry.body["reason"]) == ("B. Petit, DPO", "filing_frozen", "the risk is high")
    assert set(entry.body["rests_on"]) == {"facts", "run", "decisions", "tocsin"}
    assert len(entry.body["rests_on"]["facts"]) == 64
    assert entry.body["as_of"] == AT


def changed(folder: Path, how: str) -> None:
    """One act of vandalism on a frozen filing."""
    path = folder / "filings/phare" / KIND / "01-initial/cnil.json"
    if how == "added":
        path.with_name("more.txt").write_text("x", "utf-8")
    elif how == "removed":
        path.unlink()
    elif how == "changed":
        path.chmod(0o600)
        content = bytearray(path.read_bytes())
        content[100] ^= 1
        path.write_bytes(bytes(content))
    else:
        acts = folder / ACTS
        acts.write_text(acts.read_text("utf-8").replace("the risk is high", "the risk is low"), "utf-8")


@pytest.mark.parametrize(("how", "kind"), [
    ("added", "filing-changed"), ("removed", "filing-changed"), ("changed", "filing-changed"),
    ("act", "chain-broken"),
])  # fmt: skip
def test_a_changed_byte_is_refused_everywhere(breach: Breach, how: str, kind: str) -> None:
    breach.prepare()
    breach.freeze()
    assert len(read_filings(breach.folder)) == 1
    changed(breach.folder, how)
    for words in (["file", "list"], ["file", "prepare"], ["file", "show", *ARGUMENTS, "--n", "1"], ["duties"]):
        assert breach.refused(*words).kind == kind, words
    assert breach.refused("file", "receipt", *ARGUMENTS, "--received-at", AT, "--number", "1").kind == kind


def test_freezing_again_never_touches_what_was_frozen(breach: Breach) -> None:
    breach.prepare()
    breach.freeze()
    breach.receive(number="2024-0001")
    place = breach.folder / "filings/phare" / KIND / "01-initial"
    before = {path.name: path.read_bytes() for path in place.iterdir()}
    breach.edit("upper = 33417", "upper = 33999")
    breach.prepare()
    breach.freeze()
    assert {path.name: path.read_bytes() for path in place.iterdir()} == before


def test_a_freeze_that_was_interrupted_is_made_again(breach: Breach) -> None:
    breach.prepare()
    left = breach.folder / "filings/phare" / KIND / "01-initial"
    left.mkdir()
    (left / "cnil.txt").write_text("half", "utf-8")
    assert breach.freeze()["n"] == 1
    assert (left / "cnil.txt").read_text("utf-8") != "half"


def test_a_supplementary_filing_names_each_difference_and_nothing_else(breach: Breach) -> None:
    breach.prepare()
    breach.freeze()
    breach.receive(number="2024-0001")
    breach.edit("upper = 33417", "upper = 34002\nlower = 1204")
    breach.edit('causes = ["external_malicious"]', 'causes = ["external_malicious", "internal_accidental"]')
    (draft,) = breach.prepare()
    assert len(draft["changes"]) == 2
    form = breach.form()
    assert form["0.2"]["value"] == "2024-0001"
    told = form["0.3"]["value"].replace("\u202f", " ").replace("\u00a0", " ")
    assert "« susceptibles d’être au plus 33 417 personnes ; le nombre minimal n’est pas encore connu »" in told
    assert "devient « au moins 1 204, susceptibles d’être au plus 34 002 personnes »" in told
    assert "Causes : « Acte externe malveillant » devient « Acte interne accidentel; Acte externe malveillant »" in told
    assert "(les faits ont changé)" in told
    before, after = breach.form(place="01-initial"), form
    moved = {
        code for code in after if after[code]["value"] != before[code]["value"] and not after[code]["is_about_filing"]
    }
    assert moved == {"6.1", "7.2"}


EDITS = {
    "2.3": ('role = "processor"\naware_at', 'role = "processor"\nidentity = { address = "2 quai Nord" }\naware_at'),
    "3.1": ("[[account]]", "[[account]]\nis_established = true"),
    "3.7": ("dix fois plus", "vingt fois plus"),
    "5.1": ('"phishing", ', '"phishing", "wrong_permissions", '),
    "7.2": ("upper = 33417", "upper = 40817"),
    "8.5": ('["server"]', '["server", "laptop"]'),
    "13.1": ("comptes fermés", "comptes fermés, portail coupé"),
    "15.1": ("[[account]]", "[[account]]\nis_cross_border = false"),
}
"""What a person types, and the one field that it moves."""


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sets(st.sampled_from(sorted(EDITS)), min_size=1))
def test_any_change_is_named_once(codes: set[str]) -> None:
    with tempfile.TemporaryDirectory() as name, speaking("en"):
        breach = Breach(Path(name)).write()
        breach.prepare()
        breach.freeze()
        for code in codes:
            breach.edit(*EDITS[code])
        (draft,) = breach.prepare()
        assert sorted(item.split()[0] for item in draft["changes"]) == sorted(codes)


def test_a_change_that_is_taken_back_leaves_no_draft(breach: Breach) -> None:
    breach.prepare()
    breach.freeze()
    breach.edit("upper = 33417", "upper = 34002")
    assert len(breach.prepare()) == 1
    breach.edit("upper = 34002", "upper = 33417")
    assert breach.prepare() == []
    assert breach.told("file", "list")["drafts"] == []


def test_an_outage_is_a_breach_too(breach: Breach) -> None:
    breach.edit('natures = ["confidentiality"]', 'natures = ["availability"]')
    breach.edit("[circumstances]", '[circumstances]\navailability = "temporary"\nharm_of_outage = "serious"')
    breach.prepare()
    assert breach.form()["10.3"]["value"] == "Impossibilité d’accéder à un service"
    assert not breach.form()["10.1"]["is_shown"]
    assert breach.form("edpb")["59"]["value"] == "Temporary availability issue"


def test_the_operator_files_for_the_professionals_whom_it_answers_for(breach: Breach) -> None:
    professionals = (
        '[professionals]\ncontroller = "operator"\nrecorded_by = "la DPO"\nrecorded_on = 2024-02-03\nreason = "r"\n'
        '[[group]]\nid = "pros"\npopulation = "professional"\ncategories = ["name", "iban"]\n'
    )
    more = FACTS[FACTS.index("[[figure]]") :].replace("phare", "operator")
    own = more.replace("upper = 33417", 'population = "professional"\nupper = 412')
    breach.write(FACTS + professionals + own + more.replace("upper = 33417", "upper = 999"))
    drafts = {item["series"]["party"]: item for item in breach.prepare()}
    assert drafts["operator"]["series"]["about"] == "professionals"
    rows = json.loads((Path(drafts["operator"]["folder"]) / "cnil.json").read_text("utf-8"))["fields"]
    form = {row["code"]: row for row in rows}
    assert [item["upper"] for item in form["7.2"]["figures"]] == [412], "not the insured people of its controllers"
    assert "Informations d’ordre économique et financier" in form["8.1"]["value"]
    assert breach.form()["7.2"]["figures"][0]["upper"] == 33417


def test_only_a_receipt_closes_the_duty(breach: Breach, tmp_path_factory: pytest.TempPathFactory) -> None:
    def state(kind: str = KIND) -> str:
        listed = breach.told("duties", "--party", "phare", "--at", "2024-02-03T18:00:00+01:00")["duties"]
        return next((item["state"] for item in listed if item["kind"] == kind), "")

    assert state() == "open"
    breach.prepare()
    assert state() == "open"
    breach.freeze()
    assert state() == "open", "a document being ready closes nothing"
    receive = ["file", "receipt", *ARGUMENTS, "--received-at", "2024-02-03T13:00:00+01:00"]
    assert breach.refused(*receive).kind == "receipt-without-proof"
    assert breach.refused(*receive, "--number", "1", "--sent-at", "2024-02-03T14:00:00+01:00").kind == "receipt-before"
    proof = tmp_path_factory.mktemp("mail") / "accuse.pdf"
    proof.write_bytes(b"%PDF receipt")
    breach.receive(number="2024-0001", file=str(proof))
    assert state() == "closed"
    assert state("supplementary_notification") == "open"
    assert breach.refused(*receive, "--number", "2").kind == "receipt-exists"
    kept = breach.folder / "filings/phare" / KIND / "01-initial/receipt-accuse.pdf"
    assert kept.read_bytes() == b"%PDF receipt"
    breach.edit("upper = 33417", "upper = 34002")
    breach.prepare()
    breach.freeze()
    breach.receive(number="2024-0001-1")
    assert state("supplementary_notification") == "closed"
    kept.chmod(0o600)
    kept.write_bytes(b"%PDF other")
    assert breach.refused("duties").kind == "filing-changed"


def test_late_is_told_with_its_reason(breach: Breach) -> None:
    late = "2024-02-07T12:00:00+01:00"
    (draft,) = breach.prepare(at=late)
    assert draft["lacking"] == ["3.8 Motifs du retard (notification au-delà de 72 heures)"]
    assert breach.form("edpb")["49"]["state"] == "lacking"
    breach.edit("[[account]]", '[[account]]\nreason_for_delay = "La liste est venue tard."')
    (draft,) = breach.prepare(at=late)
    assert draft["lacking"] == []
    assert breach.form()["3.8"]["value"] == "La liste est venue tard."
    breach.prepare()
    assert not breach.form()["3.8"]["is_shown"], "not late, nothing to explain"
    breach.freeze()
    breach.edit("upper = 33417", "upper = 34002")
    breach.prepare(at=late)
    assert not breach.form()["3.8"]["is_shown"], "only the first notification has a deadline"


@pytest.mark.parametrize(("ground", "told"), [
    ("a", "Non, elles ne le seront pas"), ("b", "Non, elles ne le seront pas"), ("c", "Non, mais elles le seront"),
])  # fmt: skip
def test_an_exemption_says_who_is_not_told(breach: Breach, ground: str, told: str) -> None:
    """The third ground replaces letters by a public communication: the people are told all the same."""
    breach.write(FACTS + f'[[exemption]]\ncontroller = "phare"\nground = "{ground}"\nby = "C. Roy"\n'
                 'on = 2024-02-03\nreason = "motif"\n')  # fmt: skip
    breach.prepare()
    assert breach.form()["14.1"]["value"] == told


def test_what_was_sent_before_tocsin_is_followed(breach: Breach) -> None:
    """A first notification left by hand, as facts.toml says: the next one is supplementary and says what changed."""
    breach.write(FACTS + f'[[notice]]\nduty = "{KIND}"\nby = "phare"\nsent_at = 2024-02-03T10:00:00+01:00\n'
                 'received_at = 2024-02-03T10:00:00+01:00\nreceipt = "24-000777"\n')  # fmt: skip
    (draft,) = breach.prepare()
    assert (draft["phase"], draft["lacking"]) == ("supplementary", ["0.3 Ce qui a changé, et pourquoi"])
    assert breach.form()["0.2"]["value"] == "24-000777"
    (draft,) = breach.prepare("--reason", "Le nombre de personnes a été compté.")
    assert draft["lacking"] == []
    assert breach.freeze()["folder"] == f"phare/{KIND}/01-supplementary"
    breach.receive(number="24-000777-1")
    duties = breach.told("duties", "--party", "phare", "--at", "2024-02-03T18:00:00+01:00")["duties"]
    states = {item["kind"]: item["state"] for item in duties}
    assert (states[KIND], states["supplementary_notification"]) == ("closed", "closed")
    assert breach.refused("file", "prepare", "--kind", KIND, "--phase", "initial").kind == "wrong-phase"


def test_nobody_writes_to_itself(breach: Breach) -> None:
    for holder in ("operator", "Opérateur TP", "Hébergeur Exemple"):
        breach.edit("[[figure]]", f'[[trace]]\nwhat = "journaux"\nheld_by = "{holder}"\n[[figure]]')
    drafts = breach.prepare(kind="preservation_letter")
    assert [item["addressee"] for item in drafts] == ["Hébergeur Exemple"]


def test_lists_and_shows(breach: Breach) -> None:
    breach.prepare()
    assert "draft, 0 fields lack" in breach.said("file", "list")
    assert "Notification initiale" in breach.said("file", "show", *ARGUMENTS)
    assert breach.refused("file", "show", "--party", "phare", "--kind", "dora_initial").kind == "no-draft"
    breach.freeze()
    listed = breach.said("file", "list")
    assert "frozen by B. Petit, DPO" in listed
    assert "receipt awaited" in listed
    breach.receive(number="2024-0001")
    assert "2024-0001 (2024-02-03 12:00 UTC)" in breach.said("file", "list")
    shown: Any = breach.told("file", "show", *ARGUMENTS, "--n", "1")
    assert set(shown["files"]) == {"cnil.txt", "edpb.txt"}
    assert breach.refused("file", "show", *ARGUMENTS, "--n", "2").kind == "no-filing"
    assert breach.refused("file", "prepare", "--kind", "poem").kind == "unknown-word"
    assert breach.refused("file", "prepare", "--party", "z").kind == "unknown-party"


def test_another_breach_has_a_series_of_its_own(breach: Breach) -> None:
    breach.edit("[party.identity]", 'aware = [{ at = 2024-02-03T09:00:00+01:00, of = "IBAN des professionnels", '
                "is_another_breach = true }]\n[party.identity]")  # fmt: skip
    abouts = {item["series"]["about"]: item["folder"] for item in breach.prepare()}
    assert set(abouts) == {"", "IBAN des professionnels"}
    assert len(set(abouts.values())) == 2
    assert Series("a", KIND, about="x y").folder != Series("a", KIND, about="x-y").folder


def test_a_mandated_processor_files_for_its_controller(breach: Breach) -> None:
    breach.write(
        FACTS + '[[mandate]]\nby = "phare"\nto = "operator"\nacts = ["authority_notification"]\ngiven_on = 2024-02-03\n'
    )
    (draft,) = breach.prepare()
    assert "1.6 Personne qui notifie" in draft["lacking"], "the contact of the operator is asked"


def test_dora_is_prepared_for_a_financial_entity(breach: Breach) -> None:
    breach.write(FACTS.replace("2024-", "2025-").replace("[party.identity]",
        'dora = { classified_major_at = 2025-02-02T18:00:00+01:00, entity_type = "insurance undertaking", '
        'criteria = ["data_losses"] }\n[party.identity]\nlei = "969500EXAMPLE0000000"'))  # fmt: skip
    (draft,) = breach.prepare(kind="dora_initial", at="2025-02-02T19:00:00+01:00")
    assert draft["addressee"] == "ACPR"
    rows = json.loads((breach.folder / "filings/phare/dora_initial/draft/dora.json").read_text("utf-8"))["fields"]
    form = {row["code"]: row["value"] for row in rows}
    assert form["2.5"] == "Data losses"
    assert form["2.3"] == "02/02/2025 18:00 (UTC+01:00)"
    assert form["2.8"] == "Opérateur TP"
    assert any(item.startswith("1.10 ") for item in draft["lacking"]), "two contacts are asked"


def test_an_empty_folder_has_nothing_to_file(tmp_path: Path) -> None:
    assert Breach(tmp_path).refused("file", "prepare").kind == "no-facts"
    assert read_filings(tmp_path) == []


def test_a_refusal_tells_what_to_do(breach: Breach) -> None:
    error = breach.refused("file", "freeze", *ARGUMENTS, "--reason", "r")
    assert isinstance(error, TocsinError)
    assert error.remedy == "`tocsin file prepare`"
