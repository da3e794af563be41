"""What does it look like at a glance? One self-contained page per language, from a finished run.

``content`` asks the run, ``charts`` draws, ``words`` names, ``page`` puts together, ``write`` places the files.
The page names no person: sessions by identifier and portal, accounts by number
(``docs/decisions/0005-the-report-names-nobody.md``).
"""
