"""The page says what the run found, names nobody, and can neither run nor load anything."""

from __future__ import annotations

import base64
import re
from hashlib import sha256
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path

import duckdb
import pytest

from tests.minicase import MiniCase, line
from tests.report.conftest import HOSTILE, Reported, report
from tocsin.evidence.decisions import decide
from tocsin.language import speaking
from tocsin.report.tables import SMALL_CELL
from tocsin.report.typography import number
from tocsin.report.write import write_report

LANGUAGES = ("fr", "en")


class Page(HTMLParser):
    """Elements, attributes and texts of a page."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.rows: list[list[str]] = []
        self.texts: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th") and self.rows:
            self.rows[-1].append("")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data

    @property
    def text(self) -> str:
        return "".join(self.texts)


def cells(page: str) -> list[list[str]]:
    return [[re.sub(r"\s+", " ", cell).strip() for cell in row] for row in Page(page).rows]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_names_nobody(breach: Reported, language: str) -> None:
    with duckdb.connect() as connection:
        accounts = connection.execute(
            "select distinct account from read_parquet(?)", [str(breach.run.table("access_session"))]
        ).fetchall()
        told = connection.execute(
            "select distinct unnest([record_id, contract_id, person_id]) from read_parquet(?)",
            [str(breach.run.table("exposure"))],
        ).fetchall()
        tokens = connection.execute(
            "select distinct unnest([session_token, address]) from read_parquet(?)",
            [str(breach.run.table("hostile_session"))],
        ).fetchall()
        registers = " ".join(
            path.read_text("utf-8", errors="replace") for path in (breach.folder.path / "registers").rglob("*.csv")
        )
    page = breach.pages[language]
    secret = {value for (value,) in (*accounts, *told, *tokens) if value and len(value) >= 5}
    numbers = set(re.findall(r"\b[12]\d{12,14}\b", registers))
    assert len(secret) > 1_000
    assert len(numbers) > 500
    words = set(re.findall(r"[\w.:-]+", page))
    assert words & (secret | numbers) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_intruder_wrote_stays_text(injected: Reported, language: str) -> None:
    page = Page(injected.pages[language])
    tags = {tag for tag, _attributes in page.elements}
    assert not tags & {"script", "img", "iframe", "object", "link", "form", "b'"}
    assert not [name for _tag, attributes in page.elements for name in attributes if name.startswith(("on", "style"))]
    assert HOSTILE in page.text
    assert "One <img src=x onerror=alert(1)>" in page.text
    assert 'A <b>few</b> people "&" co' in page.text


@pytest.mark.parametrize("which", ["breach", "injected", "unlogged"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_allows_itself_its_style_and_nothing_else(which: str, language: str, request: pytest.FixtureRequest) -> None:
    source = request.getfixturevalue(which).pages[language]
    page = Page(source)
    (policy,) = [a["content"] for tag, a in page.elements if tag == "meta" and "http-equiv" in a]
    (style,) = re.findall(r"<style>(.*?)</style>", source, re.DOTALL)
    digest = base64.b64encode(sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    links = {a["href"] or "" for tag, a in page.elements if tag == "a"}
    assert all(re.fullmatch(r"#[a-z-]+|tocsin-[0-9a-f]{12}\.(fr|en)\.html", link) for link in links)
    anchors = {a.get("id") for _tag, a in page.elements}
    assert {link[1:] for link in links if link.startswith("#")} <= anchors
    assert "://" not in source
    assert "url(" not in style.replace("url(#hatch", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figures_are_those_of_the_run(breach: Reported, language: str) -> None:
    with duckdb.connect() as connection:
        figures = connection.execute(
            "select scope, population, unit, lower, working, upper from read_parquet(?)",
            [str(breach.run.table("figure"))],
        ).fetchall()
    rows = cells(breach.pages[language])
    names = {party.id: party.name for party in breach.folder.case.party}
    checked = 0
    with speaking(language):
        for scope, population, unit, lower, working, upper in figures:
            if unit == "persons" and scope != "total" and population == "insured":
                told = [number(lower), number(working), number(upper)]
                assert any(row[0].startswith(names[scope]) and row[2:5] == told for row in rows), scope
                checked += 1
            if (scope, population, unit) == ("total", "insured", "persons"):
                assert {number(lower), number(upper)} <= set(re.findall(r"[\d\u202f,]+\d|\d", breach.pages[language]))
    assert checked >= 8


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_figure_never_travels_alone(breach: Reported, language: str) -> None:
    stamps = re.findall(r'<p class="stamp">(.*?)</p>', breach.pages[language])
    sections = re.findall(r'<section id="(\w+)"', breach.pages[language])
    assert sections == [
        "lines", "hours", "coverage", "sessions", "controllers", "categories", "negative", "remarks", "hypotheses",
        "method", "evidence",
    ]  # fmt: skip
    assert len(stamps) == 7
    for stamp in stamps:
        assert breach.run.id in stamp
        assert "2024" in stamp
        assert stamp.count("%") == 2


def test_the_same_run_gives_the_same_bytes(breach: Reported, tmp_path: Path) -> None:
    first = [path.read_bytes() for path in write_report(breach.folder, breach.run, tmp_path / "one")]
    second = [path.read_bytes() for path in write_report(breach.folder, breach.run, tmp_path / "two")]
    assert first == second
    assert str(breach.folder.path).encode() not in b"".join(first)
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "one").iterdir()} == {0o600}


def test_overlap_is_counted_where_it_was_instructed(breach: Reported) -> None:
    with duckdb.connect() as connection:
        rows = connection.execute(
            "select distinct person_id, controller from read_parquet(?) where population = 'insured'",
            [str(breach.run.table("exposure"))],
        ).fetchall()
    held: dict[str, set[str]] = {}
    for person, controller in rows:
        held.setdefault(person, set()).add(controller)
    pairs: dict[tuple[str, ...], int] = {}
    names = {party.id: party.name for party in breach.folder.case.party}
    for controllers in held.values():
        for pair in combinations(sorted(controllers), 2):
            pairs[pair] = pairs.get(pair, 0) + 1
    (shared,) = [item for item in breach.content.shared if item.population == "insured"]
    assert shared.persons == len(held)
    assert shared.in_several == sum(len(controllers) > 1 for controllers in held.values()) > 0
    assert {(a, b): n for a, b, n in shared.pairs} == {(names[a], names[b]): n for (a, b), n in pairs.items()}
    printed = [
        int(row[2]) for row in cells(breach.pages["en"])
        if len(row) == 3 and row[2].isdigit() and {row[0], row[1]} <= set(names.values())
    ]  # fmt: skip
    assert all(count > SMALL_CELL for count in printed)


def test_without_instruction_overlap_is_bounded_not_computed(tmp_path: Path) -> None:
    case = MiniCase(tmp_path)
    case.write([line("read", ids=["A"]), line("read", "10:01", ids=["D"])])
    case.verdict(account="acc")
    found = report(tmp_path)
    assert found.content.shared == ()
    assert "bounded, not computed" in Page(found.pages["en"]).text
    assert "borné, non calculé" in Page(found.pages["fr"]).text


def test_one_instruction_alone_compares_nobody(tmp_path: Path) -> None:
    told = 'controller = "amc-1"\nkind = "link_across_controllers"\ngiven_by = "x"\ngiven_on = 2024-01-30\n'
    case = MiniCase(tmp_path, extra=f"[[instruction]]\n{told}")
    case.write([line("read", ids=["A"]), line("read", "10:01", ids=["D"])])
    case.verdict(account="acc")
    assert report(tmp_path).content.shared == ()


def test_who_did_not_instruct_is_compared_with_nobody(tmp_path: Path) -> None:
    told = "".join(
        f'[[instruction]]\ncontroller = "{name}"\nkind = "link_across_controllers"\ngiven_by = "x"\n'
        "given_on = 2024-01-30\n"
        for name in ("amc-1", "amc-2")
    )
    third = '[[party]]\nid = "amc-3"\nname = "Three"\nkind = "controller"\ncodes = ["003"]\n'
    case = MiniCase(tmp_path, extra=told + third)
    nir = "180017512345614"
    case.people += "".join(
        f"S{n},00{n},c{n}0,Simon,Sylvie,1980-01-15,{nir},,,\n" for n in (1, 2, 3)
    )  # fmt: skip
    case.write([line("read", f"10:0{n}", ids=[f"S{n}"]) for n in (1, 2, 3)])
    case.verdict(account="acc")
    found = report(tmp_path)
    (shared,) = [item for item in found.content.shared if item.population == "insured"]
    assert (shared.controllers, {name for pair in shared.pairs for name in pair[:2]} - {"One", "Two"}) == (2, set())
    assert "controllers that gave no such instruction: 1." in Page(found.pages["en"]).text


def test_a_case_without_log_says_so(unlogged: Reported) -> None:
    page = Page(unlogged.pages["en"]).text
    assert "for none of them is the reading proved so far" in page
    assert "This case has no log: no line was read." in page
    assert "no log for one portal at least" in page
    assert "not known" in page


def test_a_changed_case_file_is_told(tmp_path: Path) -> None:
    case = MiniCase(tmp_path)
    case.write([line("read", ids=["A"])])
    case.verdict(account="acc")
    run = case.run()
    assert "The case file changed after this run" not in report(tmp_path, run).pages["en"]
    path = tmp_path / "case.toml"
    path.write_text(path.read_text("utf-8").replace('name = "One"', 'name = "Uno"'), "utf-8")
    assert "The case file changed after this run" in report(tmp_path, run).pages["en"]


def test_remarks_keep_no_example_that_may_hold_a_person(tmp_path: Path) -> None:
    case = MiniCase(tmp_path)
    case.write([line("read", ids=["NOBODY-77"]), line("read", "10:02", ids=["A"])])
    case.verdict(account="acc")
    run = case.run()
    assert any("NOBODY-77" in item["detail"] for item in run.manifest["remarks"])
    assert "NOBODY-77" not in report(tmp_path, run).pages["en"]


def test_a_session_that_nobody_judged_says_why_and_who_denied_it_is_not_named(tmp_path: Path) -> None:
    case = MiniCase(tmp_path, extra='[[indicator]]\nkind = "address"\nvalue = "203.0.113.9"\n')
    case.write([line("read", ids=["A"], ip="203.0.113.9"), line("read", "11:00", ids=["B"], session="t")])
    decide(
        case.folder / "decisions.jsonl", who="t", kind="denial", reason="by telephone",
        bodies=[{"said_by": "Dr Durand", "account": "acc", "session_token": "s"}],
    )  # fmt: skip
    made = report(case.folder)
    page = made.pages["en"]
    assert "hostile network; not theirs, says the holder of the account" in page
    assert "Durand" not in page
    assert "with nothing else against them (U): 1" in page
