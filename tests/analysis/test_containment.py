"""Containment: the most urgent account first, indicators without anybody in them, traces at those who hold them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path

import pytest
import stix2
from hypothesis import given
from hypothesis import strategies as st
from stix2patterns.validator import run_validator
from tests.minicase import MiniCase, line

from tocsin.analysis.containment import Containment, Indicator, find_containment
from tocsin.analysis.containment.exports import spreadsheet_safe, write_csv, write_indicators_csv, write_stix
from tocsin.analysis.containment.find import TO_CLOSE
from tocsin.analysis.containment.indicators import reason_to_withhold
from tocsin.analysis.containment.words import (
    word_of_act,
    word_of_holder,
    word_of_reason,
    word_of_trace,
    word_of_why,
    word_of_withheld,
)
from tocsin.cli.contain import write_containment
from tocsin.evidence.case import open_case

START = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
COMPROMISED = '[[compromised]]\nportal = "p"\naccount = "{account}"\n{more}\n'
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1)
AGENT = "robot/1.0"


def contained(case: MiniCase) -> Containment:
    return find_containment(open_case(case.folder), case.run())


def breach(folder: Path, **parts: str) -> MiniCase:
    """Five accounts: used after closing, active to the end, quiet since, known only, and only suspected."""
    extra = (
        COMPROMISED.format(account="late", more="closed_at = 2024-01-12T00:00:00Z")
        + COMPROMISED.format(account="done", more="closed_at = 2024-01-20T00:00:00Z")
        + COMPROMISED.format(account="known", more="")
    )
    case = MiniCase(folder, extra=extra + parts.pop("extra", ""), **parts)
    case.write([
        line("read", day=5, ids=["A"], account="quiet", session="s1", agent=AGENT, ip="203.0.113.1"),
        line("read", day=6, ids=["A"], account="done", session="s2", agent=AGENT, ip="203.0.113.1"),
        line("read", day=13, ids=["B"], account="late", session="s3", agent=AGENT, ip="203.0.113.2"),
        line("read", day=20, ids=["C"], account="doubt", session="s4", agent="browser", ip="198.51.100.3"),
        line("read", day=28, ids=["D"], account="active", session="s5", agent=AGENT, ip="198.51.100.4"),
        line("read", "11:00", day=28, ids=["D"], account="honest", session="s6", agent="browser", ip="198.51.100.4"),
    ])  # fmt: skip
    for account in ("quiet", "done", "late", "active"):
        case.verdict(account=account)
    case.verdict("suspect", account="doubt")
    return case


def test_the_most_urgent_account_comes_first(tmp_path: Path) -> None:
    found = contained(breach(tmp_path))
    assert [(item.account, item.reason, item.act) for item in found.accounts] == [
        ("late", "used_after_closing", "suspend"),
        ("active", "still_active", "suspend"),
        ("quiet", "hostile", "suspend"),
        ("known", "declared", "suspend"),
        ("doubt", "possible", "suspend"),
        ("done", "closed", "re_enrol"),
    ]
    active = found.accounts[1]
    assert (active.grade, active.sessions_a, active.answers) == ("A", 1, 1)
    assert active.last_hostile == dt.datetime(2024, 1, 28, 10, tzinfo=dt.UTC)


def test_an_account_held_twice_is_one_account(tmp_path: Path) -> None:
    first = COMPROMISED.format(account="acc", more="closed_at = 2024-01-12T00:00:00Z")
    again = COMPROMISED.format(account="acc", more="last_known_good = 2024-01-15T00:00:00Z")
    case = MiniCase(tmp_path, extra=first + again)
    case.write([line("read", day=11, ids=["A"], ip="203.0.113.1")])
    case.verdict(account="acc")
    assert [(item.account, item.closed_at, item.act) for item in contained(case).accounts] == [("acc", None, "suspend")]


def test_an_owner_seen_after_closing_is_looked_at(tmp_path: Path) -> None:
    case = MiniCase(tmp_path, extra=COMPROMISED.format(account="acc", more="closed_at = 2024-01-12T00:00:00Z"))
    case.write([
        line("read", day=11, ids=["A"], session="s1", ip="203.0.113.1"),
        line("read", day=14, ids=["B"], session="s2", ip="203.0.113.2"),
    ])  # fmt: skip
    case.verdict(session_token="s1")
    case.verdict("honest", session_token="s2")
    assert [(item.reason, item.act) for item in contained(case).accounts] == [("seen_after_closing", "re_enrol")]


def test_a_portal_without_log_puts_all_its_accounts_in_doubt(tmp_path: Path) -> None:
    case = MiniCase(tmp_path)
    case.write([])
    path = tmp_path / "case.toml"
    path.write_text(path.read_text("utf-8").partition("[[log]]")[0], "utf-8")
    found = contained(case)
    assert [(item.account, item.reason) for item in found.accounts] == [("*", "any_account")]
    assert ("host", "access_log", "no_log") in {(item.holder, item.what, item.why) for item in found.traces}


def test_what_leaves_is_seen_in_hostile_sessions_only(tmp_path: Path) -> None:
    found = contained(breach(tmp_path))
    assert [(item.kind, item.value, item.sessions) for item in found.indicators] == [
        ("address", "203.0.113.1", 2), ("address", "203.0.113.2", 1), ("user_agent", AGENT, 4),
    ]  # fmt: skip
    assert [(item.value, item.why) for item in found.withheld] == [("198.51.100.4", "honest_use")]


@pytest.mark.parametrize(("kind", "value", "honest", "quotes", "why"), [
    ("address", "192.168.1.4", 0, False, "inside"),
    ("address", "fe80::1", 0, False, "inside"),
    ("address", "2001:db8::1", 0, False, None),
    ("address", "not-an-address", 0, False, "not_an_address"),
    ("address", "203.0.113.4", 2, False, "honest_use"),
    ("user_agent", "curl/8 (me@example.org)", 0, False, "quotes_account"),
    ("user_agent", "robot for pha-000123", 0, True, "quotes_account"),
    ("user_agent", "Mozilla/5.0", 3, False, "honest_use"),
    ("user_agent", "curl/8", 0, False, None),
])  # fmt: skip
def test_why_a_trait_stays(kind: str, value: str, honest: int, quotes: bool, why: str | None) -> None:
    assert reason_to_withhold(kind, value, honest=honest, quotes_account=quotes) == why


def test_what_the_analyst_was_told_leaves_too_but_no_account(tmp_path: Path) -> None:
    extra = "".join(
        f'[[indicator]]\nkind = "{kind}"\nvalue = "{value}"\nsource = "Mme Untel, CSIRT"\n'
        for kind, value in [("address", "203.0.113.0/24"), ("user_agent", "python-*"), ("account", "quiet"),
                            ("session_token", "s1")]
    )  # fmt: skip
    case = breach(tmp_path, extra=extra)
    found = contained(case)
    told = [(item.kind, item.value) for item in found.indicators if item.source == "told"]
    assert told == [("address", "203.0.113.0/24"), ("user_agent", "python-*")]
    written = write_containment(found, open_case(tmp_path), tmp_path / "out")
    leaving = "".join(path.read_text("utf-8") for path in written if path.parent.name == "shareable")
    for secret in ("quiet", "late", "active", "doubt", "known", "Untel", "mini", "A few people", "amc-1", "Operator"):
        assert secret not in leaving
    staying = (tmp_path / "out/internal/accounts.csv").read_text("utf-8")
    assert '"late"' in staying
    assert {path.stat().st_mode & 0o777 for path in written} == {0o600}


def test_an_agent_that_quotes_an_account_stays(tmp_path: Path) -> None:
    case = MiniCase(tmp_path)
    case.write([line("read", ids=["A"], account="pha-0042", agent="Robot of PHA-0042", ip="203.0.113.1")])
    case.verdict(account="pha-0042")
    found = contained(case)
    assert [(item.value, item.why) for item in found.withheld] == [("Robot of PHA-0042", "quotes_account")]


def test_traces_are_asked_of_those_who_hold_them(tmp_path: Path) -> None:
    case = breach(tmp_path, tested="")
    case.numbers = [1, 2, 3, 4, 9, 10]
    lines = [
        line("read", "09:00", day=n, ids=["A"], account="quiet", session=f"s{n}", ip="203.0.113.1") for n in range(1, 7)
    ]
    case.write(lines)
    found = contained(case)
    told = [(item.holder, item.node, item.what, item.why) for item in found.traces]
    assert told == [
        ("host", "n", "access_log", "sequence_hole"), ("host", "", "second_log", "second_source"),
        ("identity_provider", "", "sign_in", "how_taken"), ("mail_provider", "", "phishing_mail", "how_taken"),
        ("processor", "professionals", "register_history", "one_state"), ("processor", "", "screens", "map_untested"),
        ("network_provider", "", "subscriber", "who_rented"),
    ]  # fmt: skip
    hole = found.traces[0]
    assert (hole.since, hole.until) == (
        dt.datetime(2024, 1, 4, 9, tzinfo=dt.UTC), dt.datetime(2024, 1, 5, 9, tzinfo=dt.UTC),
    )  # fmt: skip
    for item in found.traces:
        assert word_of_holder(item.holder)
        assert word_of_trace(item.what)
        assert word_of_why(item.why) != item.why


def test_every_code_has_words() -> None:
    for reason in (*TO_CLOSE, "seen_after_closing", "closed"):
        assert word_of_reason(reason)
    for why in ("honest_use", "inside", "not_an_address", "quotes_account"):
        assert word_of_withheld(why)
    assert word_of_act("re_enrol") != word_of_act("suspend")


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_no_cell_is_a_formula(values: list[str]) -> None:
    rows = list(csv.reader(io.StringIO(write_csv(["a"] * len(values), [values]), newline="")))
    assert [cell.removeprefix("'") for cell in rows[1]] == [value.removeprefix("'") for value in values]
    assert not [cell for cell in rows[1] if cell.lstrip(" ")[:1] in {"=", "+", "-", "@", "\t", "\r", "\n"}]


@pytest.mark.parametrize("value", ["=1+1", " =1+1", "@SUM(A1)", "+33", "-2", "\t=1", "\r=1"])
def test_formulas_are_defused(value: str) -> None:
    assert spreadsheet_safe(value) == f"'{value}"


def indicators() -> st.SearchStrategy[Indicator]:
    addresses = st.ip_addresses().map(str) | st.integers(8, 30).map(lambda n: f"203.0.113.0/{n}")
    moments = st.integers(946_684_800, 1_893_456_000).map(lambda seconds: dt.datetime.fromtimestamp(seconds, dt.UTC))

    def made(kind: str, value: str, a: dt.datetime, b: dt.datetime, told: bool) -> Indicator:
        return Indicator(kind, value, min(a, b), max(a, b), None if told else 1, "told" if told else "seen")

    return st.builds(made, st.just("address"), addresses, moments, moments, st.booleans()) | st.builds(
        made, st.just("user_agent"), TEXTS, moments, moments, st.booleans()
    )


@given(st.lists(indicators(), max_size=5, unique_by=lambda item: (item.kind, item.value)))
def test_the_bundle_is_valid_stix(found: list[Indicator]) -> None:
    text = write_stix(found, start=START)
    bundle = stix2.parse(text, allow_custom=False)
    told = json.loads(text)["objects"]
    assert stix2.parse(json.dumps(told[0])) == stix2.TLP_AMBER
    assert [item["type"] for item in told] == ["marking-definition", "identity", *["indicator"] * len(found)]
    assert len({item["id"] for item in told}) == len(told)
    for item in bundle.objects[2:]:
        assert run_validator(item.pattern, stix_version="2.1") == []
        assert item.valid_from <= item.created
    assert write_stix(found, start=START) == text


def test_an_indicator_without_date_is_dated_from_the_period() -> None:
    told = Indicator("user_agent", "python-*", None, None, None, "told")
    (_tlp, _maker, item) = json.loads(write_stix([told], start=START))["objects"]
    assert item["valid_from"] == "2024-01-01T00:00:00.000Z"
    assert item["pattern"].endswith(" MATCHES '^python\\\\-.*$']")
    assert write_indicators_csv([told]).splitlines()[1] == '"user_agent","python-*","","","","told"'
