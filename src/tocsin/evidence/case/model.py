"""The words of ``case.toml``: everything a person declares, and nothing that the machine computes.

Each class is one table of the file; each field says what it is for. The reference page ``docs/case-file.md`` is
printed from here. Unknown keys are refused, so that a misspelt one is never silently ignored.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


def _aware(value: dt.datetime) -> dt.datetime:
    if value.tzinfo is None or not 1 < value.year < 9999:
        raise ValueError("needs an offset" if value.tzinfo is None else "stands beyond the calendar")
    return value.astimezone(dt.UTC)


def _unique(value: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(value)) != len(value):
        raise ValueError("holds the same value twice")
    return value


Instant = Annotated[dt.datetime, AfterValidator(_aware)]
"""An instant, written with its offset, kept in UTC."""
Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")]
"""A short name: small letters, digits, ``.``, ``_`` and ``-``."""
Ids = Annotated[tuple[Id, ...], AfterValidator(_unique)]
Words = Annotated[tuple[str, ...], AfterValidator(_unique)]


class Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, allow_inf_nan=False)


class CaseHead(Table):
    """``[case]``: what the file is about."""

    id: Id = Field(description="short name of the case")
    title: str = Field(description="the case in a few words")
    base_date: dt.date = Field(description="the date of the base, printed with every figure")
    occurred_from: Instant = Field(description="start of the period examined")
    occurred_to: Instant = Field(description="end of the period examined")
    time_zone: str = Field("Europe/Paris", description="zone of times written without offset")
    unjudged_sessions: Literal["auto", "possible", "honest"] = Field(
        "auto",
        description="sessions of compromised accounts on which nobody gave a verdict: `possible` (grade U), `honest`,"
        " or `auto`: possible until a person has judged one session of that account hostile, honest afterwards",
    )
    signals: Literal["on", "off"] = Field("on", description="`on`: the behaviour of sessions may give a grade too")


class Party(Table):
    """``[[party]]``: a controller, a processor, a delegated manager."""

    id: Id = Field(description="short name, used by the other tables")
    name: str = Field(description="full name, as people know it")
    kind: Literal["controller", "processor", "sub_processor", "delegated_manager"] = Field(description="its role")
    codes: Words = Field((), description="values that name this party in the registers' controller column")
    merged_into: Id | None = Field(None, description="the party that succeeded it by merger")
    merged_on: dt.date | None = Field(None, description="date of the merger, for the record: it changes no figure")


class Agreement(Table):
    """``[[agreement]]``: a processing agreement (GDPR 28(3)) and when it ran."""

    controller: Id = Field(description="the party for whom the data are held")
    processor: Id = Field(description="the party that holds them")
    from_: dt.date = Field(alias="from", description="first day")
    to: dt.date | None = Field(None, description="last day; absent while the agreement runs")


class Instruction(Table):
    """``[[instruction]]``: a documented instruction of a controller (GDPR 28(3)(a))."""

    controller: Id = Field(description="the party that instructs")
    kind: Literal["link_across_controllers"] = Field(description="its people may be linked with those of others")
    given_by: str = Field(description="who gave it")
    given_on: dt.date = Field(description="when")
    reference: str = Field("", description="where it is kept")


class Register(Table):
    """``[[register]]``: a list of people held by a party, as files."""

    id: Id = Field(description="short name, used by the other tables")
    population: Literal["insured", "professional"] = Field("insured", description="whose data it holds")
    holder: Id | None = Field(
        None, description="the controller of every record, when the register has no controller column"
    )
    files: Words = Field(description="paths or patterns below the case folder")
    format: Literal["csv", "parquet"] = Field("csv", description="how its files are written")
    encoding: str = Field("auto", description="auto, utf-8, windows-1252, iso-8859-15, utf-16")
    separator: str = Field("auto", description="auto, or one character")
    history: Literal["snapshot", "validity", "journal"] = Field(
        "snapshot", description="one state; rows with periods of validity; or a journal of changes"
    )
    as_of: Instant | None = Field(None, description="instant of the snapshot")
    journal: Words = Field((), description="files of the change journal, when `files` are a snapshot taken before it")
    time_zone: str | None = Field(None, description="zone of its times without offset; the case's by default")
    columns: dict[str, str] = Field(description="our column -> the column of the file")
    categories: dict[Id, Words] = Field({}, description="data category -> our columns (documentation and checks)")


class Answers(Table):
    """``[portal.answers]``: how an answer of the portal reads in its log."""

    nothing_status: Words = Field(
        ("204", "3xx", "4xx", "5xx"), description="status codes, or classes as 4xx, that send no data"
    )
    content_status: Words = Field(
        ("304", "499"),
        description="exceptions to the former: 304 was sent before from the same log, 499 is an abort by the client",
    )
    nothing_outcome: Words = Field(
        ("error", "denied", "failure", "unknown_beneficiary"), description="outcome words that send no data"
    )
    membership_outcome: Words = Field(
        (), description="outcome words that only confirm that the person is (was) covered"
    )
    aborted_below_bytes: int = Field(0, ge=0, description="an answer with fewer bytes than this sent no record")


class Portal(Table):
    """``[[portal]]``: one portal of a processor, and how it answers."""

    id: Id = Field(description="short name, used by the other tables")
    processor: Id = Field(description="the party that runs it")
    registers: Ids = Field(description="registers of people that its pages read")
    professionals: Id | None = Field(None, description="register of the professionals who hold its accounts")
    first_page: int = Field(1, description="number of the first result page in its queries")
    page_size: int | None = Field(None, ge=1, description="rows a page, when the log does not say")
    closed_contracts: Literal["answer", "hide", "membership"] = Field(
        "answer", description="what a query says of a contract closed at that instant"
    )
    visible_delay_minutes: int = Field(0, ge=0, description="minutes from `visible_from` of a record to its display")
    answers: Answers = Field(Answers(), description="how its answers read in its log")


class Criterion(Table):
    """``[action.criteria]``: one search criterion, and the column that it compares."""

    column: str = Field(description="our column that it compares")
    match: Literal["exact", "prefix", "contains", "year", "from", "to", "range"] = Field("exact", description="how")
    normalise: Literal["none", "trim", "digits", "upper", "name", "alnum", "date"] = Field(
        "trim", description="what is done to both sides first; year, from, to and range always read dates"
    )


class Bytes(Table):
    """``[action.bytes]``: size of an answer, to certify a replay without a logged total."""

    fixed: int = Field(description="bytes of an answer without rows")
    per_row: float = Field(description="bytes that each row adds")
    tolerance: int = Field(0, ge=0, description="greatest difference at which the sizes agree")


class Action(Table):
    """``[[action]]``: what one word of a portal's log does, so that a query can be replayed."""

    portal: Id = Field(description="the portal whose log writes it")
    name: str = Field(description="the action as the log writes it")
    kind: Literal["record", "search", "family", "export", "own_account", "sign_in", "heartbeat", "other"] = Field(
        description="what it answers: one record, a page of a list, a family card, a whole list, one's own page"
    )
    register_: Id | None = Field(None, alias="register", description="when it does not read the portal's registers")
    criteria: dict[str, Criterion] = Field({}, description="criterion as logged -> column and match rule")
    order: Words = Field(("record_id",), description="columns that order the result; `-` before a name: descending")
    page_size: int | None = Field(None, ge=1, description="rows a page when the log does not say; else the portal's")
    max_page_size: int | None = Field(None, ge=1, description="the portal never sends more rows a page, even if asked")
    paging: Literal["page", "offset", "none"] = Field("page", description="none: one answer holds the whole result")
    first_page: int | None = Field(None, description="the portal's by default")
    family_key: Words = Field(("household_id",), description="kind family: columns that the members of a card share")
    closed_contracts: Literal["answer", "hide", "membership"] | None = Field(None, description="else the portal's")
    snapshot_time: dt.time | None = Field(
        None, description="the answer is computed on the base as it stood at this local time, the last one before"
    )
    bytes: Bytes | None = Field(None, description="size of its answers")


class Disclosure(Table):
    """``[[disclosure]]``: one dated line of the disclosure map: which answer returned which data categories."""

    portal: Id = Field(description="the portal")
    action: str = Field(description="the action, as declared in `[[action]]`")
    answer: Literal["content", "membership"] = Field("content", description="which kind of answer this line describes")
    categories: Ids = Field(description="data categories that this answer returns")
    from_: dt.date | None = Field(None, alias="from", description="first day on which it did")
    to: dt.date | None = Field(None, description="last day on which it did")
    declared_by: str = Field("", description="who says so")
    tested_by: str | None = Field(None, description="who compared this line with the real screen")
    tested_on: dt.date | None = Field(None, description="when; a line without tester and date is untested")


class Reach(Table):
    """``[[reach]]``: what accounts may see, whatever they ask."""

    portal: Id = Field(description="the portal")
    accounts: Words = Field(("*",), description="accounts, `*` standing for any letters")
    controllers: Words = Field(("*",), description="controllers whose records they may see")
    where: dict[str, Words] = Field({}, description="register column -> values; all must hold")


class Compromised(Table):
    """``[[compromised]]``: an account whose credential the intruder held."""

    portal: Id = Field(description="the portal")
    account: str = Field(description="the account, as the log writes it")
    last_known_good: Instant | None = Field(
        None, description="last instant at which only its owner held the credential"
    )
    closed_at: Instant | None = Field(None, description="when the account was closed or re-enrolled")


class Indicator(Table):
    """``[[indicator]]``: a trait of the intruder, told by the CSIRT or seen by the analyst."""

    kind: Literal["account", "address", "user_agent", "session_token"] = Field(description="which trait")
    value: str = Field(
        description="address: one address or a network (CIDR); user_agent: exact, `*` stands for anything"
    )
    from_: Instant | None = Field(None, alias="from", description="when it starts to mean something")
    to: Instant | None = Field(None, description="when it stops")
    source: str = Field("", description="who told it, and where")


class Url(Table):
    """``[[log.url]]``: one line of the URL map of a web server's log."""

    method: str = Field("GET", description="HTTP method; `*` stands for any")
    path: str = Field(description="as /members/{record_id}/card; `{name}` stands for one part")
    action: str = Field(description="the `[[action]]` that such a request is")
    query: dict[str, str] = Field(
        {}, description="query parameter -> criterion, or page, page_size, row_offset, account, session_token"
    )


class Throttle(Table):
    """``[log.throttle]``: a ceiling above which the log keeps silent."""

    events: int = Field(ge=1, description="number of lines that makes it keep silent")
    window_minutes: int = Field(ge=1, description="in so many minutes")
    silent_minutes: int = Field(ge=1, description="for so many minutes")
    per: Literal["node", "account"] = Field("account", description="what is counted, and silenced")


class Log(Table):
    """``[[log]]``: the access log of one node of a portal."""

    id: Id = Field(description="short name")
    portal: Id = Field(description="the portal")
    node: str = Field(description="the machine that wrote it")
    files: Words = Field(description="paths or patterns below the case folder, oldest first")
    format: Literal["ocsf", "fhir", "combined", "csv", "parquet", "ndjson", "json"] = Field(description="its format")
    counts: bool = Field(
        True, description="false: kept for clocks and comparison only, its lines are not read as accesses"
    )
    encoding: str = Field("auto", description="auto, utf-8, windows-1252, iso-8859-15, utf-16")
    separator: str = Field("auto", description="csv: auto, or one character")
    time_zone: str | None = Field(None, description="zone of its times without offset, as Europe/Paris or UTC+2")
    time_format: str | None = Field(None, description="strptime format, when times are not ISO 8601")
    clock_offset_seconds: float | None = Field(None, description="how far this node's clock runs ahead of true time")
    clock_trusted_node: str | None = Field(None, description="measure the offset against this node, by request_id")
    clock_uncertainty_seconds: float = Field(0, ge=0, description="by how much that may be wrong, either way")
    expected_from: Instant | None = Field(None, description="start of what the log should cover; the case's by default")
    expected_to: Instant | None = Field(None, description="end of it; the case's by default")
    completeness: Literal["sequence", "heartbeat", "comparison", "declared", "unproved"] = Field(
        "unproved", description="what proves that no line lacks; unproved: all of it counts as missing"
    )
    completeness_by: str = Field("", description="declared: who says that the log is whole, and on what ground")
    sequence_first: int | None = Field(None, description="sequence: first number that the period should hold")
    sequence_last: int | None = Field(None, description="sequence: last number, read off the server's counter")
    heartbeat_seconds: int = Field(60, ge=1, description="heartbeat: a silence of more than twice this is a gap")
    compared_with: Id | None = Field(None, description="comparison: the log that must hold as many lines each minute")
    throttle: Throttle | None = Field(None, description="a ceiling above which it keeps silent")
    items: str | None = Field(None, description="json: path of the array, as $.Records; the top by default")
    fields: dict[str, str | tuple[str, ...]] = Field({}, description="our field -> JSON path(s) or column of the file")
    url: tuple[Url, ...] = Field((), description="combined: what each request is")
    max_line_bytes: int = Field(10_000_000, ge=1, description="a longer line is rejected")
    max_bytes: int = Field(200_000_000_000, ge=1, description="refuse to decompress more than this from one file")


class Case(Table):
    """A whole ``case.toml``."""

    case: CaseHead
    party: tuple[Party, ...] = ()
    agreement: tuple[Agreement, ...] = ()
    instruction: tuple[Instruction, ...] = ()
    register_: tuple[Register, ...] = Field((), alias="register")
    portal: tuple[Portal, ...] = ()
    action: tuple[Action, ...] = ()
    disclosure: tuple[Disclosure, ...] = ()
    reach: tuple[Reach, ...] = ()
    compromised: tuple[Compromised, ...] = ()
    indicator: tuple[Indicator, ...] = ()
    log: tuple[Log, ...] = ()
