"""Connected components in SQL: nodes joined by a chain of shared keys, or of edges, carry their smallest node as label.

Only keys that two nodes share are followed, and only numbers travel.
"""

from __future__ import annotations

from tocsin.engine import Engine

JOIN_KEYS = """
-- each key is two hashes of its parts, taken in two orders: 128 bits tell any two keys apart, and only numbers travel
create or replace temp table every_key as
select node, hash(kind, scope, number, birth, name) as h, hash(name, birth, number, scope, kind) as g from ({keys});
create or replace temp table shared_key as
select h, min(node) as head, min(g) <> max(g) as is_several from every_key
group by h having min(node) < max(node);
create or replace temp table {target} as
select k.node, s.head from every_key k join shared_key s on s.h = k.h where not s.is_several
union
select k.node, min(k.node) over (partition by k.h, k.g)
from every_key k join shared_key s on s.h = k.h where s.is_several
qualify min(k.node) over (partition by k.h, k.g) < max(k.node) over (partition by k.h, k.g);
drop table shared_key; drop table every_key;
"""
FIRST = """
create or replace temp table label_{depth} as select node, least(node, min(head)) as label from {edges} group by node;
create or replace temp table link_{depth} as
select distinct greatest(a.label, b.label) as node, least(a.label, b.label) as head
from {edges} e
join label_{depth} a on a.node = e.node
join label_{depth} b on b.node = e.head
where a.label <> b.label;
"""
"""Each node takes the least of its heads and itself; what still links two labels is a smaller graph alike."""


def join_keys(engine: Engine, keys: str, target: str) -> None:
    """Make ``target`` (node, head): for each key that several nodes share, each of them and the smallest one.

    ``keys`` is a query of (node, kind, scope, number, birth, name).
    """
    engine.run(JOIN_KEYS.format(keys=keys, target=target))


def connect(engine: Engine, edges: str, target: str, depth: int = 0) -> None:
    """Make ``target`` (node, label) of the nodes in ``edges`` (node, head); each head stands there as a node too."""
    engine.run(FIRST.format(edges=edges, depth=depth))
    if engine.value(f"select count(*) from link_{depth}"):
        engine.run(f"insert into link_{depth} select distinct head, head from link_{depth}")
        connect(engine, f"link_{depth}", f"root_{depth}", depth + 1)
        engine.run(
            f"""
            create or replace temp table {target} as
            select l.node, coalesce(r.label, l.label) as label
            from label_{depth} l left join root_{depth} r on r.node = l.label;
            drop table root_{depth};
            """
        )
    else:
        engine.run(f"create or replace temp table {target} as select * from label_{depth}")
    engine.run(f"drop table label_{depth}; drop table link_{depth}")
