"""What must agree inside a case file: names refer to something, periods run forward, rules can be replayed."""

from __future__ import annotations

import datetime as dt
import ipaddress
from collections.abc import Iterator
from pathlib import Path

from tocsin.evidence.case.fault import Fault, Location
from tocsin.evidence.case.model import Case, Log
from tocsin.evidence.case.replayable import action_faults, known_columns, register_faults
from tocsin.evidence.times import fixed_shift, iana_name
from tocsin.language import _

DAY, FARTHEST = 24 * 3600, 14 * 3600
"""Seconds; no zone stands further from UTC."""


def faults_of(case: Case) -> list[Fault]:
    """Every disagreement found in ``case``, in the order of the file's tables."""
    return [
        *_repeated(case),
        *_unknown_names(case),
        *_backward_periods(case),
        *_zones(case),
        *_mergers(case),
        *register_faults(case),
        *action_faults(case),
        *_files(case),
        *_logs(case),
        *_reaches(case),
    ]


def _repeated(case: Case) -> Iterator[Fault]:
    named: list[tuple[str, list[str]]] = [
        ("party", [item.id for item in case.party]),
        ("register", [item.id for item in case.register_]),
        ("portal", [item.id for item in case.portal]),
        ("log", [item.id for item in case.log]),
        ("action", [f"{item.portal}/{item.name}" for item in case.action]),
    ]
    for table, names in named:
        for index, name in enumerate(names):
            if name in names[:index]:
                yield Fault(
                    (table, index), "case-repeated-name", _("{name!r} is declared twice").format(name=name),
                    _("keep one of the two, or rename it"),
                )  # fmt: skip
    codes: dict[str, str] = {}
    for index, party in enumerate(case.party):
        for code in party.codes:
            if codes.setdefault(code, party.id) != party.id:
                yield Fault(
                    ("party", index, "codes"), "case-shared-code",
                    _("the code {code!r} already names {other}").format(code=code, other=codes[code]),
                    _("give each code to one party: otherwise people would be told by the wrong insurer"),
                )  # fmt: skip


def _references(case: Case) -> Iterator[tuple[Location, str, str | None]]:
    """(where, which table, name) of every name that must be declared elsewhere."""
    for n, party in enumerate(case.party):
        yield ("party", n, "merged_into"), "party", party.merged_into
    for n, agreement in enumerate(case.agreement):
        yield ("agreement", n, "controller"), "party", agreement.controller
        yield ("agreement", n, "processor"), "party", agreement.processor
    for n, instruction in enumerate(case.instruction):
        yield ("instruction", n, "controller"), "party", instruction.controller
    for n, register in enumerate(case.register_):
        yield ("register", n, "holder"), "party", register.holder
    for n, portal in enumerate(case.portal):
        yield ("portal", n, "processor"), "party", portal.processor
        yield ("portal", n, "professionals"), "register", portal.professionals
        yield from ((("portal", n, "registers"), "register", name) for name in portal.registers)
    for n, action in enumerate(case.action):
        yield ("action", n, "portal"), "portal", action.portal
        yield ("action", n, "register"), "register", action.register_
    for n, reach in enumerate(case.reach):
        yield ("reach", n, "portal"), "portal", reach.portal
        yield from ((("reach", n, "controllers"), "party", name) for name in reach.controllers if name != "*")
    for n, compromised in enumerate(case.compromised):
        yield ("compromised", n, "portal"), "portal", compromised.portal
    for n, log in enumerate(case.log):
        yield ("log", n, "portal"), "portal", log.portal
        yield ("log", n, "compared_with"), "log", log.compared_with


def _unknown_names(case: Case) -> Iterator[Fault]:
    known_names = {
        "party": {party.id for party in case.party},
        "portal": {portal.id for portal in case.portal},
        "register": {register.id for register in case.register_},
        "log": {log.id for log in case.log},
    }
    for location, table, name in _references(case):
        known = known_names[table]
        if name is not None and name not in known:
            yield Fault(
                location, "case-unknown-name", _("no [[{table}]] is called {name!r}").format(table=table, name=name),
                _("declare it, or write one of: {known}").format(known=", ".join(sorted(known)) or "-"),
            )  # fmt: skip
    actions = {(action.portal, action.name) for action in case.action}
    for n, line in enumerate(case.disclosure):
        if (line.portal, line.action) not in actions:
            yield Fault(
                ("disclosure", n, "action"), "case-unknown-action",
                _("portal {portal!r} has no action {action!r}").format(portal=line.portal, action=line.action),
                _("declare the action, so that its reads can be counted"),
            )  # fmt: skip


def _backward_periods(case: Case) -> Iterator[Fault]:
    periods: list[tuple[Location, dt.date | None, dt.date | None]] = [
        (("case", "occurred_to"), case.case.occurred_from, case.case.occurred_to)
    ]
    periods += [(("agreement", n, "to"), item.from_, item.to) for n, item in enumerate(case.agreement)]
    periods += [(("disclosure", n, "to"), item.from_, item.to) for n, item in enumerate(case.disclosure)]
    periods += [(("indicator", n, "to"), item.from_, item.to) for n, item in enumerate(case.indicator)]
    periods += [(("log", n, "expected_to"), item.expected_from, item.expected_to) for n, item in enumerate(case.log)]
    periods += [
        (("compromised", n, "closed_at"), item.last_known_good, item.closed_at)
        for n, item in enumerate(case.compromised)
    ]
    for location, start, end in periods:
        if start is not None and end is not None and end < start:
            yield Fault(
                location, "case-backward-period", _("this period ends before it starts"),
                _("exchange or correct the two")
            )  # fmt: skip


def _zones(case: Case) -> Iterator[Fault]:
    zones: list[tuple[Location, str | None]] = [(("case", "time_zone"), case.case.time_zone)]
    zones += [(("log", n, "time_zone"), log.time_zone) for n, log in enumerate(case.log)]
    zones += [(("register", n, "time_zone"), register.time_zone) for n, register in enumerate(case.register_)]
    for location, zone in zones:
        is_shift_of_log = location[0] == "log" and abs((zone and fixed_shift(zone)) or DAY) <= FARTHEST
        if zone is not None and not iana_name(zone) and not is_shift_of_log:
            yield Fault(
                location, "case-unknown-zone", _("{zone!r} is not a time zone").format(zone=zone),
                _("write a name as Europe/Paris, Indian/Reunion, UTC or UTC+1"),
            )  # fmt: skip


def _mergers(case: Case) -> Iterator[Fault]:
    into = {party.id: party.merged_into for party in case.party}
    for n, party in enumerate(case.party):
        if (party.merged_into is None) != (party.merged_on is None):
            yield Fault(
                ("party", n), "case-half-merger", _("a merger needs merged_into and merged_on"), _("give both, or none")
            )  # fmt: skip
        seen, name = {party.id}, party.merged_into
        while name is not None and name in into:
            if name in seen:
                yield Fault(
                    ("party", n, "merged_into"), "case-merger-circle", _("these mergers turn in a circle"),
                    _("the last party of the chain must have no merged_into"),
                )  # fmt: skip
                break
            seen.add(name)
            name = into[name]


def _files(case: Case) -> Iterator[Fault]:
    wanted: list[tuple[Location, tuple[str, ...]]] = []
    wanted += [(("log", n, "files"), log.files) for n, log in enumerate(case.log)]
    for n, register in enumerate(case.register_):
        wanted += [(("register", n, "files"), register.files), (("register", n, "journal"), register.journal)]
        if not register.files:
            yield Fault(
                ("register", n, "files"), "case-no-file", _("this register names no file"),
                _("give the path of its file below the case folder")
            )  # fmt: skip
    for location, patterns in wanted:
        for pattern in patterns:
            if not _is_pattern(pattern):
                yield Fault(
                    location, "case-bad-pattern",
                    _("{pattern!r} is not a path below the case folder").format(pattern=pattern),
                    _("write it as logs/a1.ndjson, logs/*.gz or logs/**/*.gz"),
                )  # fmt: skip


def _is_pattern(pattern: str) -> bool:
    if Path(pattern).is_absolute() or ".." in Path(pattern).parts:
        return True  # understood, and refused where the files are looked for
    try:
        next(Path("nowhere").glob(pattern), None)
    except (ValueError, IndexError):
        return False
    return True


def _logs(case: Case) -> Iterator[Fault]:
    for n, log in enumerate(case.log):
        if log.completeness == "comparison" and log.compared_with is None:
            yield Fault(
                ("log", n, "completeness"), "case-no-comparison", _("compared with which log?"),
                _("give `compared_with`")
            )  # fmt: skip
        if log.completeness == "declared" and not log.completeness_by:
            yield Fault(
                ("log", n, "completeness"), "case-undeclared", _("a declaration needs its author and its ground"),
                _("give `completeness_by`, or remove `completeness`: the log is then taken as incomplete"),
            )  # fmt: skip
        if log.format == "combined" and not log.url and log.counts:
            yield Fault(
                ("log", n), "case-no-url-map", _("a web server's log needs a URL map"), _("add [[log.url]] lines")
            )  # fmt: skip
        yield from _fields(n, log)


def _fields(n: int, log: Log) -> Iterator[Fault]:
    known = {
        "time", "account", "session_token", "address", "user_agent", "action", "outcome", "status", "bytes",
        "record_ids", "criteria", "page", "page_size", "row_offset", "returned", "total", "sequence_no", "request_id",
    }  # fmt: skip
    for name in log.fields:
        if name not in known and not name.startswith("criteria."):
            yield Fault(
                ("log", n, "fields", name), "case-unknown-field",
                _("{name!r} is not a field of an event").format(name=name),
                _("write one of: {known}, criteria.NAME").format(known=", ".join(sorted(known))),
            )  # fmt: skip
    if log.format in ("csv", "parquet", "ndjson", "json") and "time" not in log.fields:
        yield Fault(
            ("log", n, "fields"), "case-no-time-field", _("which column holds the time?"),
            _('add time = "..." to [log.fields]')
        )  # fmt: skip


def _reaches(case: Case) -> Iterator[Fault]:
    known = frozenset().union(*(known_columns(register) for register in case.register_))
    for n, reach in enumerate(case.reach):
        for column in sorted(set(reach.where) - known):
            yield Fault(
                ("reach", n, "where"),
                "case-unknown-column",
                _("no column is called {column!r}").format(column=column),
                _("map it in [register.columns]"),
            )
    for n, item in enumerate(case.indicator):
        if item.kind == "address" and not _is_network(item.value):
            yield Fault(
                ("indicator", n, "value"),
                "case-bad-address",
                _("{value!r} is neither an address nor a network").format(value=item.value),
                _("write it as 203.0.113.7, 203.0.113.0/24 or 2001:db8::/32"),
            )


def _is_network(text: str) -> bool:
    try:
        ipaddress.ip_network(text, strict=False)
    except ValueError:
        return False
    return True
