"""Filings as acts: drafted, frozen by a named person, received by their addressee; never rewritten.

``filings/<party>/<kind>/draft`` is made again at will; ``filings/<party>/<kind>/<nn>-<phase>`` never changes. Each
freeze and each receipt is a line of ``acts.jsonl``, append-only and hash-chained, and every reading checks the bytes.
"""
