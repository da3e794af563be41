"""Print ``docs/faults.md``: ``PYTHONPATH=src python -m tests.faults.print_faults`` from the root of the project."""

from __future__ import annotations

import sys

from tests.faults.page import PAGE, print_page

if __name__ == "__main__":
    text = print_page()
    PAGE.write_text(text, "utf-8")
    sys.stdout.write(f"{PAGE}: {text.count(chr(10))} lines\n")
