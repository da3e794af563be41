"""Apache and nginx lines, and the URL map."""

from __future__ import annotations

from typing import Any

from tocsin.evidence.case.model import Url

LINE = '{address} - {user} [22/Jan/2024:08:00:00 +0100] "{request}" {status} {size} "-" "{agent}"{more}'


def line(request: str = "GET / HTTP/1.1", **parts: str) -> str:
    usual = {"address": "10.0.0.1", "user": "-", "status": "200", "size": "12", "agent": "Moz", "more": ""}
    return LINE.format(**(usual | {"request": request} | parts))


def test_the_fields(reader: Any) -> None:
    event = reader.bytes(line(user="PS1"), "combined").event
    wanted = {
        "at": "2024-01-22T07:00:00.000000",
        "at_written": "22/Jan/2024:08:00:00 +0100",
        "account": "PS1",
        "status": 200,
        "address": "10.0.0.1",
        "user_agent": "Moz",
        "action": "GET /",
        "bytes": 12,
        "record_ids": [],
        "criteria": None,
    }
    assert {name: event[name] for name in wanted} == wanted


def test_lines_that_are_written_otherwise(reader: Any) -> None:
    lines = [
        line(more=' "-" 0.012 "upstream"'),
        line(agent='a \\"quoted\\" agent'),
        line(request='GET /a\\"b HTTP/1.1'),
        line(user="jean exemple"),
        line().split(' "-"')[0],
        line(size="-"),
        line(request="-", status="408"),
        line(request="\\x16\\x03"),
        line(address="2001:db8::1"),
        line(agent="-"),
        line(request="GET http://h/p?a=1 HTTP/1.1"),
        "  " + line(),
        line(agent="x\ty"),
        line(status="-"),
    ]
    read = reader.bytes("\n".join(lines), "combined")
    assert len(read.events) + len(read.rejects) == len(lines)
    assert [row["line_no"] for row in read.rejects] == [12]
    assert read.each("user_agent")[:5] == ["Moz", 'a "quoted" agent', "Moz", "Moz", None]
    assert read.each("action")[2] == 'GET /a"b'
    assert read.each("account")[3] == "jean exemple"
    assert read.each("bytes")[5] is None
    assert read.each("action")[6:8] == ["-", "\\x16\\x03"]
    assert read.each("action", "criteria")[10] == ("GET /p", '{"a":"1"}')


def test_refusals(reader: Any) -> None:
    read = reader.bytes(
        "garbage\n" + line().replace(":08:00", ":24:00") + "\n" + line().replace("Jan", "Jin"), "combined"
    )
    assert [row["reason"] for row in read.rejects] == ["not-combined", "unreadable-time", "unreadable-time"]


MAP = (
    Url(path="/members/{record_id}/card", action="card"),
    Url(
        path="/search",
        action="search",
        query={
            "n": "nom",
            "p": "page",
            "size": "page_size",
            "from": "row_offset",
            "who": "account",
            "sid": "session_token",
            "_": "",
        },
    ),
    Url(method="POST", path="/search", action="search_form"),
    Url(method="*", path="/{ville}/{record_id}.pdf", action="print"),
)


def test_the_url_map(reader: Any) -> None:
    lines = [
        line("GET /members/B%201/card HTTP/1.1"),
        line("GET /search?n=B%E9rard&p=2&size=20&from=40&who=PS2&sid=abc&_=17&dob=1980 HTTP/1.1"),
        line("POST /search?x=1 HTTP/1.1"),
        line("HEAD /Lyon/B7.pdf HTTP/1.1"),
        line("GET /Lyon/B7xpdf HTTP/1.1"),
        line("DELETE /members/B1/card HTTP/1.1"),
        line("GET /members/B1/card/ HTTP/1.1"),
        line("GET /search?n=a&n=b HTTP/2"),
    ]
    read = reader.bytes("\n".join(lines), "combined", url=MAP)
    assert read.each("action") == [
        "card",
        "search",
        "search_form",
        "print",
        "GET /Lyon/B7xpdf",
        "DELETE /members/B1/card",
        "GET /members/B1/card/",
        "search",
    ]
    assert read.each("record_ids")[:4] == [["B 1"], [], [], ["B7"]]
    assert read.each("criteria") == [
        None,
        '{"dob":"1980","nom":"Bérard"}',
        '{"x":"1"}',
        '{"ville":"Lyon"}',
        None,
        None,
        None,
        '{"nom":"a,b"}',
    ]
    names = ("page", "page_size", "row_offset", "account", "session_token")
    assert read.each(*names)[1] == (2, 20, 40, "PS2", "abc")
