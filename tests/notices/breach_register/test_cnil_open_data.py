"""The CNIL's open data in its real file form: encoding, first line, apostrophes, bands, words not known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tocsin.errors import TocsinError
from tocsin.language import speaking
from tocsin.notices.breach_register.cnil_open_data import vocabulary
from tocsin.notices.breach_register.csv_file import read_csv
from tocsin.notices.breach_register.lacking import lacking
from tocsin.notices.breach_register.table import Reading

REFERENCE = Path(__file__).parents[4] / "shared" / "data" / "incidents" / "cnil" / "cnil_open_data_vocabulary.json"
HEADER = ";".join(vocabulary()["columns"].values())
FIRST = "Extraction générée le 15/10/2024 à 02:00"
ROWS = [
    "2024-02;Activités financières et d''assurance;Perte de la confidentialité;Plus de 5000 personnes;"
    '"Etat civil, Numéro de sécurité sociale (NIR)";Oui;Piratage, logiciel malveillant;'
    "Acte externe malveillant;Oui, les personnes ont été informées",
    "2024-02;Santé;Perte de la confidentialité, Perte de la disponibilité;Entre 6 et 50 personnes;Coordonnées;;"
    "Données personnelles envoyées à un mauvais destinataire;Acte interne accidentel, Inconnu;Non ils ne le seront pas",
    "2024-03;Enseignement;Perte de l’intégrité;;;;;;Non déterminé pour le moment",
]
AS = {"party": "cnil-open-data", "party_name": "Open data of the CNIL"}


def read(tmp_path: Path, *rows: str, header: str = HEADER, encoding: str = "cp1252", first: str = FIRST) -> Reading:
    path = tmp_path / "opencnil-violationsdcpnotifiees-20241015.csv"
    path.write_bytes("\r\n".join([*([first] if first else []), header, *rows, ""]).encode(encoding))
    with speaking("en"):
        return read_csv(path, AS)


def test_the_real_form_is_understood(tmp_path: Path) -> None:
    reading = read(tmp_path, *ROWS)
    assert (reading.form, reading.read, reading.rejected) == ("cnil_open_data", 3, ())
    first, second, third = reading.records
    assert first.sector == "Activités financières et d'assurance"
    assert first.breach == "cnil-2024-02-3"
    assert first.natures == ("confidentiality",)
    assert first.data_in_words == "Etat civil, Numéro de sécurité sociale (NIR)"
    assert first.has_sensitive_data is True
    assert (first.notification.answer, first.notification.at) == ("done", "2024-02")
    assert first.communication.answer == "done"
    assert "15/10/2024" in first.source
    assert second.natures == ("confidentiality", "availability")
    assert second.causes == ("internal_accidental", "unknown")
    assert second.has_sensitive_data is None
    assert second.communication.answer == "no"
    assert third.natures == ("integrity",)
    assert third.people == ()


def test_a_band_becomes_bounds_and_the_last_one_is_open(tmp_path: Path) -> None:
    first, second, _third = read(tmp_path, *ROWS).records
    assert (first.people[0].lower, first.people[0].working, first.people[0].upper) == (5001, None, None)
    assert (second.people[0].lower, second.people[0].working, second.people[0].upper) == (6, None, 50)
    assert "Entre 6 et 50 personnes" in second.people[0].ground


def test_kinds_of_data_are_kept_in_words_never_guessed(tmp_path: Path) -> None:
    assert all(record.categories == () for record in read(tmp_path, *ROWS).records)


def test_why_people_were_not_told_is_not_published_and_is_said_to_lack(tmp_path: Path) -> None:
    second = read(tmp_path, *ROWS).records[1]
    with speaking("en"):
        assert "why the people are told or not" in lacking(second)


def test_typographic_apostrophes_no_break_spaces_and_utf_8_too(tmp_path: Path) -> None:
    header = HEADER.replace("'", "’").replace("Natures de", "Natures\u00a0de")
    assert len(read(tmp_path, *ROWS, header=header, encoding="utf-8").records) == 3
    assert len(read(tmp_path, *ROWS, first="").records) == 3


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("Entre 6 et 50 personnes", "Entre 6 et 500 personnes", "Nombre de personnes impactées: 'Entre 6 et 500"),
        ("Perte de la disponibilité", "Perte de tout", "Natures de la violation: ' Perte de tout'"),
        ("Acte interne accidentel", "Acte divin", "Causes de l'incident: 'Acte divin'"),
        ("Non ils ne le seront pas", "Peut-être", "Information des personnes: 'Peut-être'"),
        ("2024-02;Santé", "février;Santé", "'février' is not a month"),
    ],
)
def test_a_word_that_is_not_known_rejects_its_row_with_its_line(tmp_path: Path, old: str, new: str, says: str) -> None:
    reading = read(tmp_path, ROWS[0], ROWS[1].replace(old, new))
    assert (reading.read, len(reading.records), len(reading.rejected)) == (2, 1, 1)
    assert reading.rejected[0].where.endswith(":4")
    assert says in reading.rejected[0].reason


def test_a_column_that_lacks_is_told(tmp_path: Path) -> None:
    with pytest.raises(TocsinError, match="Données sensibles") as refusal:
        read(tmp_path, *ROWS, header=HEADER.replace("Données sensibles;", ""))
    assert refusal.value.kind == "open-data-columns"


def test_it_names_no_controller_so_a_party_must_be_given(tmp_path: Path) -> None:
    path = tmp_path / "opencnil.csv"
    path.write_bytes("\r\n".join([FIRST, HEADER, *ROWS]).encode("cp1252"))
    with speaking("en"), pytest.raises(TocsinError, match="names no controller") as refusal:
        read_csv(path, {})
    assert refusal.value.kind == "open-data-without-party"


def test_the_vocabulary_is_that_of_the_data_set() -> None:
    if not REFERENCE.exists():
        pytest.skip("the vocabulary of the data set is not here")
    known = json.loads(REFERENCE.read_text("utf-8"))
    ours = vocabulary()
    assert list(ours["columns"].values()) == known["headers"]
    for key in ("natures", "causes", "people", "told"):
        assert set(ours[key]) == set(known[ours["columns"][key]])
    assert {"", *ours["sensitive"]} == set(known[ours["columns"]["sensitive"]])
