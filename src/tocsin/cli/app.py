"""The commands put together, and the one place where a refusal becomes words on the screen."""

from __future__ import annotations

import json
import os
import sys
from typing import Annotated, NoReturn

import typer

from tocsin import __version__
from tocsin.cli import (
    case,
    check,
    compare,
    contain,
    duties,
    figures,
    file,
    people,
    register,
    rehearse,
    report,
    run,
    sessions,
    severity,
    why,
)
from tocsin.cli.screen import errors
from tocsin.errors import TocsinError
from tocsin.language import LANGUAGES, _, speak

STOPPED = 130
"""The exit code of a command stopped by Ctrl-C."""

app = typer.Typer(
    name="tocsin",
    help="From the evidence of an intrusion to everyone who must be told, with proof.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("init")(case.init)
app.command("seal")(case.seal)
app.command("run")(run.run)
app.add_typer(sessions.app, name="sessions")
app.command("figures")(figures.figures)
app.add_typer(people.app, name="people")
app.command("why")(why.why)
app.command("compare")(compare.compare)
app.command("check")(check.check)
app.command("contain")(contain.contain)
app.command("report")(report.report)
app.command("severity")(severity.severity)
app.command("duties")(duties.duties)
app.add_typer(file.app, name="file")
app.add_typer(register.app, name="register")
app.command("rehearse")(rehearse.rehearse)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"tocsin {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    lang: Annotated[str | None, typer.Option(help="fr or en; else TOCSIN_LANG, else the locale")] = None,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True)] = False,  # noqa: ARG001 - read by its callback
) -> None:
    if lang is not None:
        if lang not in LANGUAGES:
            raise TocsinError(
                "unknown-language", _("{given!r} is not a language that is spoken here").format(given=lang),
                remedy=_("use one of {words}").format(words=", ".join(LANGUAGES)),
            )  # fmt: skip
        speak(lang)


def main() -> None:
    """The entry point of the command line."""
    try:
        app()
    except TocsinError as error:
        _refuse(error)
    except SystemExit as end:
        if end.code == STOPPED:
            errors.print(_("Stopped. Finished steps are kept: the same command resumes."), markup=False)
        raise
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        _refuse(TocsinError(
            "system-refuses", _("the system refuses to read or write here ({error})").format(error=error.strerror),
            where=str(error.filename or ""), why=_("what this command should have written may be missing"),
            remedy=_("check that the folder exists, is yours and has free space, then give the same command again"),
        ))  # fmt: skip
    except Exception as error:
        if "Query interrupted" in str(error):  # Ctrl-C, as the engine says it
            errors.print(_("Stopped. Finished steps are kept: the same command resumes."), markup=False)
            sys.exit(STOPPED)
        if os.environ.get("TOCSIN_TRACE"):
            raise
        told = (str(error).splitlines() or [""])[0][:300]
        _refuse(TocsinError(
            "not-foreseen", _("this was not foreseen ({kind}: {told})").format(kind=type(error).__name__, told=told),
            why=_("it is a fault of Tocsin; nothing was written over what you had"),
            remedy=_("set TOCSIN_TRACE=1, give the command again, and send what it prints, without names of people, to"
                     " those who maintain Tocsin"),
        ))  # fmt: skip


def _refuse(error: TocsinError) -> NoReturn:
    if "--json" in sys.argv:
        typer.echo(json.dumps({"error": error.as_dict()}, ensure_ascii=False, indent=1))
    errors.print(str(error), highlight=False, markup=False, soft_wrap=True)
    sys.exit(1)
