"""What goes wrong with the evidence of a world: which lines are lost, doubled or spoilt, and what is declared of it.

The truth never changes: it holds what was read, whether or not a line still says so.

>>> Losses.of(World(defects=("clock_skew",))).skew_seconds
{4: 127.0}
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tocsin.rehearsal.world import HOUR, Flags, Ints, World

NODES = ("a1", "a2", "a3", "b1", "b2")
FILES = 5
"""Rotated files of each node."""
A1, A2, A3, B1, B2 = range(5)
THROTTLE_EVENTS, THROTTLE_WINDOW, THROTTLE_SILENCE = 15, 5, 15
"""A throttled log writes at most so many lines of one account in so many minutes, then is silent for so many."""


@dataclass(frozen=True)
class Losses:
    names: tuple[str, ...]

    @classmethod
    def of(cls, world: World) -> Losses:
        return cls(world.chosen_defects)

    def __contains__(self, name: str) -> bool:
        return name in self.names

    @property
    def skew_seconds(self) -> dict[int, float]:
        """How far the clock of a node runs ahead."""
        return {B2: 127.0} if "clock_skew" in self else {}

    def lost_file(self, node: int, file_no: int) -> bool:
        return "missing_rotated_file" in self and (node, file_no) == (B1, 3)

    def cut_file(self, node: int, file_no: int) -> bool:
        return "truncated_gzip" in self and (node, file_no) == (A1, 4)

    def delivered_twice(self, node: int, file_no: int) -> bool:
        """Whether the end of this file and the start of the next came once more, in a file of their own."""
        return "duplicate_delivery" in self and (node, file_no) == (A1, 2)

    def kept(self, node: int, attack_from: int, attack_to: int) -> str:
        """SQL of the lines of a node that reached us."""
        span, tests = attack_to - attack_from, ["true"]
        if "missing_node_interval" in self and node == A2:
            start = attack_from + span // 4
            tests.append(f"not (asked_at between {start} and {start + 36 * HOUR})")
        if "retention" in self and node <= A3:
            tests.append(f"asked_at >= {attack_from + span // 8}")
        return " and ".join(tests)

    def written(self, node: int) -> str:
        """SQL of a line as it stands in the file: whole, cut, or followed by rubbish."""
        line = "line"
        if "cut_long_line" in self and node == A3:
            line = f"case when ask_id % 151 = 5 then left({line}, 310) else {line} end"
        if "garbage_lines" in self and node in (A2, B1):
            rubbish = "['', '%%%%%%%%', '{\"class_uid\":6003,', repeat(chr(0), 16), '--- log daemon restarted ---']"
            line = f"{line} || case when ask_id % 101 = 7 then chr(10) || {rubbish}[ask_id % 5 + 1] else '' end"
        return line + " || chr(10)"


def find_silences(losses: Losses, node: Ints, account: Ints, instant: Ints) -> Flags:
    """The requests that the throttled logs of portal-a kept silent about; sorted by node, then instant."""
    silent = np.zeros(len(node), dtype=bool)
    if "throttled" not in losses:
        return silent
    order = np.lexsort((np.arange(len(node)), account, node))
    order = order[node[order] <= A3]
    who, when = node[order] * 10_000_000 + account[order], instant[order]
    last = THROTTLE_EVENTS - 1
    full = (who[last:] == who[: len(who) - last]) & (when[last:] - when[: len(who) - last] < THROTTLE_WINDOW * 60_000)
    starts = np.flatnonzero(np.r_[True, who[1:] != who[:-1]])
    ends = np.r_[starts[1:], len(who)]
    busy = np.unique(np.searchsorted(starts, np.flatnonzero(full), side="right") - 1)
    for start, end in zip(starts[busy].tolist(), ends[busy].tolist(), strict=True):
        silent[order[start:end]] = _silences(when[start:end])
    return silent


def _silences(at: Ints) -> Flags:
    """Of one account on one node: which requests fall in a silence. One turn of the loop for each silence."""
    silent = np.zeros(len(at), dtype=bool)
    last, start = THROTTLE_EVENTS - 1, 0
    while start + last < len(at):
        full = np.flatnonzero(at[start + last :] - at[start : len(at) - last] < THROTTLE_WINDOW * 60_000)
        if not len(full):
            break
        stop = start + last + int(full[0])
        start = int(np.searchsorted(at, at[stop] + THROTTLE_SILENCE * 60_000, side="right"))
        silent[stop + 1 : start] = True
    return silent
