"""Export, then import: the same records, in every format and in both languages, whatever a person typed."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.notices.breach_register.records import any_records, any_texts, notified, unnotified
from tocsin.language import speaking
from tocsin.notices.breach_register.cells import cells_of, record_from
from tocsin.notices.breach_register.files import read_file, write_file
from tocsin.notices.breach_register.json_file import SCHEMA, json_of, schema
from tocsin.notices.breach_register.record import BreachRecord, as_data, record_of
from tocsin.notices.breach_register.table import FORMULA, literal, neutral

PATIENT = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@given(any_records())
@PATIENT
def test_a_row_of_cells_is_the_record(record: BreachRecord) -> None:
    assert record_from(cells_of(record)) == record


@given(any_records())
@PATIENT
def test_plain_values_are_the_record(record: BreachRecord) -> None:
    assert record_of(as_data(record)) == record


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".json"])
@pytest.mark.parametrize("languages", [("en", "en"), ("fr", "en")])
@given(records=st.lists(any_records(), max_size=3, unique_by=lambda record: (record.party, record.breach)))
@PATIENT
def test_a_file_is_the_records(records: list[BreachRecord], suffix: str, languages: tuple[str, str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"register{suffix}"
        with speaking(languages[0]):
            write_file(path, records)
        with speaking(languages[1]):
            reading = read_file(path, {})
    assert reading.rejected == ()
    assert reading.read == len(records)
    assert list(reading.records) == records


@given(any_texts())
def test_a_neutral_text_runs_nowhere_and_is_read_as_it_was(text: str) -> None:
    assert literal(neutral(text)) == text
    assert not neutral(text).lstrip()[:1] or neutral(text).lstrip()[0] not in "=+-@\t"
    assert neutral(text) == text or FORMULA.match(text)


def test_the_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    for form in ("csv", "xlsx", "json", "dpv", "veris"):
        write_file(tmp_path / "one", [notified(), unnotified()], form)
        write_file(tmp_path / "two", [notified(), unnotified()], form)
        assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_the_published_schema_is_that_of_the_code() -> None:
    assert json.loads(SCHEMA.read_text("utf-8")) == json.loads(json.dumps(schema()))


@given(st.lists(any_records(), max_size=2))
@PATIENT
def test_an_export_obeys_its_schema(records: list[BreachRecord]) -> None:
    jsonschema.validate(json.loads(json_of(records)), json.loads(SCHEMA.read_text("utf-8")))


def test_the_schema_refuses_what_is_no_register() -> None:
    made = json.loads(json_of([notified()]))
    made["records"][0]["victims"] = ["a name"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(made, json.loads(SCHEMA.read_text("utf-8")))
