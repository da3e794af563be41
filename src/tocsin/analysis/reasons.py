"""Why a session has its grade, in one sentence that a person can check: verdict, known traits, then what it did."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tocsin.language import _


def reason_of(row: Mapping[str, Any]) -> str:
    """The sentence of one session, from ``links``, ``verdict``, ``denied_by``, ``signals`` and the like."""
    if row["verdict"]:
        said = {"hostile": _("judged hostile"), "honest": _("judged honest"), "suspect": _("judged suspect")}
        return _("{verdict} by {who}").format(verdict=said[row["verdict"]], who=row["judged_by"])
    words = {"account": _("known account"), "network": _("hostile network"), "client": _("hostile client")}
    signals = row["signals"]
    by_signal = {item["kind"] for item in signals}
    told = [
        word for link, word in words.items()
        if link in row["links"] and (link not in by_signal or _is_known(link, row))
    ]  # fmt: skip
    if row["grade"] == "U":
        return _("the intruder held this account, and nothing else points at this session: possible until it is judged")
    denied = [_("not theirs, says {who}").format(who=row["denied_by"])] if row["denied_by"] else []
    return _("; ").join([*([" + ".join(told)] if told else []), *denied, *(sentence_of(item) for item in signals)])


def _is_known(link: str, row: Mapping[str, Any]) -> bool:
    """Whether somebody named this trait, beside the signals that show it."""
    return bool(row["indicators"]) or (link == "account" and bool(row["is_compromised"]))


def sentence_of(item: Mapping[str, Any]) -> str:
    """One signal in words; ``value`` is what was measured, ``threshold`` the bound that it passes."""
    sentences = {
        "dormant_awakened": _("the account had not been used for {value} days"),
        "enumeration": _("{value} % of its questions follow the order of a list (chance: 50, bound: {threshold})"),
        "more_people_than_before": _(
            "it asks about {value} people (bound drawn from the account's habit: {threshold})"
        ),
        "more_people_than_peers": _("it asks about {value} people (bound drawn from its profession: {threshold})"),
        "new_client": _("a browser or program that the account does not use"),
        "new_network": _("a network from which the account does not work"),
        "one_function": _("{value} % of its questions call one function (bound: {threshold})"),
        "pages_turned": _("{value} full or later pages, or exports (bound: {threshold})"),
        "people_never_met": _(
            "of the households read by such guests, their accounts know {value} (those of colleagues: about"
            " {threshold})"
        ),
        "reading_without_sequel": _(
            "of the households it reads, the account sees {value} at another time (by habit about {threshold})"
        ),
        "regular_gaps": _("the pace of a machine: its pauses vary by {value} (people: above {threshold})"),
        "round_the_clock": _("a day of {value} hours of work (bound: {threshold})"),
        "shared_network": _("{value} accounts are visited from this network, foreign to all of them"),
        "shared_tool": _("{value} accounts are visited with this program, which no account uses at home"),
        "spread_over_insurers": _("{value} people of insurers that the account never meets (bound: {threshold})"),
        "unknown_answers": _("{value} % of its questions have no answer (bound: {threshold})"),
        "work_sharing": _("{value} accounts share one list at the same time, and never read the same people"),
    }
    name, numbers = (
        str(item["signal"]),
        {key: f"{round(item[key], 1 if item[key] >= 10 else 2):g}" for key in ("value", "threshold")},
    )
    return sentences.get(name, name + " {value} > {threshold}").format(**numbers)
