"""What if it happened tomorrow? A whole synthetic breach whose truth is known, and the score of a run against it.

:func:`generate` writes a case folder (``case.toml``, registers, logs, the analyst's verdicts) and, apart, ``truth/``:
what was really read, computed by a simulated portal that shares no code with the analysis. :func:`score` compares.

>>> from tocsin.rehearsal import World
>>> World(people=1_000, attack="slow").operators
('op-a', 'op-b')
"""

from tocsin.rehearsal.breach import generate
from tocsin.rehearsal.score import Score, score
from tocsin.rehearsal.world import DEFECTS, World

__all__ = ["DEFECTS", "Score", "World", "generate", "score"]
