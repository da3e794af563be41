"""The register of breaches: what each controller documents of every breach, notified or not (GDPR 33(5)).

One :class:`~tocsin.notices.breach_register.record.BreachRecord` for each party and breach, kept on the append-only,
hash-chained ``decisions.jsonl`` of a folder: of a case, or of its own, for years. A change is a new version that names
what changed. No data of the people concerned ever enters: kinds of data and figures only.
"""
