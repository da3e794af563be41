"""What is wrong inside a log: a line that cannot be read is counted, named and told, and never silently lost."""

from __future__ import annotations

from tests.faults.base import BaseCase
from tests.faults.table import refused, told

OCSF = 'format = "ocsf"\ncompleteness = "sequence"\nsequence_first = 1\nsequence_last = 8\n'
CSV_LOG = """\
quand;compte;session;adresse;action;ids
2024-03-31T21:00:05+02:00;pharma-42;night-7;203.0.113.9;beneficiary.read;R1
2024-03-31T21:00:10+02:00;pharma-42;night-7;203.0.113.9;beneficiary.read;R2
2024-03-31T21:00:15+02:00;pharma-42;night-7;203.0.113.9;beneficiary.read;R3
"""
CSV_FIELDS = """
[log.fields]
time = "quand"
account = "compte"
session_token = "session"
address = "adresse"
action = "action"
record_ids = "ids"
"""


def as_csv(case: BaseCase, text: str = CSV_LOG, more: str = "") -> None:
    """Make the log a CSV file, without sequence numbers."""
    case.log.write_text(text, "utf-8")
    case.replace(OCSF, f'format = "csv"\n{more}')
    case.add(CSV_FIELDS)


@told("logs", "not-json", where="logs/a1.ndjson:4", says="not JSON")
def not_json(case: BaseCase) -> None:
    """A line was cut in the middle."""
    case.change_line(4, lambda text: text[:50] + "\n")


@told("logs", "nul-byte", where="logs/a1.ndjson:2", says="NUL")
def nul_bytes(case: BaseCase) -> None:
    """A crash of the disk left NUL bytes in a line."""
    case.change_line(2, lambda text: text[:50] + "\0\0\0" + text[50:])


@told("logs", "too-long", where="logs/a1.ndjson:7", says="longer than")
def long_line(case: BaseCase) -> None:
    """A line is longer than any honest one."""
    case.add("max_line_bytes = 1_000\n")
    case.change_line(7, lambda text: text.replace("pharma-17", "x" * 2_000))


@told("logs", "unknown-class", where="logs/a1.ndjson:2", says="OCSF class")
def unknown_ocsf_class(case: BaseCase) -> None:
    """A line is of an OCSF class that says nothing of accesses."""
    case.change_line(2, lambda text: text.replace("6003", "4001"))


@told("logs", "no-time", where="logs/a1.ndjson:2", says="no time")
def no_time(case: BaseCase) -> None:
    """A line has no time."""
    case.change_line(2, lambda text: text.replace("time_dt", "other"))


@told("logs", "unreadable-time", where="logs/a1.ndjson:6", says="time")
def unreadable_time(case: BaseCase) -> None:
    """A time is not one."""
    case.change_line(6, lambda text: text.replace("2024-03-31T21:00:15+02:00", "31 mars, 21 h"))


@told("logs", "windows-1252", where="logs/a1.ndjson", says="Windows-1252")
def mixed_encodings(case: BaseCase) -> None:
    """A log in UTF-8 holds bytes of another encoding."""
    case.log.write_bytes(case.log.read_bytes().replace(b"MODELE", b"MOD\xc9LE"))


@told("logs", "lone-return", where="logs/a1.ndjson", says="carriage return")
def carriage_return(case: BaseCase) -> None:
    """Two lines were joined by a carriage return."""
    case.change_line(2, lambda text: text.replace('"api"', '\r"api"'))


@told("logs", "doubtful-hour", where="logs/a1.ndjson:6", says="lived twice")
def hour_lived_twice(case: BaseCase) -> None:
    """A local time falls in the hour that was lived twice in October."""
    case.change_line(6, lambda text: text.replace("2024-03-31T21:00:15+02:00", "2023-10-29T02:30:00"))


@told("logs", "doubtful-hour", where="logs/a1.ndjson:6", says="or never")
def hour_skipped(case: BaseCase) -> None:
    """A local time falls in the hour that was skipped in March."""
    case.change_line(6, lambda text: text.replace("2024-03-31T21:00:15+02:00", "2024-03-31T02:30:00"))


@told("logs", "day-only", where="logs/a1.ndjson:6", says="day")
def day_only(case: BaseCase) -> None:
    """A line says the day and not the hour."""
    case.change_line(6, lambda text: text.replace("2024-03-31T21:00:15+02:00", "2024-03-31"))


@told("logs", "wrong-field-count", where="logs/a1.ndjson:3", says="too many or too few fields")
def wrong_field_count(case: BaseCase) -> None:
    """A line of a CSV log has a separator too many."""
    as_csv(case, CSV_LOG.replace("beneficiary.read;R2", "beneficiary;read;R2"))


@told("logs", "unclosed-quote", where="logs/a1.ndjson:3", says="quote")
def unclosed_quote(case: BaseCase) -> None:
    """A quote of a CSV log is never closed."""
    as_csv(case, CSV_LOG.replace("beneficiary.read;R2", '"beneficiary;read;R2'))


@told("logs", "not-combined", where="logs/a1.ndjson:2", says="web server")
def not_combined(case: BaseCase) -> None:
    """A line of a web server's log is of another form."""
    case.replace(OCSF, 'format = "combined"\n[[log.url]]\npath = "/card/{record_id}"\naction = "beneficiary.read"\n')
    good = '203.0.113.9 - pharma-42 [31/Mar/2024:21:00:05 +0200] "GET /card/R1 HTTP/1.1" 200 900 "-" "robot"\n'
    case.log.write_text(good + "restarting\n" + good, "utf-8")


@told("logs", "not-audit-event", where="logs/a1.ndjson:2", says="AuditEvent")
def not_an_audit_event(case: BaseCase) -> None:
    """A FHIR log holds another resource."""
    case.replace(OCSF, 'format = "fhir"\n')
    good = '{"resourceType":"AuditEvent","recorded":"2024-03-31T21:00:05+02:00"}\n'
    case.log.write_text(good + '{"resourceType":"Patient","id":"R1"}\n', "utf-8")


@told("logs", "empty-bundle", where="logs/a1.ndjson:2", says="Bundle")
def empty_bundle(case: BaseCase) -> None:
    """A FHIR Bundle holds nothing."""
    not_an_audit_event(case)
    case.replace('{"resourceType":"Patient","id":"R1"}', '{"resourceType":"Bundle","entry":[]}', case.log)


@told("logs", "outside-items", where="logs/a1.ndjson:1", says="array", count=2)
def outside_items(case: BaseCase) -> None:
    """Lines of a JSON document hold no event."""
    case.replace('format = "ocsf"', 'format = "ocsf"\nitems = "$.Records"')
    lines = case.log.read_text("utf-8").splitlines()
    case.log.write_text('{"Records": [\n' + ",\n".join(lines) + "\n]}\n", "utf-8")


@told("logs", "unmeasurable-clock", where="log a1", says="no request in common")
def clock_without_pairs(case: BaseCase) -> None:
    """A clock is to be measured against a node that saw no request in common."""
    case.add('clock_trusted_node = "proxy"\n')


@told("logs", "gap-sequence_hole", where="log a1", says="holes in the sequence numbers")
def sequence_hole(case: BaseCase) -> None:
    """A sequence number lacks."""
    case.change_line(6, lambda _text: "")


@told("logs", "gap-no_proof", where="log a1", says="nothing proves")
def no_proof(case: BaseCase) -> None:
    """Nothing proves that a log is whole."""
    case.replace('completeness = "sequence"', 'completeness = "unproved"')


@told("logs", "undeclared-action", where="log a1", says="beneficiary.export")
def undeclared_action(case: BaseCase) -> None:
    """The intruder used an action that the case does not declare."""
    case.change_line(6, lambda text: text.replace("beneficiary.read", "beneficiary.export"))


@told("logs", "unknown-record", where="portal pro", says="no register")
def unknown_record(case: BaseCase) -> None:
    """The intruder read a record that no register holds."""
    case.change_line(6, lambda text: text.replace("R1", "R99"))


@told("logs", "idle-indicator", where="case.toml", says="203.0.113.0/24")
def idle_indicator(case: BaseCase) -> None:
    """An indicator fits no session."""
    case.log.write_text(case.log.read_text("utf-8").replace("203.0.113.9", "192.0.2.1"), "utf-8")


@told("logs", "silent-account", where="case.toml", says="pharma-24")
def compromised_account_never_seen(case: BaseCase) -> None:
    """A compromised account is in no log."""
    case.replace('account = "pharma-42"', 'account = "pharma-24"')


@refused("logs", "unknown-encoding", where="logs/a1.ndjson", says="'utf-7'")
def unknown_encoding(case: BaseCase) -> None:
    """A log declares an encoding that is not read."""
    case.add('encoding = "utf-7"\n')


@refused("logs", "unknown-time-format", where="log a1", says="time_format")
def unknown_time_format(case: BaseCase) -> None:
    """A time format is not one."""
    case.add('time_format = "%Q"\n')


@refused("logs", "unknown-separator", where="log a1", says="';;' cannot separate")
def unknown_separator(case: BaseCase) -> None:
    """The separator of a CSV log is two characters long."""
    as_csv(case, more='separator = ";;"\n')


@refused("logs", "column-missing", where="logs/a1.ndjson", says="column 'quand'")
def column_missing(case: BaseCase) -> None:
    """A column of a CSV log is not in its header."""
    as_csv(case, CSV_LOG.replace("quand", "date", 1))


@refused("logs", "column-repeated", where="logs/a1.ndjson", says="stands 2 times")
def column_repeated(case: BaseCase) -> None:
    """A column of a CSV log stands twice in its header."""
    as_csv(case, CSV_LOG.replace("compte;session", "compte;compte", 1))


@refused("logs", "fields-not-used", where="log a1", says="no effect on the format fhir")
def fields_not_used(case: BaseCase) -> None:
    """A format with fixed fields is given a mapping."""
    case.replace('format = "ocsf"', 'format = "fhir"')
    case.add('[log.fields]\ntime = "$.recorded"\n')


@refused("logs", "unknown-path", where="log a1", says="items = 'Records'")
def unknown_path(case: BaseCase) -> None:
    """The path of a JSON array is not one."""
    case.add('items = "Records"\n')
