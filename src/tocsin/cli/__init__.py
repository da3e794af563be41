"""How operators and scripts do it: ``tocsin COMMAND``, in the order of the journey.

Every command takes ``--json``; every refusal is a sentence and exit code 1, never a traceback.
"""

from tocsin.cli.app import main

__all__ = ["main"]
