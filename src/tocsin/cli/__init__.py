"""How operators and scripts do it: ``tocsin COMMAND``, in the order of the journey.

Every command takes ``--json``; every refusal is a sentence and exit code 1, never a traceback.
"""

import sys


def main() -> None:
    """The entry point of the command line; loading it takes a moment, during which Ctrl-C must stay quiet."""
    try:
        from tocsin.cli.app import main as start
    except KeyboardInterrupt:
        sys.exit(130)
    start()


__all__ = ["main"]
