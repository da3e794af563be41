"""Who computes: this machine today, a cluster tomorrow. The only place that knows a dialect.

>>> from tocsin.engine import Engine
>>> with Engine(threads=1) as engine:
...     engine.rows("select normalise_name('Jean-Pierre d’Œillet') as name")
[('JEAN PIERRE D OEILLET',)]
"""

from tocsin.engine.duck import Engine, blames_machine, literal

__all__ = ["Engine", "blames_machine", "literal"]
