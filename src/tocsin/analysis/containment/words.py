"""The words of containment: what to do with an account and why, what to preserve, who holds it.

>>> from tocsin.language import speaking
>>> with speaking("en"):
...     word_of_act("suspend")
'suspend, end its sessions, then re-enrol'
"""

from __future__ import annotations

from tocsin.analysis.causes import word_of_cause
from tocsin.language import _


def word_of_act(code: str) -> str:
    """What to do with an account."""
    return {
        "suspend": _("suspend, end its sessions, then re-enrol"), "re_enrol": _("re-enrol with a new credential"),
    }[code]  # fmt: skip


def word_of_reason(code: str) -> str:
    """Why an account stands where it stands."""
    return {
        "used_after_closing": _("used by a hostile or doubtful session after it was said closed"),
        "still_active": _("hostile sessions, and in use in the last 24 hours of the logs"),
        "hostile": _("hostile sessions"),
        "seen_after_closing": _("seen again since it was closed: make sure that its owner was re-enrolled"),
        "any_account": _("portal without log: any of its accounts may be held"),
        "declared": _("known to be held; no hostile session in the logs given"),
        "possible": _("possibly hostile sessions: a verdict is needed"),
        "closed": _("closed; its credential must not come back"),
    }[code]


def word_of_holder(code: str) -> str:
    """Who holds a trace."""
    return {
        "host": _("host of the portal"), "identity_provider": _("identity provider of the accounts"),
        "mail_provider": _("mail provider of the professionals"), "processor": _("processor"),
        "network_provider": _("provider of the addresses, through the police"),
    }[code]  # fmt: skip


def word_of_trace(code: str) -> str:
    """What must be preserved."""
    return {
        "access_log": _("access log of the node, its rotated files and backups"),
        "second_log": _("a second source: reverse proxy, load balancer, database audit"),
        "sign_in": _("sign-ins, password resets, second factors added"),
        "phishing_mail": _("phishing messages received, forwarding rules, sign-ins to the mailbox"),
        "register_history": _("backups and change journal of the register"),
        "screens": _("screens and answers of that version of the portal"),
        "subscriber": _("subscriber and traffic data of the addresses seen"),
    }[code]


def word_of_why(code: str) -> str:
    """What it is for; for the log of a gap, what lacks."""
    return {
        "second_source": _("to fill the gaps of the access log"),
        "how_taken": _("to know how and when the credential was taken"),
        "one_state": _("to replay queries on the register as it stood"),
        "map_untested": _("to test the disclosure map, without which nobody can be excluded"),
        "who_rented": _("to know who used them"),
    }.get(code) or word_of_cause(code)


def word_of_withheld(code: str) -> str:
    """Why a trait stays in the house."""
    return {
        "honest_use": _("honest sessions have it too"), "inside": _("an address of the inside"),
        "not_an_address": _("not an address"), "quotes_account": _("it quotes an account or an e-mail address"),
    }[code]  # fmt: skip
