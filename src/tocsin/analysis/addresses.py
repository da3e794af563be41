"""Which addresses of the sessions lie in the networks that the indicators name: distinct addresses are few.

>>> addresses_in([(1, "192.0.2.0/24"), (2, "2001:db8::1")], ["192.0.2.7", "198.51.100.1", "2001:DB8:0::1", "?"])
[{'n': 1, 'address': '192.0.2.7'}, {'n': 2, 'address': '2001:DB8:0::1'}]
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

from tocsin.engine import Engine


def find_addresses(engine: Engine) -> list[dict[str, object]]:
    """The rows of ``indicator_address``. Reads ``fact_indicator`` and ``access_session``."""
    wanted = engine.rows("select n, value from fact_indicator where kind = 'address' order by n")
    if not wanted:
        return []
    seen = engine.rows("select distinct address from access_session where address is not null order by 1")
    return addresses_in(wanted, (text for (text,) in seen))


def addresses_in(networks: Iterable[tuple[object, ...]], addresses: Iterable[str]) -> list[dict[str, object]]:
    """Each address with the number ``n`` of each network that holds it; a text that is no address lies in none."""
    known = [(n, ipaddress.ip_network(str(value), strict=False)) for n, value in networks]
    found: list[dict[str, object]] = []
    for text in addresses:
        try:
            address = ipaddress.ip_address(text)
        except ValueError:
            continue
        found += [
            {"n": n, "address": text} for n, network in known
            if address.version == network.version and address in network
        ]  # fmt: skip
    return found
