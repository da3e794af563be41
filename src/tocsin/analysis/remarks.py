"""What a person must know of the evidence before trusting a figure: nothing is lost without being told.

Each remark has a code, the first place where it shows, a count, and an example. Its words, and what to do, are those of
:mod:`tocsin.analysis.remedies`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tocsin.evidence.case import CaseFolder

if TYPE_CHECKING:
    from tocsin.analysis.pipeline import Findings


def remarks_of(folder: CaseFolder, findings: Findings) -> list[dict[str, Any]]:
    """The remarks of a run: those of the files first, then those that a step found (``steps/remark.sql``)."""
    told = [*_of_missing_files(folder, findings), *_of_logs(findings), *_of_registers(findings)]
    rows = findings.bench.engine.rows("select code, place, how_many, detail from remark order by code, place")
    return told + [_remark(*row) for row in rows]


def _remark(code: str, place: str, count: int, detail: str | None = None) -> dict[str, Any]:
    return {"code": code, "place": place, "count": count, "detail": detail or ""}


def _of_missing_files(folder: CaseFolder, findings: Findings) -> list[dict[str, Any]]:
    held = {source for (source,) in findings.bench.engine.rows("select distinct source from fact_evidence")}
    return [
        _remark("no-file", folder.place("log", n, "files").removeprefix(f"{folder.path}/"), 1, ", ".join(log.files))
        for n, log in enumerate(folder.case.log)
        if log.id not in held
    ]


def _of_logs(findings: Findings) -> list[dict[str, Any]]:
    told = []
    for report in findings.reports.logs:
        for code, count in (
            ("empty-file", int(report["lines_read"] == 0)), ("cut-file", int(report["truncated"])),
            ("windows-1252", report["decoded_as_windows_1252"]), ("lone-return", report["carriage_returns"]),
        ):  # fmt: skip
            if count:
                told.append(_remark(code, report["path"], count))
    return told


def _of_registers(findings: Findings) -> list[dict[str, Any]]:
    told = []
    for report in findings.reports.registers:
        place = f"register {report['register']}"
        if not report["rows_kept"]:
            told.append(_remark("no-row", place, 0))
        told += [_remark(code, place, count, detail) for code, count, detail in report["warnings"]]
        for column in report["quality"]:
            for code, key in (("unreadable-values", "unreadable"), ("lost-zeros", "leading_zeros_lost")):
                if column[key]:
                    told.append(_remark(code, place, column[key], column["source"]))
    return told
