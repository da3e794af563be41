"""French identifiers, classified: what a number is, and what may be done with it.

One module a kind, all of the same shape: the rules and their sources in the docstring, the computation in the
``.sql`` file of the same name, so that millions of rows never pass through Python.

>>> from tocsin.engine import Engine
>>> with Engine(threads=1) as engine:
...     load_identifiers(engine)
...     engine.rows("select nir_class('2 53 07 2B 073 004 70', null), (birth_date_read('19801399')).precision")
[('individual', 'lunar')]
"""

from tocsin.evidence.identifiers.shape import Identifier, load_identifiers

__all__ = ["Identifier", "load_identifiers"]
