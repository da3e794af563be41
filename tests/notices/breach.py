"""One breach told in facts.toml, as tests of filings share it, and the commands that act on it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from tocsin.cli.app import app
from tocsin.cli.facts import moment
from tocsin.cli.situation import open_situations
from tocsin.errors import TocsinError
from tocsin.language import speaking
from tocsin.notices.filings.desk import Desk
from tocsin.notices.filings.ledger import read_filings
from tocsin.notices.notification.make import Phase

RUNNER = CliRunner(env={"TOCSIN_LANG": "en", "TOCSIN_BY": "B. Petit, DPO"})
AT = "2024-02-03T12:00:00+01:00"
KIND = "authority_notification"
FACTS = """
[breach]
title = "Lecture du portail des professionnels"
reference = "TP-A"
natures = ["confidentiality"]
is_attack = true
occurred_from = 2024-01-22T08:00:00+01:00
occurred_to = 2024-01-29T15:00:00+01:00
[[party]]
id = "operator"
name = "Opérateur TP"
role = "processor"
aware_at = 2024-01-29T15:00:00+01:00
attack_known_at = 2024-01-29T15:00:00+01:00
[[party]]
id = "phare"
name = "Mutuelle du Phare"
role = "controller"
[party.identity]
siren = "123456782"
address = "1 rue du Port, 29200 Brest"
sector = "Activités financières et d’assurance"
contact = { name = "A. Martin", function = "responsable de la sécurité", email = "a.martin@phare.example" }
dpo = { name = "B. Petit", email = "dpo@phare.example", reference = "DPO-00000" }
[every_controller]
informed_at = 2024-02-02T15:00:00+01:00
[circumstances]
recipients = "unknown"
is_malicious = true
[[group]]
id = "assures"
controller = "phare"
categories = ["name", "birth_date", "nir", "insurer"]
[[account]]
summary = "Des robots ont lu le portail avec des comptes hameçonnés."
discovered_how = "L’opérateur a vu dix fois plus de recherches que d’habitude."
origins = ["phishing", "unauthorised_access"]
causes = ["external_malicious"]
supports = ["server"]
[[measure]]
horizon = "immediate"
kind = "access_control"
what = "comptes fermés"
done_on = 2024-01-29
[[figure]]
controller = "phare"
upper = 33417
by = "la DPO"
on = 2024-02-03
ground = "taille du fichier"
"""


@dataclass(frozen=True)
class Breach:
    """A case folder that holds a facts.toml, and what is done with it."""

    folder: Path

    def write(self, facts: str = FACTS) -> Breach:
        (self.folder / "facts.toml").write_text(facts, "utf-8")
        return self

    def edit(self, before: str, after: str) -> Breach:
        text = (self.folder / "facts.toml").read_text("utf-8")
        assert before in text
        return self.write(text.replace(before, after))

    def said(self, *words: str) -> str:
        result = RUNNER.invoke(app, [*words, "--case", str(self.folder)])
        assert result.exit_code == 0, result.output + str(result.exception)
        return result.output

    def told(self, *words: str) -> Any:
        return json.loads(self.said(*words, "--json"))

    def refused(self, *words: str) -> TocsinError:
        result = RUNNER.invoke(app, [*words, "--case", str(self.folder)])
        assert isinstance(result.exception, TocsinError), result.output
        return result.exception

    def prepare(self, *words: str, at: str = AT, kind: str = KIND) -> list[dict[str, Any]]:
        drafts: list[dict[str, Any]] = self.told("file", "prepare", "--kind", kind, "--at", at, *words)["drafts"]
        return drafts

    def freeze(self, party: str = "phare", at: str = AT, kind: str = KIND) -> dict[str, Any]:
        words = ["--party", party, "--kind", kind, "--reason", "the risk is high", "--at", at]
        frozen: dict[str, Any] = self.told("file", "freeze", *words)
        return frozen

    def receive(self, party: str = "phare", at: str = "2024-02-03T13:00:00+01:00", **more: str) -> dict[str, Any]:
        options = [word for key, value in more.items() for word in (f"--{key.replace('_', '-')}", value)]
        words = ["--party", party, "--kind", KIND, "--received-at", at, *options]
        received: dict[str, Any] = self.told("file", "receipt", *words)
        return received

    def form(self, name: str = "cnil", place: str = "draft", party: str = "phare") -> dict[str, dict[str, Any]]:
        path = self.folder / "filings" / party / KIND / place / f"{name}.json"
        return {row["code"]: row for row in json.loads(path.read_text("utf-8"))["fields"]}

    def desk(self, at: str = AT, phase: Phase | None = None) -> Desk:
        with speaking("en"):
            return Desk(
                self.folder, open_situations(self.folder, None, moment(at))[0], read_filings(self.folder), phase
            )
