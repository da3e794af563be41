"""Write the golden texts again, to be read in the diff: ``python -m tests.notices.make_golden``."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from tests.notices.breach import KIND, Breach

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        Breach(Path(name)).write().prepare()
        made = Path(name, "filings/phare", KIND, "draft/cnil.txt")
        shutil.copy(made, Path(__file__).parent / "golden" / "cnil.fr.txt")
