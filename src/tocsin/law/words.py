"""The names of duties, addressees and states, in the language of the reader.

>>> from tocsin.language import speaking
>>> with speaking("en"):
...     addressee_name("people"), addressee_name("CNIL")
('the people concerned', 'CNIL')
"""

from __future__ import annotations

from datetime import date

from tocsin.language import _
from tocsin.law.duty import Duty


def grouped(value: int) -> str:
    """A number in groups of three, as both languages read it.

    >>> grouped(1500000).split("\u202f")
    ['1', '500', '000']
    """
    return f"{value:,}".replace(",", "\u202f")


def kind_name(kind: str) -> str:
    """A duty in two or three words."""
    return {
        "controller_notification": _("notice to the controller"),
        "contract_notice": _("notice under the contract"),
        "authority_notification": _("notification to the authority"),
        "supplementary_notification": _("supplementary notification"),
        "simulated_notification": _("notification, simulated"),
        "breach_record": _("record of the breach"),
        "communication": _("communication to the people"),
        "public_communication": _("public communication"),
        "police_complaint": _("police complaint"),
        "insurer_notice": _("notice to the insurer"),
        "formal_notice": _("answer to the formal notice"),
        "dora_initial": _("DORA: initial notification"),
        "dora_intermediate": _("DORA: intermediate report"),
        "dora_final": _("DORA: final report"),
        "dora_clients": _("DORA: information of clients"),
        "nis1_incident": _("NIS 1: report of the incident"),
        "nis2_early_warning": _("NIS 2: early warning"),
        "nis2_notification": _("NIS 2: notification"),
        "nis2_final": _("NIS 2: final report"),
        "health_incident": _("health: report of the incident"),
    }[kind]


def addressee_name(to: str) -> str:
    """Who the duty is owed to: a party or an authority by its name, else in words."""
    return {
        "people": _("the people concerned"), "public": _("the public"), "record": _("its own records"),
        "prosecutor": _("police or prosecutor"), "clients": _("its clients"),
        "single_entry_point": _("single entry point"),
    }.get(to, to)  # fmt: skip


def state_name(state: str) -> str:
    """Where a duty stands."""
    return {
        "open": _("to do"), "overdue": _("overdue"), "to_decide": _("to decide"), "waiting": _("not started"),
        "sent": _("sent, receipt awaited"), "closed": _("closed, receipt kept"), "closed_late": _("closed late"),
        "not_owed": _("not owed, as decided"),
    }[state]  # fmt: skip


def standing_name(duty: Duty) -> str:
    """What is known of the text on the day of the facts; nothing when it was in force and checked."""
    return {
        "in_force": "",
        "unknown_since": _("state of the text not known since {day}").format(day=duty.basis.known_to),
        "not_transposed": _("not transposed on {day}, to be prepared").format(day=duty.basis.known_to),
        "proposed": _("a proposal, not law"),
    }[duty.standing]


def sure_name(sure: str) -> str:
    """How sure the encoding of a text is."""
    return {
        "source": _("text read"), "secondary": _("read in another's account"),
        "memory": _("from memory, to be checked"),
    }[sure]  # fmt: skip


def checked_name(duty: Duty) -> str:
    """How sure, and since when."""
    day: date = duty.basis.checked_on
    return _("{sure}, {day}").format(sure=sure_name(duty.basis.sure), day=day)
