"""Every kind of identifier: its own documentation runs, and python-stdnum agrees where it is right."""

import doctest
import importlib
import pkgutil
import random
import re
from datetime import date
from pathlib import Path

import pytest
from stdnum import iban as stdnum_iban
from stdnum import luhn as stdnum_luhn
from stdnum.fr import nir as stdnum_nir
from stdnum.fr import siren as stdnum_siren
from stdnum.fr import siret as stdnum_siret
from stdnum.iban import compact
from stdnum.iso7064 import mod_97_10

import tocsin.evidence.identifiers as package
from tocsin.engine import Engine
from tocsin.evidence.identifiers import birth_date, finess, iban, load_identifiers, nir, rpps, siren, siret

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "french_ids"
KINDS = sorted({m.name for m in pkgutil.iter_modules(package.__path__)} - {"shape"})


@pytest.fixture(scope="module")
def engine():
    with Engine(threads=1) as opened:
        load_identifiers(opened)
        yield opened


def test_the_quick_compact_form_is_the_form(engine):
    pick = random.Random(11)
    letters = [*"0123456789AB2 .-_/ab", *map(chr, (9, 10, 11, 13, 160, 8201, 8239, 65279)), "é", "ß"]
    values = [None, "", " ", ". ", *("".join(pick.choices(letters, k=pick.randrange(1, 16))) for _ in range(3000))]
    values += ["".join(pick.choices("0123456789AB ", k=15)) for _ in range(1000)]
    differ = "select list(t) from (select unnest(?::varchar[]) as t) where quick is distinct from slow"
    sql = differ.replace("quick", "identifier_compact_quickly(t)").replace("slow", "identifier_compact(t)")
    assert engine.value(sql, [values]) is None


@pytest.mark.parametrize("name", ["", ".shape", *("." + kind for kind in KINDS)])
def test_the_documentation_runs(name):
    failed, attempted = doctest.testmod(importlib.import_module(package.__name__ + name))
    assert (failed, attempted > 0) == (0, True)


@pytest.mark.parametrize("kind", KINDS)
def test_every_module_has_the_one_shape(kind):
    module = importlib.import_module(f"{package.__name__}.{kind}")
    described = getattr(module, kind.upper())
    assert described.name == kind
    assert module.classify == described.classify
    assert len(set(described.classes)) == len(described.classes)


@pytest.mark.parametrize("kind", KINDS)
def test_any_text_gets_one_of_the_classes(engine, kind):
    random_text = random.Random(kind)
    alphabet = "0123456789ABZ -./é'\"\n\x00"
    values = ["".join(random_text.choices(alphabet, k=random_text.randrange(20))) for _ in range(400)]
    values += ["".join(random_text.choices("0123456789", k=random_text.randrange(1, 36))) for _ in range(400)]
    values += [None, "", " ", "0", "9" * 40, "2A", "FR", "é", "\u00a0"]
    described = getattr(importlib.import_module(f"{package.__name__}.{kind}"), kind.upper())
    assert set(described.classify(engine, values)) <= set(described.classes)


def random_nirs(count):
    draw = random.Random(1)
    for _ in range(count):
        place = draw.choice(["2A", "2B", "99", "97", "20", f"{draw.randrange(1, 96):02d}"])
        month = draw.choice([*range(1, 13), *range(20, 43), *range(50, 100)])
        yield f"{draw.choice('12')}{draw.randrange(100):02d}{month:02d}{place}{draw.randrange(10**6):06d}"


def test_nir_keys_agree_with_stdnum(engine):
    numbers = [n for n in random_nirs(800) if n[1:7] != "555555"]
    keys = engine.rows("select nir_key(n) from (select unnest(?::varchar[]) as n, unnest(range(?)) as i) order by i",
                       [numbers, len(numbers)])  # fmt: skip
    assert [key for (key,) in keys] == [stdnum_nir.calc_check_digits(number) for number in numbers]
    right = [number + stdnum_nir.calc_check_digits(number) for number in numbers]
    assert set(nir.classify(engine, right)) == {"individual"}
    wrong = [n[:13] + f"{(int(n[13:]) + 1) % 98:02d}" for n in right]
    assert not any(stdnum_nir.is_valid(number) for number in wrong)
    assert set(nir.classify(engine, wrong)) == {"wrong_key"}


@pytest.mark.parametrize(
    ("number", "key", "expected"),
    [
        ("1800175123456", None, "individual"),
        ("1 80 01 75 123 456", "", "individual"),
        ("180012A123456", None, "individual"),
        ("180202A123456", None, "individual"),
        ("1805075123456", None, "individual"),
        ("1801375123456", None, "malformed"),
        ("1804375123456", None, "malformed"),
        ("1800075123456", None, "malformed"),
        ("9800175123456", None, "malformed"),
        ("180012C123456", None, "malformed"),
        ("180017512345", None, "malformed"),
        ("1.80018E+12", None, "malformed"),
        ("7800175123456", None, "provisional"),
        ("8800175123456", "99", "provisional"),
        ("5800199123456", None, "provisional_migrant"),
        ("5555551234567", None, "provisional_msa"),
        ("3800199123456", None, "waiting"),
        ("2555555911042", "74", "fictitious"),
        ("0000000000000", None, "missing"),
        (None, "12", "missing"),
        ("1800175123456", "XX", "wrong_key"),
    ],
)
def test_nir_classes(engine, number, key, expected):
    assert engine.value("select nir_class(?, ?)", [number, key]) == expected


def test_a_key_that_lost_its_zero_is_read(engine):
    number = next(n for n in random_nirs(5000) if stdnum_nir.calc_check_digits(n) < "10")
    key = stdnum_nir.calc_check_digits(number)
    assert engine.value("select nir_class(?, ?)", [number, key[1:]]) == "individual"


def test_corsican_letters_are_kept(engine):
    assert engine.value("select nir_number('2 53 07 2B 073 004 70')") == "253072B073004"
    assert engine.value("select nir_key('253072B073004') <> nir_key('2530720073004')")


@pytest.mark.parametrize(
    ("sex", "year", "month", "holder", "expected"),
    [
        ("1", 1980, 1, None, "own"),
        ("1", 1880, None, None, "own"),
        (None, None, None, None, "unknown"),
        ("2", 2012, 5, None, "shared"),
        ("1", 2012, 1, None, "shared"),
        ("2", 1980, 1, None, "contradicted"),
        ("1", 1980, 2, None, "contradicted"),
        (None, None, None, "1800175123456", "shared"),
        ("1", 1980, 1, "1800175123456", "own"),
    ],
)
def test_whose_nir_it_is(engine, sex, year, month, holder, expected):
    sql = "select nir_owner('1800175123456', ?::varchar, ?::varchar, ?::smallint, ?::smallint)"
    assert engine.value(sql, [holder, sex, year, month]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1980-01-01", (1980, 1, 1, "day")),
        ("01/01/1980", (1980, 1, 1, "day")),
        ("1/2/1980", (1980, 2, 1, "day")),
        ("19800102", (1980, 1, 2, "day")),
        ("02011980", (1980, 1, 2, "day")),
        ("1980-01-02 00:00:00", (1980, 1, 2, "day")),
        ("1980-01-02T00:00:00Z", (1980, 1, 2, "day")),
        ("29/02/2024", (2024, 2, 29, "day")),
        ("29/02/2023", (2023, 2, None, "lunar")),
        ("1980-00-00", (1980, None, None, "lunar")),
        ("00/00/1980", (1980, None, None, "lunar")),
        ("19801399", (1980, None, None, "lunar")),
        ("1980-05-00", (1980, 5, None, "lunar")),
        ("1980", (1980, None, None, "year")),
        ("1980-05", (1980, 5, None, "month")),
        ("05/1980", (1980, 5, None, "month")),
        ("1980-13", (1980, None, None, "lunar")),
        ("1er août 1980", (1980, 8, 1, "day")),
        ("12-JUL-1980", (1980, 7, 12, "day")),
        ("12 juillet 1980", (1980, 7, 12, "day")),
        ("12 juin 1980", (1980, 6, 12, "day")),
        ("1630-08-01", (1630, 8, 1, "day")),
        ("02/03/15", (None, None, None, "none")),
        ("150302", (None, None, None, "none")),
        ("0000-00-00", (None, None, None, "none")),
        ("99999999", (None, None, None, "none")),
        ("n/a", (None, None, None, "none")),
        ("", (None, None, None, "none")),
    ],
)
def test_birth_dates(engine, text, expected):
    parts = engine.value("select birth_date_read(?)", [text])
    assert (parts["year"], parts["month"], parts["day"], parts["precision"]) == expected


def test_every_month_has_its_names(engine):
    french = re.findall(r"\w+", "janvier février mars avril mai juin juillet août septembre octobre novembre décembre")
    english = [date(2024, month, 1).strftime("%B") for month in range(1, 13)]
    for names in (french, english, [name[:3] for name in english]):
        read = [engine.value("select birth_date_read(?)", [f"3 {name} 1980"])["month"] for name in names]
        assert read == list(range(1, 13))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2006-01-22", "no"), ("2006-01-23", "yes"), ("2004-02-29", "no"), ("2006", "unknown"), ("2007", "yes"),
        ("2005", "no"), ("2006-01", "unknown"), ("2006-02", "yes"), ("2006-00-00", "unknown"), ("2010-13-99", "yes"),
        ("?", "unknown"),
    ],
)  # fmt: skip
def test_minority_is_honest(engine, written, expected):
    parts = "p.year, p.month, p.day, p.precision"
    sql = f"select is_minor_on(date '2024-01-22', {parts}) from (select birth_date_read(?) as p)"
    assert engine.value(sql, [written]) == expected


def test_luhn_agrees_with_stdnum(engine):
    draw = random.Random(2)
    numbers = [str(draw.randrange(10**10, 10**11)) for _ in range(1000)]
    expected = ["rpps" if stdnum_luhn.is_valid(n) else "wrong_key" for n in numbers]
    assert rpps.classify(engine, numbers) == expected
    assert finess.classify(engine, ["750712184", "690781810", "130786049"]) == ["finess"] * 3


def shared_numbers(name):
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{path} is not on this machine")
    lines = re.findall(r"^\.\.\. (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return [line for line in lines if re.fullmatch(r"[A-Z0-9 .\-]+", line)]


def test_sirens_of_the_shared_examples(engine):
    numbers = shared_numbers("test_fr_siren.doctest")
    assert numbers
    assert all(stdnum_siren.is_valid(n) for n in numbers)
    assert set(siren.classify(engine, numbers)) == {"siren"}


def test_sirets_of_the_shared_examples(engine):
    numbers = [*shared_numbers("test_fr_siret.doctest"), "356 000 000 09075", "35600000000048", "35600000049838"]
    expected = [stdnum_siret.is_valid(n) for n in numbers]
    assert [c in ("siret", "la_poste") for c in siret.classify(engine, numbers)] == expected


def test_ibans_of_the_shared_examples(engine):
    numbers = shared_numbers("test_iban.doctest")
    assert len(numbers) > 50
    verdicts = dict(zip(numbers, iban.classify(engine, numbers), strict=True))
    for number, verdict in verdicts.items():
        if stdnum_iban.is_valid(number):
            assert verdict == ("iban_fr" if number.startswith("FR") else "iban_foreign"), number
        else:  # a length that is wrong for its country is not ours to know
            assert (verdict == "wrong_key") == (not mod_97_10.is_valid(compact(number)[4:] + compact(number)[:4])), (
                number
            )


def test_birth_date_keeps_first_of_january_as_written(engine):
    assert birth_date.classify(engine, ["01/01/1980", "31/12/1980"]) == ["day", "day"]
