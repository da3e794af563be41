"""The questions that only a person can settle: are these two records one human being?

The most useful question comes first: people affected times uncertainty. Two people who were both read change the
figures of the breach by one, two of whom one was read only say whom the letter reaches; and an answer that is already
nearly known teaches little. A drawn sample, asked in the order of a digest, tells how many people the working figure
counts twice.

>>> wilson(0, 0), [round(bound, 3) for bound in wilson(5, 10)]
((0.0, 1.0), [0.237, 0.763])
"""

from __future__ import annotations

import hashlib
import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from tocsin.analysis.run import Run
from tocsin.evidence.decisions import Decision

STRATA = (0.0, 0.2, 0.5, 0.8, 0.95, 1.000001)
"""Bounds of probability between which pairs are taken as alike when a sample speaks for all."""
Z = 1.96
"""Two-sided 95 %."""
FIELDS = (
    "surname", "birth_surname", "first_name", "birth_date", "sex", "birth_rank", "own_number", "shared_number",
    "contract", "rpps", "adeli", "establishment",
)  # fmt: skip
NUMBERS = ("own_number", "shared_number", "contract", "rpps", "adeli", "establishment")
"""Fields that are masked unless asked for."""
NOT_PLAIN = {
    "birth_date": ("birth", {"same": "same", "default": "cannot say", "compatible": "cannot say"}),
    "first_name": ("first_name", {"same": "same", "begun": "cannot say"}),
    "surname": ("surname", {"same": "same", "part": "cannot say", "birth": "cannot say"}),
}
"""Fields whose values may differ without saying that two records are two people; by the words of ``compare.sql``."""


@dataclass(frozen=True)
class Question:
    """Two records that may be one human being."""

    register: str
    record_id: str
    other_register: str
    other_record_id: str
    scope: str
    population: str
    people: int
    probability: float
    refused: str | None
    fields: tuple[tuple[str, str | None, str | None, str], ...]
    """Field, what each record says, and ``same``, ``different`` or ``cannot say``."""
    answer: str | None = None
    by: str | None = None
    sampled: bool = False

    @property
    def usefulness(self) -> float:
        """People affected times uncertainty: 1 at even odds, 0 when nearly known."""
        return self.people * (1 - abs(2 * self.probability - 1))

    @property
    def subject(self) -> dict[str, str]:
        """What a decision on this question is about."""
        return {
            "register": self.register, "record_id": self.record_id,
            "other_register": self.other_register, "other_record_id": self.other_record_id,
        }  # fmt: skip

    @property
    def draw(self) -> str:
        """The place of this question in a sample: as good as random, and the same for everybody."""
        return hashlib.sha256("|".join(self.subject.values()).encode()).hexdigest()


@dataclass(frozen=True)
class Stratum:
    """Pairs of like probability, of which both were read."""

    low: float
    high: float
    pairs: int
    settled: int
    """Answered by a person, however asked."""
    sampled: int
    same: int
    """Of those sampled, said to be one human being."""
    expected: float
    """Pairs not settled that the model holds to be one human being."""

    @property
    def bounds(self) -> tuple[float, float]:
        """Pairs not settled that are one human being: Wilson's interval on the sample; without sample, none to all."""
        low, high = wilson(self.same, self.sampled)
        return low * (self.pairs - self.settled), high * (self.pairs - self.settled)

    @property
    def estimate(self) -> float:
        return (self.same / self.sampled) * (self.pairs - self.settled) if self.sampled else self.expected


def wilson(same: int, asked: int) -> tuple[float, float]:
    """Wilson's interval at 95 % for a share of ``asked`` answers; everything is possible when nobody was asked."""
    if asked == 0:
        return 0.0, 1.0
    share = same / asked
    middle = share + Z * Z / (2 * asked)
    half = Z * math.sqrt(share * (1 - share) / asked + Z * Z / (4 * asked * asked))
    low, high = (middle - half) / (1 + Z * Z / asked), (middle + half) / (1 + Z * Z / asked)
    return (0.0 if same == 0 else max(0.0, low)), (1.0 if same == asked else min(1.0, high))


def questions_of(run: Run, decisions: Sequence[Decision], *, sample: bool = False) -> list[Question]:
    """All questions of a run with the answers in force: open ones first, the most useful before; or in sample order."""
    answers = {tuple(sorted(_ends(item.subject))): item for item in decisions if item.kind == "merge"}
    with duckdb.connect() as connection:
        result = connection.execute(
            "select * from read_parquet(?) order by node, other", [str(run.table("doubtful_pair"))]
        )
        names = [column[0] for column in result.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    asked = [_question(row, answers) for row in rows]
    if sample:
        return sorted(asked, key=lambda item: (item.answer is not None, item.people < 2, item.draw))
    return sorted(asked, key=lambda item: (item.answer is not None, -item.usefulness, item.draw))


def strata_of(questions: Sequence[Question]) -> list[Stratum]:
    """What the answers say of the pairs of which both people were read."""
    both = [item for item in questions if item.people == 2]
    told = []
    for low, high in itertools.pairwise(STRATA):
        mine = [item for item in both if low <= item.probability < high]
        settled = [item for item in mine if item.answer in ("same", "different")]
        sampled = [item for item in settled if item.sampled]
        if mine:
            told.append(Stratum(
                low, min(high, 1.0), len(mine), len(settled), len(sampled),
                sum(item.answer == "same" for item in sampled),
                sum(item.probability for item in mine if item not in settled),
            ))  # fmt: skip
    return told


def counted_twice(strata: Sequence[Stratum]) -> tuple[float, float, float]:
    """(low, estimate, high): people of the working figure who are counted twice, by the strata put together."""
    return (
        sum(item.bounds[0] for item in strata), sum(item.estimate for item in strata),
        sum(item.bounds[1] for item in strata),
    )  # fmt: skip


def masked(value: str | None) -> str | None:
    """All but the last two characters hidden.

    >>> masked("1800275123456"), masked(None)
    ('•••••••••••56', None)
    """
    return None if value is None else "•" * max(0, len(value) - 2) + value[-2:]


def _ends(subject: Any) -> tuple[tuple[str, str], tuple[str, str]]:
    return (
        (str(subject.get("register")), str(subject.get("record_id"))),
        (str(subject.get("other_register")), str(subject.get("other_record_id"))),
    )


def _question(row: dict[str, Any], answers: dict[tuple[tuple[str, str], ...], Decision]) -> Question:
    one, another = row["one"], row["another"]
    said = {name: words.get(row[column] or "", "different") for name, (column, words) in NOT_PLAIN.items()}
    fields = []
    for name in FIELDS:
        mine, theirs = one[name], another[name]
        if mine is None and theirs is None:
            continue
        agreement = "same" if mine == theirs else said.get(name, "different")
        fields.append((name, mine, theirs, "cannot say" if mine is None or theirs is None else agreement))
    question = Question(
        row["register"], row["record_id"], row["other_register"], row["other_record_id"], row["scope"],
        row["population"], row["people"], row["probability"], row["refused"], tuple(fields),
    )  # fmt: skip
    decision = answers.get(tuple(sorted(_ends(question.subject))))
    if decision is None:
        return question
    answer, sampled = decision.content.get("answer"), decision.content.get("asked") == "sample"
    return Question(**{**vars(question), "answer": answer, "by": decision.who, "sampled": sampled})
