"""NIR: number of the French register of natural persons, shown as the social-security number.

Thirteen characters and a key of two: sex (1), year (2), month (2), place of birth (5), order (3). Nobody's century
is in it. Sources:

- structure: decree 82-103 of 22 January 1982, xml.insee.fr/schema/nir.html; it changes with the civil status (art. 6)
- key = 97 - (number mod 97), 2A read as 19 and 2B as 18: SESAM-Vitale invoicing specification, RG_BS603. The letters
  are kept: 2A and 19 are two places
- months 20-30, 31-42 and 50-99 stand for incomplete civil records: never check for 1-12
- place: 99 + country for births abroad, 97 and 98 overseas, 91-96 also Algeria, Morocco and Tunisia before independence
- first digit 7 or 8: provisional; 5 or 6: provisional migrant; ``555555...``: provisional of the MSA
- ``2555555CCC042`` (and 030, 041): the number that pharmacies put in place of a minor's for anonymous contraception
  (lepharmaciendefrance.fr/node/6220). It is nobody: never link on it, never write to it
- first digit 3 or 4: registration under way. A waiting number (NIA) is also built like a NIR
  (formation-net-entreprises.fr), and its form alone does not betray it then

The NIR on a third-party-payment screen is often the policyholder's, shared by the children (``nir_owner``):

>>> from tocsin.engine import Engine
>>> from tocsin.evidence.identifiers import load_identifiers
>>> with Engine(threads=1) as engine:
...     load_identifiers(engine)
...     classify(engine, ["2 53 07 2B 073 004 70", "253072B073004", "253072B07300471"])
...     classify(engine, ["2555555911042 74", "7530733073004"])
...     engine.value("select nir_owner('2530733073004', null, '2', 1953, 7)")
...     engine.value("select nir_owner('2530733073004', null, '1', 2015, 3)")
['individual', 'individual', 'wrong_key']
['fictitious', 'provisional']
'own'
'shared'
"""

from __future__ import annotations

from tocsin.evidence.identifiers.shape import Identifier

NIR = Identifier(
    name="nir",
    macro="nir_class_without_key",
    classes=(
        "individual", "provisional", "provisional_migrant", "provisional_msa", "fictitious", "waiting", "wrong_key",
        "malformed", "missing",
    ),
)  # fmt: skip
CLASSES_OF_RECORD = (*NIR.classes, "policyholder_shared", "inconsistent")
"""With what the rest of the record adds: somebody else's number; a sex or month that contradicts it."""
classify = NIR.classify
