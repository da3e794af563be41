"""The words of what lacks, where a read cannot be excluded (docs/method.md, 4); a cause without words is shown as is.

>>> from tocsin.language import speaking
>>> with speaking("en"):
...     word_of_cause("no_log")
'no log'
"""

from __future__ import annotations

from tocsin.language import _


def word_of_cause(code: str) -> str:
    """One cause of a gap, or of a possible exposure."""
    words = {
        "no_log": _("no log"),
        "log_starts_late": _("the logs start after the account was held"),
        "log_ends_early": _("the logs end before the account was closed"),
        "no_line": _("the log holds no line"),
        "no_proof": _("nothing proves the log whole"),
        "sequence_hole": _("numbers of the sequence are missing"),
        "before_first_line": _("the start of the log is missing"),
        "after_last_line": _("the end of the log is missing"),
        "restart": _("the numbering starts again"),
        "lines_without_number": _("lines without number"),
        "numbers_repeated": _("repeated numbers"),
        "no_heartbeat": _("silence of the log"),
        "fewer_than_compared": _("fewer lines than the log it is compared with"),
        "outside_compared": _("nothing to compare with"),
        "cut_file": _("a file cut before its end"),
        "rejected_line": _("unreadable lines"),
        "ceiling": _("the log keeps silent above a ceiling"),
        "disclosure_map_untested": _("the disclosure map was not tested"),
        "undescribed_action": _("an action that the disclosure map does not describe"),
        "replay_unchecked": _("a replay without any count to check it"),
        "replay_uncertain_state": _("the answer changed within the doubt on the clock"),
        "replay_unknown_criterion": _("a search criterion that nobody described"),
        "replay_contradicted": _("a replay that the counts contradict"),
        "tie_across_pages": _("a tie at the edge of a page"),
        "change_of_holder": _("a read too close to a change of controller"),
        "possible_attribution": _("a session that may not be the intruder's"),
    }
    return words.get(code, code)
