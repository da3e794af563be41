"""The words of each remark, and what to do about it: one remedy for each kind of fault.

>>> words_of("not-json")[0]
'lines that are not JSON'
"""

from __future__ import annotations

from tocsin.language import _


def words_of(code: str) -> tuple[str, str]:
    """(what was met, what to do). A reason that is not described here is shown as it is."""
    words = {**_of_lines(), **_of_files(), **_of_gaps(), **_of_rows(), **_of_declarations()}
    return words.get(code, (code, _("look at these lines: tables/rejected_line.parquet of the run has each of them")))


def _of_lines() -> dict[str, tuple[str, str]]:
    return {
        "not-json": (
            _("lines that are not JSON"),
            _("look at the first one: a line cut in two comes from a full disk, many of them from a wrong `format`"),
        ),
        "nul-byte": (
            _("lines that hold NUL bytes, as a crash of the disk leaves them"),
            _("ask the operator for the same file from its log collector or its backup"),
        ),
        "too-long": (
            _("lines longer than max_line_bytes"),
            _("raise max_line_bytes of this [[log]] if such lines are true, then run again"),
        ),
        "unknown-class": (
            _("events of an OCSF class that tells no access"),
            _("if this class tells accesses to people, read the file as ndjson with its own [log.fields]"),
        ),
        "no-time": (
            _("lines with no time"),
            _("give `time` in [log.fields]: the path or the column where this log writes it"),
        ),
        "unreadable-time": (
            _("times that cannot be read"),
            _("declare time_format of this [[log]], as %d/%m/%Y %H:%M:%S"),
        ),
        "wrong-field-count": (
            _("lines with too many or too few fields"),
            _("check `separator` of this [[log]]; a separator inside a text must be between quotes in the file"),
        ),
        "unclosed-quote": (
            _("lines with a quote that is never closed"),
            _("ask the operator for an export in which quotes inside a text are doubled"),
        ),
        "outside-items": (
            _("lines outside the array of events"),
            _("if events are among them, correct `items` of this [[log]]"),
        ),
        "not-combined": (
            _("lines that are not those of a web server's combined format"),
            _("if this server writes another format, export it as CSV and declare its columns"),
        ),
        "not-audit-event": (
            _("FHIR resources that are not an AuditEvent"),
            _("ask for an export of AuditEvent only; if accesses are told otherwise, read it as ndjson"),
        ),
        "empty-bundle": (
            _("FHIR Bundles without an entry"),
            _("ask whether the search that made this export met its limit"),
        ),
        "doubtful-hour": (
            _("local times in an hour that was lived twice, or never; their order is not certain"),
            _("declare time_zone of this [[log]] as UTC+1 or UTC+2, if its clock did not follow the change of hour"),
        ),
        "day-only": (
            _("lines that tell the day and not the hour"),
            _("ask for an export with the hour; until then each may stand anywhere in its day"),
        ),
    }  # fmt: skip


def _of_files() -> dict[str, tuple[str, str]]:
    return {
        "no-file": (
            _("no file matches the patterns of this log; all of it counts as missing"),
            _("put the files there or correct `files`, then run again"),
        ),
        "empty-file": (
            _("this file holds no line"),
            _("ask its sender whether the node was silent that day, or the export failed"),
        ),
        "cut-file": (
            _("this file ends, or is damaged, before its end; what was saved before that point is read"),
            _("ask for it again with its SHA-256; what follows its last line counts as missing until then"),
        ),
        "windows-1252": (
            _("lines with bytes that are not UTF-8, read as Windows-1252"),
            _("declare `encoding` of this [[log]] if all of it is in another one; then compare a few accented names"),
        ),
        "lone-return": (
            _("lines with a carriage return inside: they may be two events in one"),
            _("look at them; ask for an export with one event a line if they are"),
        ),
        "same-file": (
            _("this file has the same bytes as another one; it is read once"),
            _("nothing, unless another file was expected under this name"),
        ),
        "same-lines": (
            _("lines of this file were delivered by an earlier file; each is counted once"),
            _("nothing, if deliveries overlap; ask the operator if they should not"),
        ),
        "unmeasurable-clock": (
            _("this clock cannot be measured: no request in common with the trusted node"),
            _("declare clock_offset_seconds, or map request_id in both logs"),
        ),
    }  # fmt: skip


def _of_gaps() -> dict[str, tuple[str, str]]:
    return {
        "gap-no_line": (
            _("no line at all in the period expected"),
            _("ask the operator for this node, or correct expected_from and expected_to"),
        ),
        "gap-no_proof": (
            _("nothing proves that this log is whole, so all of its period counts as missing"),
            _("declare `completeness`: by numbers, heartbeats, another log, or a named person's word"),
        ),
        "gap-lines_without_number": (
            _("lines without a sequence number, so the numbers prove nothing"),
            _("map sequence_no in [log.fields], or choose another `completeness`"),
        ),
        "gap-numbers_repeated": (
            _("series of sequence numbers in which numbers come twice"),
            _("if the node restarts its numbers, deliver each series as a [[log]] of its own"),
        ),
        "gap-sequence_hole": (
            _("holes in the sequence numbers"),
            _("ask the operator for these lines, by number; people within reach count as possible until then"),
        ),
        "gap-before_first_line": (
            _("the numbers before the first line lack"),
            _("ask for the file that comes before, or give sequence_first if the count began there"),
        ),
        "gap-after_last_line": (
            _("the numbers after the last line lack"),
            _("ask for the file that comes after, or give sequence_last as read off the server"),
        ),
        "gap-restart": (
            _("numbers lost when the count started again"),
            _("ask the operator what the node wrote around its restart"),
        ),
        "gap-no_heartbeat": (
            _("silences longer than two heartbeats"),
            _("ask the operator whether the node was stopped then, and who can prove it"),
        ),
        "gap-fewer_than_compared": (
            _("minutes with fewer lines than the log compared"),
            _("ask for this node's log of these minutes again"),
        ),
        "gap-outside_compared": (
            _("times that the log compared does not cover"),
            _("ask for the whole period of the log named in compared_with"),
        ),
        "gap-ceiling": (
            _("times when this log keeps silent above its ceiling"),
            _("ask for the counters of the proxy or the database: only they saw these requests"),
        ),
    }  # fmt: skip


def _of_rows() -> dict[str, tuple[str, str]]:
    return {
        "row-field-count": (
            _("rows with too many or too few fields"),
            _("check `separator` of this [[register]]; correct the export, since these people cannot be named"),
        ),
        "row-open-quote": (
            _("rows with a quote that is never closed"),
            _("ask its holder for an export in which quotes inside a text are doubled"),
        ),
        "row-nul-byte": (
            _("rows that hold NUL bytes"),
            _("ask its holder for the export again: these people cannot be named from this one"),
        ),
        "row-too-long": (
            _("rows of more than sixteen million bytes"),
            _("check that this file is the register, and that its lines end as lines do"),
        ),
        "row-no-record-id": (
            _("rows without a record_id"),
            _("ask its holder for their number: without it no line of a log leads to them"),
        ),
        "row-duplicate-record": (
            _("rows of the same record that contradict each other; the last one is kept"),
            _("ask its holder which is true, or for a register with periods of validity"),
        ),
        "row-identical-row": (
            _("rows that stand twice, word for word; one is kept"),
            _("nothing, unless they should be two people: then record_id is not their number"),
        ),
        "row-unreadable-validity": (
            _("rows whose period of validity cannot be read"),
            _("correct these dates at the source: a row without a period answers no question"),
        ),
        "row-empty-validity": (
            _("rows whose period ends before it starts"),
            _("ask its holder whether both dates were exchanged"),
        ),
        "row-unknown-operation": (
            _("changes of an unknown kind of operation"),
            _("translate them to insert, update or delete in a corrected export"),
        ),
        "row-no-time": (
            _("changes without a readable instant"),
            _("check which column is mapped to changed_at"),
        ),
        "row-same-instant": (
            _("changes of one record at the same instant; the last one written is kept"),
            _("ask for instants with their microseconds, if the order matters"),
        ),
        "foreign-bytes": (
            _("bytes that do not belong to the encoding of this file"),
            _("declare the true `encoding` of this [[register]], then compare a few accented names"),
        ),
        "overlapping-validity": (
            _("periods of validity that overlap the next one; at each instant the one that started last is taken"),
            _("ask its holder which is true, for the records that the intruder read"),
        ),
        "begun-elsewhere": (
            _("records that begin in the journal by an update or a deletion; what they were before is not known"),
            _("ask for the journal from its beginning, or for a snapshot taken before it"),
        ),
        "contradicted-snapshot": (
            _("records that differ between the snapshot and the journal; the snapshot is taken from its instant on"),
            _("check as_of, and that the journal misses no day before it"),
        ),
        "no-row": (
            _("not one row of this register could be kept"),
            _("compare [register.columns] with the file: nobody can be named from it"),
        ),
        "unreadable-values": (
            _("values of this column that were written and not understood"),
            _("look at them; write dates as 2024-01-22 or 22/01/2024 in the export"),
        ),
        "lost-zeros": (
            _("codes of this column that lost a leading zero, as spreadsheets do"),
            _("ask for an export that never went through a spreadsheet, or declare both forms in `codes`"),
        ),
    }  # fmt: skip


def _of_declarations() -> dict[str, tuple[str, str]]:
    return {
        "undeclared-action": (
            _("answers of actions that case.toml does not declare"),
            _("declare each as [[action]] and [[disclosure]]; people within reach count as possible until then"),
        ),
        "unknown-record": (
            _("record numbers read by the intruder that are in no register"),
            _("ask the operator whose records these are, and for the register that holds them"),
        ),
        "undeclared-controller": (
            _("records of controllers that no [[party]] declares"),
            _("declare the party with these `codes`: otherwise nobody will tell these people"),
        ),
        "idle-indicator": (
            _("indicators that fit no session"),
            _("check how they are written, and that the logs cover the portal and the days of the CSIRT's note"),
        ),
        "silent-account": (
            _("compromised accounts that are in no line of their portal's logs"),
            _("check how the log writes accounts: capitals, prefix or number"),
        ),
        "idle-verdict": (
            _("a verdict that fits no session"),
            _("compare it with `tocsin sessions list --all`; a later verdict replaces it"),
        ),
    }  # fmt: skip
