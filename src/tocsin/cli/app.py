"""The commands put together, and the one place where a refusal becomes words on the screen."""

from __future__ import annotations

import json
import os
import sys
from typing import Annotated

import typer

from tocsin import __version__
from tocsin.cli import case, compare, figures, people, rehearse, run, sessions, why
from tocsin.cli.screen import errors
from tocsin.errors import TocsinError
from tocsin.language import LANGUAGES, _, speak

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
app.command("people")(people.people)
app.command("why")(why.why)
app.command("compare")(compare.compare)
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
            raise TocsinError("unknown-language", f"{lang!r}?", remedy=f"--lang {' | '.join(LANGUAGES)}")
        speak(lang)


def main() -> None:
    """The entry point of the command line."""
    try:
        app()
    except TocsinError as error:
        if "--json" in sys.argv:
            typer.echo(json.dumps({"error": error.as_dict()}, ensure_ascii=False, indent=1))
        errors.print(str(error), highlight=False, markup=False, soft_wrap=True)
        sys.exit(1)
    except KeyboardInterrupt:
        errors.print(_("Stopped. Finished steps are kept: the same command resumes."), markup=False)
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
