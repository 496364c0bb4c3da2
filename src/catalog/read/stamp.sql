-- A number that changes when anything that texts are printed from changes: the rows' inserting transactions, added up.
-- pg_get_viewdef and its like see the newest catalog, not the reader's snapshot (manual, functions-info). Row types stand for
-- their tables: pg_class itself changes with every TRUNCATE. What is temporary is somebody else's.
SELECT pg_catalog.sum(x) FROM (
  SELECT pg_catalog.sum(pg_catalog.hashint8(t.xmin::pg_catalog.text::pg_catalog.int8)::pg_catalog.int8 + t.oid::pg_catalog.int8) AS x
    FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
    WHERE t.oid >= 16384 AND n.nspname !~ '^pg_(toast_)?temp_'
  UNION ALL SELECT pg_catalog.sum(pg_catalog.hashint8(a.xmin::pg_catalog.text::pg_catalog.int8)::pg_catalog.int8 + a.attrelid::pg_catalog.int8)
    FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
    WHERE a.attrelid >= 16384 AND a.attnum > 0 AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND c.relpersistence <> 't'
  UNION ALL SELECT pg_catalog.sum(pg_catalog.hashint8(p.xmin::pg_catalog.text::pg_catalog.int8)::pg_catalog.int8 + p.oid::pg_catalog.int8)
    FROM pg_catalog.pg_proc p WHERE p.oid >= 16384
  UNION ALL SELECT pg_catalog.sum(pg_catalog.hashint8(r.xmin::pg_catalog.text::pg_catalog.int8)::pg_catalog.int8 + r.oid::pg_catalog.int8)
    FROM pg_catalog.pg_rewrite r WHERE r.oid >= 16384
  UNION ALL SELECT pg_catalog.sum(pg_catalog.hashint8(n.xmin::pg_catalog.text::pg_catalog.int8)::pg_catalog.int8 + n.oid::pg_catalog.int8)
    FROM pg_catalog.pg_namespace n WHERE n.oid >= 16384 AND n.nspname !~ '^pg_(toast_)?temp_'
) s
