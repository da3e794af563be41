"""A page says what its document says: all of it, nothing else, the same bytes, and no value is ever a command."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.notices.pdf import pages_of, squeezed, text_of
from tocsin.language import speaking
from tocsin.notices.document import Document, Field, Paragraph, Section, State, Table
from tocsin.notices.figure import Computed, Declared, Figure, origin_of
from tocsin.notices.typeset import typeset
from tocsin.notices.typeset.content import told

COUNTED = Figure("insured", "persons", 1742, 2310, Computed("7f3a19c2", "figure", "2024-01-22"), 1803)
SAID = Figure("professional", "persons", None, 410, Declared("the DPO", date(2024, 2, 3), "size of the base"))
AT, LATER = "2024-02-02T15:00:00+01:00", "2024-02-02T15:01:00+01:00"
SYNTAX = r"""#let x = 1 $x^2$ *bold* _it_ @ref \ <label> `code` // comment /* c */ [x] #(1+1) --- ... "q" 'q' = - + ~"""


def paper(*blocks: Paragraph | Field | Table, **more: Any) -> Document:
    return replace(
        Document("police_complaint", "phare", "en", "A title", (Section("A part", tuple(blocks)),), party_name="Phare"),
        **more,
    )


def letter(*blocks: Paragraph | Field | Table, **more: Any) -> Document:
    return replace(paper(*blocks, **more), addressee=("A host", "1 rue des Serveurs"), sender=("Phare",), place="Brest")


def strings_of(document: Document) -> list[str]:
    """Everything that the document says in words."""
    found = [document.title, document.party_name, document.warning, document.deadline, document.rests_on]
    found += [*document.sender, *document.addressee, document.place, *document.signature]
    for section in document.sections:
        found.append(section.title)
        for block in section.blocks:
            if isinstance(block, Paragraph):
                found.append(block.text)
            elif isinstance(block, Field):
                found += [block.label, block.value, block.code, "" if document.addressee else block.origin]
            else:
                found += [*block.columns, *(cell for row in block.rows for cell in row)]
    return [text for text in found if text]


@pytest.mark.parametrize("make", [paper, letter])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_same_document_gives_the_same_bytes(make: type, language: str) -> None:
    document = replace(make(Field("how many", figure=COUNTED)), language=language, as_of=AT)
    assert typeset(document) == typeset(document)
    assert typeset(document) != typeset(replace(document, as_of=LATER))


def test_the_archive_is_claimed_and_dated_by_the_document_alone() -> None:
    made = typeset(replace(paper(as_of=AT), language="fr"))
    assert b"<pdfaid:part>2</pdfaid:part>" in made
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in made
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
    told_of = pypdfium2.PdfDocument(made).get_metadata_dict()
    assert told_of["Title"] == "A title"
    assert told_of["CreationDate"].startswith("D:20240202140000")
    assert b"/Lang" in made
    assert b"fr" in re.findall(rb"/Lang ?\(([a-z]+)\)", made)


def test_a_moment_between_two_seconds_is_dated_too() -> None:
    assert typeset(paper(as_of="2024-02-02T15:00:00.123456+01:00"))[:8] == b"%PDF-1.7"


def test_every_page_says_what_it_is() -> None:
    rows = tuple((str(n), "a row") for n in range(150))
    document = paper(Table(("n", "what"), rows), warning="A draft: not sent", rests_on="run 7f3a", as_of=AT)
    pages = pages_of(typeset(document))
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        for wanted in ("Phare", "A title", "A draft: not sent", "run 7f3a", f"page {number} / {len(pages)}", "EN",
                       "Friday 2 February 2024 at 15:00 (UTC+01:00)"):  # fmt: skip
            assert squeezed(wanted) in squeezed(page)


@pytest.mark.parametrize(
    ("state", "words"),
    [("lacking", "LACKING"), ("not_yet_known", "not yet known"), ("not_applicable", "not applicable"), ("known", "")],
)
def test_a_state_is_said_in_words(state: State, words: str) -> None:
    others = {"LACKING", "not yet known", "not applicable"} - {words}
    text = text_of(typeset(paper(Field("a label", "a value", state))))
    assert squeezed(words) in text
    assert not [other for other in others if squeezed(other) in text]


def test_a_figure_shows_each_bound_under_its_name_and_who_answers_for_it() -> None:
    text = text_of(typeset(paper(Field("how many", figure=COUNTED), Field("who", figure=SAID))))
    assert squeezed("at least 1742 working figure 1803 at most 2310 persons") in text
    assert squeezed("at least not yet known at most 410 persons") in text
    for origin in (origin_of(COUNTED), origin_of(SAID)):
        assert squeezed(origin) in text


def test_what_lacks_and_the_deadline_stand_on_the_first_page() -> None:
    rows = tuple((str(n), "a row") for n in range(150))
    document = paper(
        Table(("n", "what"), rows), Field("number of the DPO", state="lacking"), Field("how many", figure=SAID),
        deadline="Monday 5 February 2024 at 15:00",
    )  # fmt: skip
    first = squeezed(pages_of(typeset(document))[0])
    for wanted in ("Monday 5 February 2024 at 15:00", "number of the DPO", "at most 410"):
        assert squeezed(wanted) in first


@pytest.mark.parametrize("make", [paper, letter])
def test_a_value_is_never_a_command(make: type) -> None:
    document = make(
        Paragraph(SYNTAX), Field(SYNTAX, SYNTAX, origin=SYNTAX, code=SYNTAX), Table((SYNTAX, "b"), ((SYNTAX, SYNTAX),)),
        warning=SYNTAX, deadline=SYNTAX, rests_on=SYNTAX,
    )  # fmt: skip
    document = replace(document, title=SYNTAX, party_name=SYNTAX, signature=(SYNTAX,))
    assert text_of(typeset(document)).count(squeezed(SYNTAX)) >= 12


@pytest.mark.parametrize("word", ["w" * 900, "https://" + "a-b/c." * 90, "é" * 300])
def test_a_very_long_word_stays_on_the_page(word: str) -> None:
    document = letter(
        Paragraph(word), Field(word, word, origin=word), Table(("a", "b", word), ((word, "1", "2"),)), warning=word,
        rests_on=word, deadline=word,
    )  # fmt: skip
    made = typeset(replace(document, title=word, party_name=word, signature=(word,), sender=(word,), addressee=(word,)))
    found = pypdfium2.PdfDocument(made)
    for page in found:
        width, height = page.get_size()
        text = page.get_textpage()
        for index in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(index)
            assert left >= 0
            assert bottom >= 0
            assert right <= width
            assert top <= height
    assert text_of(made).count(squeezed(word)) >= 8


def test_nobody_signs_a_page_that_says_nothing() -> None:
    for count in range(30, 45):
        blocks = [Field(f"label {n}", "value") for n in range(count)]
        document = replace(paper(*blocks), signature=("Claude Exemple",))
        last = squeezed(pages_of(typeset(document))[-1])
        assert "ClaudeExemple" in last
        assert f"label{count - 1}" in last


def test_what_cannot_be_drawn_is_shown_by_its_code() -> None:
    text = text_of(typeset(paper(Field("name", "王 \u202e \x00 \ue000 Ελένη Иван"))))
    assert "⟨U+738B⟩⟨U+202E⟩⟨U+0000⟩⟨U+E000⟩ΕλένηИван" in text


@settings(max_examples=60, deadline=None)
@given(text=st.text(st.characters(exclude_categories=()), max_size=12))
def test_no_text_stops_a_document(text: str) -> None:
    document = paper(Paragraph(text), Field(text, text, origin=text), Table((text, "b"), ((text, "c"),)))
    assert typeset(replace(document, title=f"t{text}", party_name=text, warning=text, signature=(text,)))


def test_a_row_that_is_not_one_of_the_table_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        typeset(paper(Table(("a", "b"), (("1",),))))
    with pytest.raises(ValueError, match="zip"):
        typeset(paper(Table(("a", "b"), (("1", "2", "3"),))))
    assert typeset(paper(Table(("a", "b"), ())))


WORDS = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"), max_codepoint=0x17F), min_size=1, max_size=60
)
FIELDS = st.builds(
    Field, WORDS, WORDS, st.sampled_from(["known", "lacking", "not_yet_known"]), origin=WORDS,
    figure=st.none() | st.builds(
        Figure, st.just("insured"), st.just("persons"), st.integers(0, 10**6), st.integers(10**6, 10**8),
        st.just(Computed("7f3a19c2", "figure")),
    ),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    blocks=st.lists(
        st.builds(Paragraph, WORDS) | FIELDS
        | st.lists(st.tuples(WORDS, WORDS), max_size=4).map(lambda rows: Table(("first", "second"), tuple(rows))),
        max_size=6,
    ),
    make=st.sampled_from([paper, letter]), language=st.sampled_from(["en", "fr"]),
)  # fmt: skip
def test_the_page_holds_every_value_and_no_other_number(blocks: list[Field], make: type, language: str) -> None:
    document = replace(make(*blocks), language=language)
    pages = pages_of(typeset(document))
    text = squeezed("".join(pages))
    given_numbers: set[str] = set(re.findall(r"\d+", " ".join([*map(str, range(1, len(pages) + 1)), "7f3a19c2"])))
    with speaking(language):
        for said in strings_of(document):
            assert squeezed(told(said)) in text
            given_numbers |= set(re.findall(r"\d+", squeezed(told(said))))
    for field in document.fields:
        if field.figure:
            for bound in (field.figure.lower, field.figure.upper):
                assert str(bound) in text
                given_numbers.add(str(bound))
    left = text
    for known in sorted(given_numbers, key=len, reverse=True):
        left = left.replace(known, "")
    assert re.findall(r"\d", left) == []
