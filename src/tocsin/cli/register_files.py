"""``tocsin register import`` and ``export``: a register that arrives, or that leaves, one party at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

import typer

from tocsin.cli.screen import HERE, ByOption, JsonOption, author, errors, print_json, screen
from tocsin.errors import TocsinError
from tocsin.language import _
from tocsin.notices.breach_register.files import read_file, write_file, write_private
from tocsin.notices.breach_register.keep import Kept, kept_records, record_breaches, with_names
from tocsin.notices.breach_register.page import page_of
from tocsin.notices.breach_register.persons import persons_of
from tocsin.notices.breach_register.table import Rejected
from tocsin.notices.typeset import typeset

SHOWN = 20


def import_register(
    file: Annotated[Path, typer.Argument(help="a .csv, .xlsx, .json or .toml file")],
    register: Annotated[Path, typer.Option("--register", help="the folder of the register; else this one")] = HERE,
    party: Annotated[str | None, typer.Option("--party", help="the party, when the file names none")] = None,
    party_name: Annotated[str | None, typer.Option("--party-name", help="its name, when the file gives none")] = None,
    encoding: Annotated[str | None, typer.Option(help="of a CSV file; else it is found")] = None,
    separator: Annotated[str | None, typer.Option(help="of a CSV file; else it is found")] = None,
    keep_valid: Annotated[
        bool, typer.Option("--keep-valid", help="keep the good rows when others are rejected")
    ] = False,
    by: ByOption = None,
    reason: Annotated[str, typer.Option("--reason", help="why it is imported")] = "",
    json: JsonOption = False,
) -> None:
    """Read a register, or the open data of the CNIL. Rows read = kept + rejected, each with its place and reason."""
    given = {key: value for key, value in (("party", party), ("party_name", party_name)) if value}
    reading = read_file(file, given, encoding=encoding, separator=separator)
    _tell_rejected(reading.rejected)
    if reading.rejected and not keep_valid:
        raise TocsinError(
            "register-rows-rejected",
            _("{rejected} of {read} rows cannot be kept; nothing was written").format(
                rejected=len(reading.rejected), read=reading.read
            ),
            where=reading.rejected[0].where, why=_("a register with holes would look whole"),
            remedy=_("correct these rows, or import the others with --keep-valid"),
        )  # fmt: skip
    kept = record_breaches(
        register, reading.records, by=author(by), reason=reason or _("imported from {file}").format(file=file.name)
    )
    tell_kept(kept, len(reading.records), json, reading.rejected)


def export_register(
    out: Annotated[Path, typer.Argument(help="a .csv, .xlsx, .json or .jsonld file")],
    register: Annotated[Path, typer.Option("--register", help="the folder of the register; else this one")] = HERE,
    party: Annotated[str | None, typer.Option("--party", help="the party whose register leaves")] = None,
    everyone: Annotated[bool, typer.Option("--everyone", help="the breaches of every party in one file")] = False,
    form: Annotated[str | None, typer.Option("--as", help="csv, xlsx, json, dpv or veris; else by the name")] = None,
    references: Annotated[bool, typer.Option("--references", help="references of persons instead of names")] = False,
    json: JsonOption = False,
) -> None:
    """Write the register of one party: it holds the breaches of that party, and of nobody else."""
    kept = kept_records(register, party)
    parties = sorted({item.record.party for item in kept})
    if not kept:
        raise TocsinError(
            "nothing-to-export", _("no breach of this party is kept here"), where=str(register),
            remedy=_("write the id of a party that `tocsin register` prints, and the folder with --register"),
        )  # fmt: skip
    if len(parties) > 1 and not everyone:
        raise TocsinError(
            "export-of-whom", _("this register holds breaches of {count} parties").format(count=len(parties)),
            why=_("what one controller documents is not for another to read"),
            remedy=_("choose with --party: {names}; or --everyone").format(names=", ".join(parties)),
        )  # fmt: skip
    records = with_names([item.record for item in kept], {} if references else persons_of(register))
    if out.suffix.lower() == ".pdf" and form is None:
        named = [replace(item, record=record) for item, record in zip(kept, records, strict=True)]
        names = ", ".join(dict.fromkeys(record.party_name for record in records))
        write_private(out, typeset(page_of(named, names)))
    else:
        write_file(out, records, form)
    if json:
        print_json({"file": str(out), "records": len(records), "parties": parties})
    else:
        told = _("{count} records written to {path}.").format(count=len(records), path=out)
        screen.print(told, markup=False, soft_wrap=True)


def tell_kept(kept: Sequence[Kept], read: int, json: bool, rejected: Sequence[Rejected] = ()) -> None:
    """What was kept, what changed, what was the same already."""
    fresh = [item for item in kept if not item.changed]
    changed = [item for item in kept if item.changed]
    if json:
        print_json(
            {
                "read": read + len(rejected), "new": len(fresh), "changed": len(changed),
                "unchanged": read - len(kept),
                "rejected": [{"where": one.where, "reason": one.reason} for one in rejected],
                "changes": [
                    {"party": item.record.party, "breach": item.record.breach, **asdict(one)}
                    for item in changed for one in item.changed
                ],
            }
        )  # fmt: skip
        return
    told = _("{read} read: {new} new, {changed} changed, {unchanged} as kept already, {rejected} rejected.")
    screen.print(
        told.format(
            read=read + len(rejected), new=len(fresh), changed=len(changed), unchanged=read - len(kept),
            rejected=len(rejected),
        ),
        markup=False, soft_wrap=True,
    )  # fmt: skip
    for item in changed[:SHOWN]:
        for one in item.changed:
            screen.print(
                f"  {item.record.party}/{item.record.breach}: {one.what}: {one.before or '?'} -> {one.after or '?'}",
                markup=False, soft_wrap=True, highlight=False,
            )  # fmt: skip


def _tell_rejected(rejected: Sequence[Rejected]) -> None:
    for item in rejected[:SHOWN]:
        errors.print(f"{item.where}: {item.reason}", markup=False, soft_wrap=True, highlight=False)
    if len(rejected) > SHOWN:
        errors.print(_("and {count} more").format(count=len(rejected) - SHOWN), markup=False)
