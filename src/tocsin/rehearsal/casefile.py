"""The case file of a world, as a person would write it, and the analyst's verdicts.

Long texts stand in ``texts/*.toml``; the tables that depend on the world are written here, one by one.
"""

from __future__ import annotations

import datetime as dt
from importlib import resources
from pathlib import Path
from string import Template

from tocsin.engine import Engine
from tocsin.rehearsal.attacks import Attack
from tocsin.rehearsal.contracts import TRANSFER_DAY
from tocsin.rehearsal.controllers import BUYER, LEFT_A, LEFT_B, MERGED, SELLER, SUCCESSOR, Controllers
from tocsin.rehearsal.defects import A3, NODES, THROTTLE_EVENTS, THROTTLE_SILENCE, THROTTLE_WINDOW, Losses
from tocsin.rehearsal.disclosure import ACTION_NAMES, DISCLOSURES
from tocsin.rehearsal.professionals import PROFESSIONS, Accounts
from tocsin.rehearsal.world import DAY, Calendar, World

RULE = "\n# " + "-" * 117 + "\n"
SIDES = "ab"
FIELDS_B = {
    "time": "horodatage", "account": "compte", "session_token": "session", "address": "ip", "user_agent": "agent",
    "action": "fonction", "outcome": "resultat", "status": "code", "bytes": "octets", "record_ids": "beneficiaire",
    "page": "page", "page_size": "taille", "returned": "lignes", "total": "total", "sequence_no": "seq",
    "request_id": "requete", "criteria.adherent": "adherent", "criteria.contrat": "contrat",
}  # fmt: skip
FIELDS_PARQUET = {
    "time": "time", "account": "account", "session_token": "session_token", "address": "address",
    "user_agent": "user_agent", "action": "action", "outcome": "outcome", "status": "status", "bytes": "bytes",
    "record_ids": "record_ids", "criteria": "criteria", "page": "page", "page_size": "page_size",
    "returned": "returned", "total": "total", "sequence_no": "seq", "request_id": "request_id",
}  # fmt: skip


def write_case(
    world: World, calendar: Calendar, cast: Controllers, attack: Attack, accounts: Accounts, losses: Losses,
    last_sequence: dict[str, int], path: Path,
) -> None:  # fmt: skip
    """Write ``case.toml``."""
    suffix = "parquet" if world.form == "parquet" else "csv"
    form = {"suffix": suffix, "format": suffix}
    title = {
        "bulk": "Two phished accounts, read in bulk", "shared": "A stolen list, shared by many phished accounts",
        "slow": "Thirty phished accounts, at an honest pace",
    }[world.attack]  # fmt: skip
    day = dt.datetime.fromtimestamp(attack.starts_at / 1000, dt.UTC).date()
    csv_b = '\nencoding  = "auto"    # the second file may not be written as the first\nseparator = ";"'
    parts = [
        _fill("head.toml", title=title, people=world.people, seed=world.seed, attack=world.attack, base_date=day,
              defects=", ".join(losses.names) or "none", occurred_from=calendar.write(calendar.start),
              occurred_to=calendar.write(calendar.end), count=len(cast.ids)),
        _parties(calendar, cast), _agreements(calendar, cast), _instructions(world, calendar, cast),
        _fill("registers.toml", **form, text_a="" if suffix == "parquet" else '\nseparator = ";"',
              text_b="" if suffix == "parquet" else csv_b,
              professionals="".join(
                  _fill("professionals.toml", side=side, as_of=calendar.write(calendar.end), **form) for side in SIDES
              )),
        _disclosures(calendar), _reaches(cast), _compromised(calendar, attack, accounts),
        _indicators(world, calendar, attack), _logs(world, losses, last_sequence),
    ]  # fmt: skip
    path.write_text("".join(parts), "utf-8")


def _fill(name: str, **values: object) -> str:
    text = resources.files("tocsin.rehearsal").joinpath("texts", name).read_text("utf-8")
    return Template(text).substitute(values)


def _section(title: str) -> str:
    return f"\n{RULE}# {title}{RULE}"


def _parties(calendar: Calendar, cast: Controllers) -> str:
    moved_on = (calendar.first - dt.timedelta(days=92)).isoformat()
    told = {
        MERGED: f'merged_into = "{cast.ids[SUCCESSOR]}"   # its members are written to by their insurer of today\n'
        f"merged_on   = {moved_on}\n",
        SELLER: f"# Part of its contracts went to {cast.names[BUYER]} on {calendar.day(TRANSFER_DAY)}.\n",
    }
    return "".join(
        f'\n[[party]]\nid    = "{cast.ids[n]}"\nname  = "{cast.names[n]}"\nkind  = "controller"\n'
        f'codes = ["{cast.codes[n]}"]\n{told.get(n, "")}'
        for n in range(len(cast.ids))
    )


def _agreements(calendar: Calendar, cast: Controllers) -> str:
    out = [_section("Processing agreements (GDPR 28(3)). Two had ended; their records were still hosted.").lstrip("\n")]
    ended = (calendar.first - dt.timedelta(days=2)).isoformat()
    for n, controller in enumerate(cast.ids):
        for side in (0, 1):
            if cast.served_by[n, side]:
                last = f"to         = {ended}\n" if n in (LEFT_A, LEFT_B) else ""
                out.append(
                    f'\n[[agreement]]\ncontroller = "{controller}"\nprocessor  = "op-{SIDES[side]}"\n'
                    f"from       = {2014 + n % 6}-01-01\n{last}"
                )
    return "\n" + "".join(out)


def _instructions(world: World, calendar: Calendar, cast: Controllers) -> str:
    if not world.instructions:
        return "\n# No controller instructed its operators to link people across controllers: the total is bounded.\n"
    given = (calendar.day(28)).isoformat()
    title = _section("Every controller instructed its operators, in writing, to link people across controllers.")
    return title + "".join(
        f'\n[[instruction]]\ncontroller = "{controller}"\nkind       = "link_across_controllers"\n'
        f'given_by   = "data protection officer"\ngiven_on   = {given}\nreference  = "letter {n + 1:03d}"\n'
        for n, controller in enumerate(cast.ids)
    )


def _disclosures(calendar: Calendar) -> str:
    out = [_section("Disclosure map: which answer shows which data. Each line was compared with the screen.")]
    tested = calendar.day(29).isoformat()
    for line in DISCLOSURES:
        categories = ", ".join(f'"{name}"' for name in line.categories)
        out.append(
            f'\n[[disclosure]]\nportal      = "portal-{SIDES[line.portal]}"\n'
            f'action      = "{ACTION_NAMES[line.portal][line.action]}"\n'
            + ('answer      = "membership"\n' if line.answer == "membership" else "")
            + f"categories  = [{categories}]\n"
            + (f"from        = {calendar.day(line.from_day)}\n" if line.from_day is not None else "")
            + (f"to          = {calendar.day(line.to_day)}\n" if line.to_day is not None else "")
            + f'declared_by = "operator {SIDES[line.portal]}"\ntested_by   = "response team"\ntested_on   = {tested}\n'
        )
    return "".join(out)


def _reaches(cast: Controllers) -> str:
    everywhere = ", ".join(f'"{kind.prefix}-*"' for kind in PROFESSIONS if not kind.in_network)
    network = ", ".join(f'"{kind.prefix}-*"' for kind in PROFESSIONS if kind.in_network)
    seen = ", ".join(f'"{name}"' for name, within in zip(cast.ids, cast.in_network.tolist(), strict=True) if within)
    out = [_section("Reach: opticians only see the insurers of their network, whatever they ask.")]
    out += [
        f'\n[[reach]]\nportal      = "portal-{side}"\naccounts    = [{names}]\ncontrollers = [{limit}]\n'
        for side in SIDES
        for names, limit in ((everywhere, '"*"'), (network, seen))
    ]
    return "".join(out)


def _compromised(calendar: Calendar, attack: Attack, accounts: Accounts) -> str:
    title = _section("Accounts whose password was phished, as their holders and the CSIRT established.")
    return title + "".join(
        f'\n[[compromised]]\nportal          = "portal-{SIDES[int(accounts.portal[n])]}"\n'
        f'account         = "{accounts.name[n]}"\n'
        f"last_known_good = {calendar.write(attack.known_good)}\nclosed_at       = {calendar.write(attack.closed_at)}\n"
        for n in attack.compromised.tolist()
    )


def _indicators(world: World, calendar: Calendar, attack: Attack) -> str:
    traits = [("address", "198.51.100.0/24", "CSIRT, proxy logs")] if world.attack == "slow" else [
        ("address", "203.0.113.0/24", "CSIRT, proxy logs"),
        ("user_agent", "python-requests/*", "CSIRT, first analysis"),
    ]  # fmt: skip
    since = calendar.write(attack.starts_at // DAY * DAY)
    return _section("Traits of the intruder, told by the CSIRT.") + "".join(
        f'\n[[indicator]]\nkind   = "{kind}"\nvalue  = "{value}"\nfrom   = {since}\nsource = "{source}"\n'
        for kind, value, source in traits
    )


def _logs(world: World, losses: Losses, last_sequence: dict[str, int]) -> str:
    out = [_section("Access logs, one for each node. Sequence numbers tell what is missing.")]
    for node, name in enumerate(NODES):
        side = SIDES[0 if node <= A3 else 1]
        out.append(_log(world, losses, node, name, side, last_sequence.get(name, 0)))
    return "".join(out)


def _log(world: World, losses: Losses, node: int, name: str, side: str, last: int) -> str:
    fields: dict[str, str] = {}
    if world.form == "parquet":
        suffix, form, fields = "parquet", 'format         = "parquet"\ntime_zone      = "UTC"\n', FIELDS_PARQUET
    elif side == "a":
        suffix, form = "ndjson.gz", 'format         = "ocsf"\n'
    else:
        suffix, fields = "csv.zst", FIELDS_B
        form = 'format         = "csv"\nseparator      = ";"\ntime_zone      = "Europe/Paris"\n'
    lines = [
        f'\n[[log]]\nid             = "{name}"\nportal         = "portal-{side}"\nnode           = "{name}"\n'
        f'files          = ["logs/portal-{side}/{name}-*.{suffix}"]\n{form}completeness   = "sequence"\n'
        f"sequence_first = 1\nsequence_last  = {last}\n"
    ]
    if node in losses.skew_seconds:
        lines.append(f"clock_offset_seconds = {losses.skew_seconds[node]}   # measured against the time server\n")
    if "throttled" in losses and side == "a":
        lines.append(
            f"throttle       = {{ events = {THROTTLE_EVENTS}, window_minutes = {THROTTLE_WINDOW},"
            f' silent_minutes = {THROTTLE_SILENCE}, per = "account" }}\n'
        )
    if fields:
        lines.append("[log.fields]\n")
        lines += [f'{_key(ours):17} = "{theirs}"\n' for ours, theirs in fields.items()]
    return "".join(lines)


def _key(name: str) -> str:
    return f'"{name}"' if "." in name else name


def write_verdicts(engine: Engine, path: Path) -> None:
    """Write the analyst's judgement: each session of the compromised accounts, hostile or honest."""
    rows = engine.rows(
        "select distinct portal_name(a.portal) as portal, a.account_name, session_token(a.portal, s.salt) as token,"
        " s.hostile from session_number as s join account_number as a using (account)"
        " where a.account in (select account from session_number where hostile) order by portal, a.account_name, token"
    )
    head = "# What the analyst judged of each session of the compromised accounts, with their holders.\n"
    path.write_text(head + "".join(
        f'\n[[verdict]]\nportal        = "{portal}"\naccount       = "{account}"\nsession_token = "{token}"\n'
        f'verdict       = "{"hostile" if hostile else "honest"}"\n'
        for portal, account, token, hostile in rows
    ), "utf-8")  # fmt: skip
