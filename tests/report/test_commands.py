"""``tocsin report`` and ``tocsin contain`` as scripts call them."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from tests.report.conftest import Reported
from tocsin.cli.app import app


def spoken(*words: str) -> dict[str, object]:
    result = CliRunner().invoke(app, list(words), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return dict(json.loads(result.output))


def test_report_tells_where_it_wrote(breach: Reported, tmp_path: Path) -> None:
    told = spoken("report", "--case", str(breach.folder.path), "--out", str(tmp_path), "--json")
    assert told == {
        "run": breach.run.id,
        "files": [str(tmp_path / f"tocsin-{breach.run.id}.{language}.html") for language in ("en", "fr")],
    }
    assert (tmp_path / f"tocsin-{breach.run.id}.fr.html").read_text("utf-8") == breach.pages["fr"]


def test_contain_speaks_json_and_writes_only_when_asked(breach: Reported, tmp_path: Path) -> None:
    told = spoken("contain", "--case", str(breach.folder.path), "--json")
    assert told["files"] == []
    assert set(told) == {"run", "accounts", "indicators", "withheld", "traces", "files"}
    told = spoken("contain", "--case", str(breach.folder.path), "--out", str(tmp_path / "out"), "--json")
    assert told["files"] == sorted(str(path) for path in (tmp_path / "out").rglob("*.*"))
