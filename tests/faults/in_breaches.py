"""What is wrong with a register of breaches, with what is added to it, or with a file that claims to be one."""

from __future__ import annotations

import io
import zipfile

from tests.faults.base import BaseCase
from tests.faults.table import already_run, play, refused
from tocsin.notices.breach_register.files import TEMPLATE
from tocsin.notices.breach_register.xlsx_file import xlsx_of

ADD = "register add {case}/breaches.toml --register {case}/register"
IMPORT = "register import {case}/told.csv --register {case}/register"
SHEET = "register import {case}/told.xlsx --register {case}/register"
HEAD = "party;party_name;breach;title;aware_at\n"
ROW = "phare;Mutuelle du Phare;2024-02;A lost key;2024-02-11\n"
CNIL = (
    "Date de réception de la notification;Secteur d'activité de l'organisme concerné;Natures de la violation;"
    "Nombre de personnes impactées;Typologies des données impactées;Données sensibles;Origines de l'incident;"
    "Causes de l'incident;Information des personnes\n"
)


def give(case: BaseCase, old: str = "", new: str = "") -> None:
    """A file of breaches as a person types it, damaged."""
    text = TEMPLATE.read_text("utf-8")
    assert old in text
    (case.folder / "breaches.toml").write_text(text.replace(old, new, 1), "utf-8")


def keep(case: BaseCase) -> None:
    """A register with one breach."""
    give(case)
    play(case, ADD)


def tell(case: BaseCase, text: str, encoding: str = "utf-8") -> None:
    """A file that arrives."""
    (case.folder / "told.csv").write_bytes(text.encode(encoding))


def book(case: BaseCase, name: str, data: bytes) -> None:
    """A workbook that arrives, with one part added or replaced."""
    with (
        zipfile.ZipFile(io.BytesIO(xlsx_of([]))) as given,
        zipfile.ZipFile(case.folder / "told.xlsx", "w") as made,
    ):
        for part in given.infolist():
            if part.filename != name:
                made.writestr(part.filename, given.read(part))
        made.writestr(name, data)


@refused("breaches", "breach-without-motive", where="records[1]", says="does not say by whom and why", command=ADD)
def breach_without_motive(case: BaseCase) -> None:
    """A breach is not notified, and nobody says why."""
    give(case, 'motive = "one known recipient, deletion confirmed: a risk is unlikely"\n')


@refused("breaches", "breach-record-wrong", where="records[1]", says="categories: 'shoe_size'", command=ADD)
def breach_of_unknown_data(case: BaseCase) -> None:
    """A record names a kind of data that is not known."""
    give(case, '"contract_number"', '"shoe_size"')


@refused("breaches", "register-unreadable", where="breaches.toml", says="not TOML", command=ADD)
def breaches_not_toml(case: BaseCase) -> None:
    """A file of breaches is not TOML."""
    give(case, "\n[[breach]]", "\n[[breach]")


@refused("breaches", "register-add-what", says="a file, or the breach of a case?",
         command="register add --register {case}/register")  # fmt: skip
def nothing_to_add(case: BaseCase) -> None:
    """Nothing is named to be added."""


@refused("breaches", "register-example-exists", where="breaches.toml", says="exists already",
         command="register add {case}/breaches.toml --new")  # fmt: skip
def example_exists(case: BaseCase) -> None:
    """The example would be written over a file."""
    give(case)


@refused("breaches", "chain-broken", where="decisions.jsonl:1", says="changed after it was written",
         command="register --register {case}/register")  # fmt: skip
def breach_edited(case: BaseCase) -> None:
    """A record of the register was edited by hand."""
    keep(case)
    case.replace("agrees", "objects", case.folder / "register" / "decisions.jsonl")


@refused("breaches", "no-register", where="decisions.jsonl", says="no register here",
         command="register verify --register {case}/register")  # fmt: skip
def no_breach_register(case: BaseCase) -> None:
    """A register is verified that does not exist."""


@refused("breaches", "register-cut", where="decisions.jsonl", says="no entry has the digest",
         command="register verify --digest 00ff --register {case}/register")  # fmt: skip
def register_cut(case: BaseCase) -> None:
    """The end of a register was cut off."""
    keep(case)


@refused("breaches", "persons-unreadable", where="persons.json", says="references and names",
         command="register show 2023-04 --register {case}/register")  # fmt: skip
def persons_damaged(case: BaseCase) -> None:
    """The names of the persons who decided are damaged."""
    keep(case)
    (case.folder / "register" / "persons.json").write_text("[1]", "utf-8")


@refused("breaches", "unknown-person-reference", where="persons.json", says="'person-0'",
         command="register erase-name person-0 --register {case}/register")  # fmt: skip
def unknown_reference(case: BaseCase) -> None:
    """A name is to be erased that nobody has."""
    keep(case)


@refused("breaches", "unknown-breach", where="decisions.jsonl", says="'2025-01'",
         command="register show 2025-01 --register {case}/register")  # fmt: skip
def unknown_breach(case: BaseCase) -> None:
    """A breach is shown that the register does not hold."""
    keep(case)


@refused("breaches", "export-of-whom", says="breaches of 2 parties",
         command="register export {case}/out.csv --register {case}/register")  # fmt: skip
def export_of_whom(case: BaseCase) -> None:
    """A register of several parties is exported without saying whose."""
    keep(case)
    give(case, 'party = "phare"', 'party = "dunes"')
    play(case, ADD)


@refused("breaches", "nothing-to-export", where="register", says="no breach of this party",
         command="register export {case}/out.csv --party dune --register {case}/register")  # fmt: skip
def nothing_to_export(case: BaseCase) -> None:
    """The register of a party is exported that has no breach."""
    keep(case)


@refused("breaches", "register-format", says="'.ods'",
         command="register export {case}/out.ods --register {case}/register")  # fmt: skip
def register_format(case: BaseCase) -> None:
    """A register is asked in a format that is not written."""
    keep(case)


@refused("breaches", "veris-without-year", where="phare/2023-04", says="no year is known",
         command="register export {case}/v.json --as veris --register {case}/register")  # fmt: skip
def veris_without_year(case: BaseCase) -> None:
    """A breach without any date is exported to VERIS."""
    give(case, 'occurred_from = "2023-04-11"\naware_at = 2023-04-12T09:30:00+02:00\n', "")
    play(case, ADD)


@refused("breaches", "register-rows-rejected", where="told.csv:3", says="1 of 2 rows", command=IMPORT)
def rows_rejected(case: BaseCase) -> None:
    """A row of a register cannot be kept."""
    tell(case, HEAD + ROW + ROW.replace("2024-02-11", "yesterday"))


@refused("breaches", "register-columns-unknown", where="told.csv:1", says="shoe size", command=IMPORT)
def breach_column_unknown(case: BaseCase) -> None:
    """A register has a column that is not known."""
    tell(case, HEAD.replace("aware_at", "shoe size") + ROW)


@refused("breaches", "register-columns-wrong", where="told.csv:1", says="no column holds party_name", command=IMPORT)
def breach_column_lacks(case: BaseCase) -> None:
    """A register does not name its party."""
    tell(case, HEAD.replace("party_name", "sector") + ROW)


@refused("breaches", "register-encoding", where="told.csv:2", says="not utf-8",
         command=f"{IMPORT} --encoding utf-8")  # fmt: skip
def wrong_encoding(case: BaseCase) -> None:
    """A register is not in the encoding declared."""
    tell(case, HEAD + ROW.replace("A lost key", "Clé perdue"), "cp1252")


@refused("breaches", "register-separator", where="--separator", says="';;'", command=f"{IMPORT} --separator ;;")
def wrong_separator(case: BaseCase) -> None:
    """The separator of a register is two characters long."""
    tell(case, HEAD + ROW)


@refused("breaches", "register-unreadable", where="told.csv:2", says="not CSV", command=IMPORT)
def quote_left_open(case: BaseCase) -> None:
    """A quote is left open in a register."""
    tell(case, HEAD + ROW.replace("A lost", '"A lost', 1))


@refused("breaches", "register-version", where="told.json", says="no register of a version",
         command="register import {case}/told.json --register {case}/register")  # fmt: skip
def unknown_version(case: BaseCase) -> None:
    """A JSON file is of another version."""
    (case.folder / "told.json").write_text('{"format": "tocsin-breach-register", "version": 9}', "utf-8")


@refused("breaches", "open-data-without-party", where="told.csv", says="names no controller", command=IMPORT)
def open_data_of_nobody(case: BaseCase) -> None:
    """The open data of the CNIL are imported without a party."""
    tell(case, "Extraction générée le 15/10/2024\n" + CNIL, "cp1252")


@refused("breaches", "open-data-columns", where="told.csv:2", says="Données sensibles",
         command=f"{IMPORT} --party cnil")  # fmt: skip
def open_data_changed(case: BaseCase) -> None:
    """The open data of the CNIL have changed their columns."""
    tell(case, "Extraction générée le 15/10/2024\n" + CNIL.replace("Données sensibles;", ""), "cp1252")


@refused("breaches", "workbook-refused", where="told.xlsx", says="formulas", command=SHEET)
def workbook_with_formulas(case: BaseCase) -> None:
    """A workbook holds formulas."""
    book(case, "xl/worksheets/sheet1.xml", b"<worksheet><c><f>1+1</f></c></worksheet>")


@refused("breaches", "workbook-refused", where="told.xlsx", says="reaches outside", command=SHEET)
def workbook_with_links(case: BaseCase) -> None:
    """A workbook takes values from another."""
    book(case, "xl/externalLinks/externalLink1.xml", b"<externalLink/>")


@refused("breaches", "register-too-large", where="told.xlsx", says="too many parts", command=SHEET)
def workbook_of_many_parts(case: BaseCase) -> None:
    """A workbook unfolds into thousands of parts."""
    with zipfile.ZipFile(case.folder / "told.xlsx", "w") as made:
        for number in range(2_001):
            made.writestr(f"xl/part{number}.xml", b"")


@refused("breaches", "category-without-meaning", where="facts.toml", says="identity",
         command="register add --from-case --case {case} --register {case}/register")  # fmt: skip
def case_without_meaning(case: BaseCase) -> None:
    """A case is added whose kinds of data mean nothing yet."""
    already_run(case)
    case.add("", case.folder / "facts.toml")
