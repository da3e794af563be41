"""What is wrong with a person's judgement, or with the file that keeps it."""

from __future__ import annotations

from tests.faults.base import BaseCase
from tests.faults.table import already_run, play, refused, told

VERDICTS = '[[verdict]]\naccount = "pharma-42"\nsession_token = "night-7"\nverdict = "hostile"\n'
FROM_FILE = "sessions verdict hostile --reason seen --file {case}/verdicts.toml --case {case}"


def judge(case: BaseCase) -> None:
    """Two verdicts on record."""
    play(case, "sessions verdict hostile --token night-7 --reason seen")
    play(case, "sessions verdict honest --token day-2 --reason asked")


def give(case: BaseCase, old: str, new: str) -> None:
    """A file of verdicts, damaged."""
    (case.folder / "verdicts.toml").write_text(VERDICTS.replace(old, new), "utf-8")


@refused("decisions", "chain-broken", where="decisions.jsonl:1", says="changed after it was written")
def decision_edited(case: BaseCase) -> None:
    """A recorded decision was edited by hand."""
    judge(case)
    case.replace("hostile", "honest", case.folder / "decisions.jsonl")


@refused("decisions", "chain-broken", where="decisions.jsonl:1", says="removed, added or changed")
def decision_removed(case: BaseCase) -> None:
    """A recorded decision was removed."""
    judge(case)
    path = case.folder / "decisions.jsonl"
    path.write_text(path.read_text("utf-8").splitlines(keepends=True)[1], "utf-8")


@refused("decisions", "chain-broken", where="decisions.jsonl:3", says="not an entry")
def decision_cut(case: BaseCase) -> None:
    """The last decision was cut."""
    judge(case)
    case.add('{"n": 3, "at"', case.folder / "decisions.jsonl")


@refused("decisions", "bad-verdict-file", where="verdicts.toml", says="cannot be read as TOML", command=FROM_FILE)
def verdicts_not_toml(case: BaseCase) -> None:
    """A file of verdicts is not TOML."""
    give(case, "verdict = ", "verdict : ")


@refused("decisions", "bad-verdict-file", where="verdicts.toml: [[verdict]] 1", says="sesion_token", command=FROM_FILE)
def verdict_with_unknown_key(case: BaseCase) -> None:
    """A verdict holds a misspelt key."""
    give(case, "session_token", "sesion_token")


@refused("decisions", "bad-verdict-file", where="verdicts.toml: [[verdict]] 1", says="no session", command=FROM_FILE)
def verdict_on_nobody(case: BaseCase) -> None:
    """A verdict of a file names no session."""
    give(case, 'account = "pharma-42"\nsession_token = "night-7"\n', "")


@refused("decisions", "bad-verdict-file", where="verdicts.toml: [[verdict]] 1", says="offset", command=FROM_FILE)
def verdict_with_bad_instant(case: BaseCase) -> None:
    """A verdict of a file starts at a time without offset."""
    give(case, "verdict = ", 'from = "31 mars"\nverdict = ')


@refused("decisions", "decision-without-reason", says="its author and its reason",
         command="sessions verdict hostile --token night-7 --reason= --case {case}")  # fmt: skip
def verdict_without_reason(case: BaseCase) -> None:
    """A verdict is given without a reason."""


@refused("decisions", "decision-unknown", says="'guilty' is not a decision",
         command="sessions verdict guilty --token night-7 --reason seen")  # fmt: skip
def unknown_verdict(case: BaseCase) -> None:
    """A verdict is not one of the three."""


@refused("decisions", "unknown-session", says="'s-99'", command="sessions verdict hostile --session s-99 --reason seen")
def unknown_session(case: BaseCase) -> None:
    """A verdict names a session that the run does not know."""
    already_run(case)


@refused("decisions", "verdict-on-everything", says="which sessions?",
         command="sessions verdict hostile --portal pro --reason seen")  # fmt: skip
def verdict_on_a_whole_portal(case: BaseCase) -> None:
    """A verdict would judge a whole portal."""


@refused("decisions", "bad-instant", says="'31-mars' is not an instant",
         command="sessions verdict hostile --account pharma-42 --from 31-mars --reason seen")  # fmt: skip
def bad_instant(case: BaseCase) -> None:
    """A verdict starts at something that is not an instant."""


@told("decisions", "idle-verdict", where="decisions.jsonl:1", says="night-8")
def idle_verdict(case: BaseCase) -> None:
    """A recorded verdict fits no session."""
    play(case, "sessions verdict hostile --token night-8 --reason seen")
