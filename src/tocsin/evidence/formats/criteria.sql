-- raw is NULL where the text has the very bytes of the file: both then hash alike
create or replace temp macro line_hash(raw, text) as case when raw is null then hash(text) else hash(raw) end;

-- What was asked, as one canonical text: a JSON object, text to text, keys sorted; and the identifiers that a field lists.

-- %C3%A9 and + of a URL; bytes that are not UTF-8 are read one by one as Windows-1252 would (%E9 is é)
create or replace temp macro percent_bytes(t) as
    array_to_string(list_transform(string_split(t, '%'), lambda x, i:
        case when i = 1 then x
             else coalesce(chr(try_cast('0x' || left(x, 2) as integer)) || substr(x, 3), '%' || x) end), '');
create or replace temp macro query_part(t) as
    case when contains(t, '%') or contains(t, '+')
         then coalesce(try(url_decode(replace(t, '+', ' '))), percent_bytes(replace(t, '+', ' '))) else t end;
create or replace temp macro percent_decoded(t) as
    case when contains(t, '%') then coalesce(try(url_decode(t)), percent_bytes(t)) else t end;
-- pairs: a list of (k, v) sorted by k then v
create or replace temp macro query_pairs(q) as
    list_sort(list_filter(list_transform(string_split(q, '&'), lambda x:
        {'k': query_part(split_part(x, '=', 1)),
         'v': case when contains(x, '=') then query_part(substr(x, instr(x, '=') + 1)) else '' end}),
        lambda e: e.k <> ''));
create or replace temp macro object_pairs(o) as
    list_sort(list_filter(list_transform(map_entries(try(cast(cast(o as json) as map(varchar, varchar)))),
                          lambda e: {'k': e.key, 'v': e.value}), lambda e: e.v is not null));
create or replace temp macro pairs_of(t) as
    case when t is null then null when t[1] = '{' then object_pairs(t) else query_pairs(t) end;
-- the same key twice: its values joined by a comma, so that none is lost
create or replace temp macro pairs_merged(p) as
    list_transform(list_sort(list_distinct(list_transform(p, lambda e: e.k))), lambda n:
        {'k': n, 'v': array_to_string(list_transform(list_filter(p, lambda e: e.k = n), lambda e: e.v), ',')});
create or replace temp macro pairs_json(p) as
    case when len(p) > 0 then cast(to_json(map_from_entries(
        case when len(list_distinct(list_transform(p, lambda e: e.k))) = len(p) then p else pairs_merged(p) end)) as varchar) end;
-- an object without null is already a map: sorting its entries is enough, which is much quicker
create or replace temp macro object_map(o) as try(cast(cast(o as json) as map(varchar, varchar)));
-- one key, or up to four in order, without escape: what would come out is what went in
create or replace temp macro keys_ascend(q) as
    case len(q) when 9 then q[2] < q[6] when 13 then q[2] < q[6] and q[6] < q[10]
                when 17 then q[2] < q[6] and q[6] < q[10] and q[10] < q[14] else false end;
create or replace temp macro is_canonical(t) as
    regexp_full_match(t, '\{"[^"\\[:cntrl:]]+":"[^"\\[:cntrl:]]*"(,"[^"\\[:cntrl:]]+":"[^"\\[:cntrl:]]*")*\}')
    -- the lambda makes one split where the macro would make five
    and (not contains(t, '","') or list_transform([string_split(t, '"')], lambda q: keys_ascend(q))[1]);
create or replace temp macro criteria_json(t) as
    case when t is null then null
         when is_canonical(t) then t
         when t[1] = '{' and not contains(t, 'null')
             then cast(to_json(nullif(map_from_entries(list_sort(map_entries(object_map(t)))),
                                      map_from_entries(list_sort(map_entries(object_map('{}')))))) as varchar)
         else pairs_json(pairs_of(t)) end;
create or replace temp macro pair_value(p, name) as list_extract(list_filter(p, lambda e: e.k = name), 1).v;

-- one identifier, several between | ; or spaces, or a JSON array of them
create or replace temp macro ids_in(t) as
    case when t is null then cast([] as varchar[])
         when t[1] = '[' then coalesce(list_filter(try(cast(cast(t as json) as varchar[])), lambda x: x <> ''), [])
         when contains(t, '|') or contains(t, ';') or contains(t, ' ')
             then list_filter(string_split_regex(t, '[|; ]+'), lambda x: x <> '')
         when t = '' then cast([] as varchar[])
         else [t] end;
-- what stands at a path with [*], in a struct
create or replace temp macro ids_among(l) as case when len(l) > 0 then list_filter(l, lambda x: x <> '') end;
-- the identifiers found at a path with [*] below a piece of JSON
create or replace temp macro ids_below(t, path) as
    case when contains(t, 'null') or contains(t, '""') then list_filter(try(json_extract_string(t, path)), lambda x: x <> '')
         when t[1] = '[' or t[1] = '{' then try(json_extract_string(t, path)) end;
