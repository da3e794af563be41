"""What is wrong with the files received, before a line of them is read."""

from __future__ import annotations

import gzip
import io
import lzma
import shutil
import zipfile

from tests.faults.base import BaseCase
from tests.faults.table import play, refused, told


@refused("evidence", "seal-broken", where="logs/a1.ndjson", says="not those sealed")
def changed_byte(case: BaseCase) -> None:
    """A sealed file was changed."""
    play(case, "seal")
    case.replace("night-7", "night-8", case.log)


@refused("evidence", "evidence-missing", where="registers/insured.csv", says="sealed file is gone", command="seal")
def missing_file(case: BaseCase) -> None:
    """A sealed file is gone."""
    play(case, "seal")
    case.add("", case.folder / "registers" / "other.csv")
    case.replace("registers/insured.csv", "registers/*.csv")
    case.register.unlink()


@refused("evidence", "path-outside-case", where="case.toml:37", says="leaves the case folder")
def path_outside(case: BaseCase) -> None:
    """A pattern leaves the case folder."""
    case.replace("registers/insured.csv", "../registers/insured.csv")


@refused("evidence", "file-claimed-twice", where="logs/a1.ndjson", says="belongs to 'a1' and to 'a2'")
def file_claimed_twice(case: BaseCase) -> None:
    """Two logs claim one file."""
    case.add('\n[[log]]\nid = "a2"\nportal = "pro"\nnode = "a2"\nfiles = ["logs/*"]\nformat = "ocsf"\n')


@refused("evidence", "register-without-file", where="case.toml:37", says="no file matches 'registers/insured.csv'")
def register_without_file(case: BaseCase) -> None:
    """The file of a register was not put in its place."""
    case.register.unlink()


@refused("evidence", "chain-broken", where="manifest.jsonl:1", says="this line was changed after it was written")
def changed_manifest(case: BaseCase) -> None:
    """The list of seals was edited by hand."""
    play(case, "seal")
    case.replace("A. Martin", "B. Martin", case.folder / "manifest.jsonl")


@refused("evidence", "decompression-bomb", where="logs/a1.ndjson", says="holds more than 5000 bytes")
def bomb(case: BaseCase) -> None:
    """A compressed log swells beyond what was promised."""
    case.add("max_bytes = 5_000\n")
    case.log.write_bytes(gzip.compress(b"0" * 3_000_000))


@refused("evidence", "unsupported-compression", where="logs/a1.ndjson", says="the format zip")
def zipped(case: BaseCase) -> None:
    """A log came as a zip."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a1.ndjson", case.log.read_text("utf-8"))
    case.log.write_bytes(file.getvalue())


@refused("evidence", "unsupported-compression", where="logs/a1.ndjson", says="the format xz")
def compressed_with_xz(case: BaseCase) -> None:
    """A log came compressed with xz."""
    case.log.write_bytes(lzma.compress(case.log.read_bytes()))


@refused("evidence", "unreadable-file", where="logs/a1.ndjson", says="cannot be read as Parquet")
def not_parquet(case: BaseCase) -> None:
    """A log declared as Parquet is not."""
    case.replace('format = "ocsf"', 'format = "parquet"')
    case.add('[log.fields]\ntime = "t"\n')


@told("evidence", "no-file", where="case.toml:103", says="no file matches")
def log_without_file(case: BaseCase) -> None:
    """The files of a log were never received."""
    case.log.unlink()


@told("evidence", "empty-file", where="logs/a1-empty.ndjson", says="holds no line")
def empty_file(case: BaseCase) -> None:
    """A log file is empty."""
    case.add("", case.folder / "logs" / "a1-empty.ndjson")


@told("evidence", "cut-file", where="logs/a1.ndjson", says="ends, or is damaged, before its end")
def cut_gzip(case: BaseCase) -> None:
    """A gzip was cut during its transfer."""
    data = gzip.compress(case.log.read_bytes())
    case.log.write_bytes(data[: len(data) * 2 // 3])


@told("evidence", "same-file", where="logs/a1.ndjson", says="same bytes")
def delivered_again(case: BaseCase) -> None:
    """A log file was delivered twice under two names."""
    shutil.copy(case.log, case.folder / "logs" / "a1-again.ndjson")


@told("evidence", "same-lines", where="logs/a1.ndjson", says="were delivered by an earlier file", count=6)
def delivered_in_part(case: BaseCase) -> None:
    """A later delivery repeats lines of an earlier one."""
    lines = case.log.read_text("utf-8").splitlines(keepends=True)
    (case.folder / "logs" / "a1-0.ndjson").write_text("".join(lines[:6]), "utf-8")
