"""What is wrong in ``case.toml``: nothing in it is guessed, so each mistake is refused, at its line."""

from __future__ import annotations

from tests.faults.base import BaseCase
from tests.faults.table import refused


def line_of(text: str, number: int = 1) -> str:
    """``case.toml:LINE`` of the n-th line of the undamaged case that holds ``text``."""
    from tests.faults.base import CASE

    found = [n for n, line in enumerate(CASE.splitlines(), start=1) if text in line]
    return f"case.toml:{found[number - 1]}"


@refused("case", "no-case", where="case.toml", says="no readable case.toml")
def no_case_file(case: BaseCase) -> None:
    """The folder holds no case.toml."""
    case.toml.unlink()


@refused("case", "case-not-utf-8", where=line_of("Mutuelle du Phare"), says="not UTF-8")
def case_in_another_encoding(case: BaseCase) -> None:
    """case.toml was saved in Windows-1252."""
    case.replace('name = "Mutuelle du Phare"', 'name = "Mutuelle du Phare, été"')
    case.toml.write_bytes(case.toml.read_text("utf-8").replace("Opérateur", "Operateur").encode("cp1252"))


@refused("case", "case-syntax", where=line_of("occurred_to"), says="not TOML")
def syntax(case: BaseCase) -> None:
    """A line of case.toml is not TOML."""
    case.replace("occurred_to = 2024", "occurred_to : 2024")


@refused("case", "case-unknown-key", where=line_of("completeness"), says="log[1].completness: this key is not known")
def misspelt_key(case: BaseCase) -> None:
    """A key is misspelt."""
    case.replace('completeness = "sequence"', 'completness = "sequence"')


@refused("case", "case-missing-key", where=line_of("[[portal]]"), says="portal[1].processor: this key is missing")
def missing_key(case: BaseCase) -> None:
    """A required key is absent."""
    case.replace('[[portal]]\nid = "pro"\nprocessor = "operator"', '[[portal]]\nid = "pro"')


@refused("case", "case-unknown-word", where=line_of('format = "ocsf"'), says="'oscf' is not one of the words")
def wrong_word(case: BaseCase) -> None:
    """A value is not one of the words allowed."""
    case.replace('format = "ocsf"', 'format = "oscf"')


@refused("case", "case-bad-id", where=line_of('id = "phare"'), says="'Le Phare' cannot be an identifier")
def bad_identifier(case: BaseCase) -> None:
    """A short name holds a space or a capital."""
    case.replace('id = "phare"', 'id = "Le Phare"')


@refused("case", "case-wrong-type", where=line_of("page_size"), says="'twenty' does not fit here")
def wrong_type(case: BaseCase) -> None:
    """A number is written as text."""
    case.replace("page_size = 20", 'page_size = "twenty"')


@refused("case", "case-wrong-type", where=line_of("page_size"), says="0 does not fit here")
def page_of_nothing(case: BaseCase) -> None:
    """A size is zero or negative."""
    case.replace("page_size = 20", "page_size = 0")


@refused("case", "case-number-too-large", where=line_of("sequence_last"), says="too many digits")
def number_too_large(case: BaseCase) -> None:
    """A number has more digits than any counter."""
    case.replace("sequence_last = 8", "sequence_last = 99999999999999999999")


@refused("case", "case-wrong-type", where=line_of("sequence_last"), says="does not fit here")
def infinite_clock(case: BaseCase) -> None:
    """A clock is infinitely wrong."""
    case.replace("sequence_last = 8", "clock_offset_seconds = inf")


@refused("case", "case-time-without-offset", where=line_of("occurred_from"), says="no offset")
def time_without_offset(case: BaseCase) -> None:
    """An instant is written without its offset."""
    case.replace("2024-03-30T00:00:00+01:00", "2024-03-30T00:00:00")


@refused("case", "case-instant-out-of-range", where=line_of("occurred_to"), says="beyond")
def instant_out_of_range(case: BaseCase) -> None:
    """An instant stands at the end of the calendar."""
    case.replace("2024-04-02T00:00:00+02:00", "9999-12-31T23:00:00-02:00")


@refused("case", "case-repeated-value", where=line_of("files", 2), says="twice")
def repeated_value(case: BaseCase) -> None:
    """A list names the same value twice."""
    case.replace('["logs/a1*"]', '["logs/a1*", "logs/a1*"]')


@refused("case", "case-repeated-name", where=line_of("[[party]]", 3), says="'phare' is declared twice")
def repeated_name(case: BaseCase) -> None:
    """Two parties have one short name."""
    case.replace('id = "dunes"', 'id = "phare"')


@refused("case", "case-shared-code", where=line_of("999000002"), says="'999000001' already names phare")
def shared_code(case: BaseCase) -> None:
    """Two insurers claim one code."""
    case.replace('codes = ["999000002"]', 'codes = ["999000002", "999000001"]')


@refused("case", "case-unknown-name", where=line_of('controller = "dunes"'), says="no [[party]] is called 'dune'")
def unknown_party(case: BaseCase) -> None:
    """A table names a party that is not declared."""
    case.replace('controller = "dunes"', 'controller = "dune"')


@refused("case", "case-unknown-action", where=line_of('action = "beneficiary.search"'), says="'beneficiary.find'")
def unknown_action(case: BaseCase) -> None:
    """The disclosure map names an action that is not declared."""
    case.replace('action = "beneficiary.search"', 'action = "beneficiary.find"')


@refused("case", "case-backward-period", where=line_of("occurred_to"), says="ends before it starts")
def backward_period(case: BaseCase) -> None:
    """A period ends before it starts."""
    case.replace("occurred_to = 2024-04-02", "occurred_to = 2024-03-02")


@refused("case", "case-unknown-zone", where="case.toml:7", says="'Europe/Pariss' is not a time zone")
def unknown_zone(case: BaseCase) -> None:
    """A time zone is misspelt."""
    case.replace("\n\n[[party]]", '\ntime_zone = "Europe/Pariss"\n\n[[party]]')


@refused("case", "case-half-merger", where=line_of("[[party]]", 2), says="needs merged_into and merged_on")
def half_merger(case: BaseCase) -> None:
    """A merger has a date and no successor."""
    case.replace('codes = ["999000001"]', 'codes = ["999000001"]\nmerged_on = 2023-07-01')


@refused("case", "case-merger-circle", where="case.toml:18", says="turn in a circle")
def merger_circle(case: BaseCase) -> None:
    """Two insurers merged into each other."""
    case.replace('codes = ["999000001"]', 'codes = ["999000001"]\nmerged_into = "dunes"\nmerged_on = 2023-07-01')
    case.replace('codes = ["999000002"]', 'codes = ["999000002"]\nmerged_into = "phare"\nmerged_on = 2023-07-01')


@refused("case", "case-register-column", where=line_of("[register.columns]"), says="needs a column 'valid_from'")
def column_not_mapped(case: BaseCase) -> None:
    """A register with validity does not say which column starts it."""
    case.replace('valid_from = "valide_du"\n', "")


@refused("case", "case-bad-separator", where="case.toml:40", says="one character")
def bad_separator(case: BaseCase) -> None:
    """A separator is two characters long."""
    case.replace('history = "validity"', 'history = "validity"\nseparator = ";;"')


@refused("case", "case-unknown-column", where="case.toml:93", says="no column is called 'region'")
def unknown_column_in_reach(case: BaseCase) -> None:
    """A reach filters on a column that no register has."""
    case.replace("[[compromised]]", '[[reach]]\nportal = "pro"\nwhere = { region = ["11"] }\n\n[[compromised]]')


@refused("case", "case-no-professionals", where=line_of('kind = "record"'), says="no register of professionals")
def no_professionals(case: BaseCase) -> None:
    """An action reads the holder's own account, and no register of professionals is declared."""
    case.replace('kind = "record"', 'kind = "own_account"')


@refused("case", "case-unreplayable-action", where=line_of("[[action]]", 2), says="no column 'birth_surname'")
def unreplayable_action(case: BaseCase) -> None:
    """A search compares a column that the register does not map."""
    case.replace('nom = { column = "surname"', 'nom = { column = "birth_surname"')


@refused("case", "case-no-comparison", where=line_of("completeness"), says="compared with which log")
def no_comparison(case: BaseCase) -> None:
    """A log is proved by comparison, and no other log is named."""
    case.replace('completeness = "sequence"', 'completeness = "comparison"')


@refused("case", "case-undeclared", where=line_of("completeness"), says="its author and its ground")
def completeness_without_author(case: BaseCase) -> None:
    """A log is declared whole by nobody."""
    case.replace('completeness = "sequence"', 'completeness = "declared"')


@refused("case", "case-no-url-map", where=line_of("[[log]]"), says="needs a URL map")
def no_url_map(case: BaseCase) -> None:
    """A web server's log has no URL map."""
    case.replace('format = "ocsf"', 'format = "combined"')


@refused("case", "case-unknown-field", where="case.toml:108", says="'when' is not a field of an event")
def unknown_field(case: BaseCase) -> None:
    """A log maps a field that no event has."""
    case.add('[log.fields]\nwhen = "$.time_dt"\n')


@refused("case", "case-no-time-field", where=line_of("[[log]]"), says="which column holds the time?")
def no_time_field(case: BaseCase) -> None:
    """A CSV log does not say which column holds the time."""
    case.replace('format = "ocsf"', 'format = "csv"')


@refused("case", "case-bad-address", where=line_of("203.0.113.0/24"), says="neither an address nor a network")
def bad_network(case: BaseCase) -> None:
    """An indicator is not an address."""
    case.replace("203.0.113.0/24", "203.0.113.0/240")


@refused("case", "case-bad-pattern", where=line_of("registers/insured.csv"), says="is not a path below the case folder")
def bad_pattern(case: BaseCase) -> None:
    """A pattern of files means nothing."""
    case.replace('files = ["registers/insured.csv"]', 'files = ["registers/**.csv"]')


@refused("case", "case-no-file", where=line_of("registers/insured.csv"), says="names no file")
def register_without_pattern(case: BaseCase) -> None:
    """A register names no file at all."""
    case.replace('files = ["registers/insured.csv"]', "files = []")


@refused("case", "case-too-empty", where="case.toml", says="declares no [[register]]")
def no_register(case: BaseCase) -> None:
    """The case declares no register."""
    text = case.toml.read_text("utf-8")
    case.toml.write_text(text[: text.index("[[register]]")], "utf-8")


@refused("case", "case-too-empty", where="case.toml", says="declares no [[portal]]")
def no_portal(case: BaseCase) -> None:
    """The case declares no portal."""
    text = case.toml.read_text("utf-8")
    case.toml.write_text(text[: text.index("[[portal]]")], "utf-8")
