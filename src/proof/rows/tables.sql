-- The columns of tables that can be filled, the tables given by name with all that inherit from them. Manual: catalog-pg-class,
-- catalog-pg-attribute, catalog-pg-type, catalog-pg-inherits. A domain's innermost type stands beside the column's own.
WITH RECURSIVE wanted AS (
  SELECT c.oid FROM pg_catalog.unnest($1::pg_catalog.text[]) n JOIN pg_catalog.pg_class c ON c.oid = pg_catalog.to_regclass(n)
  WHERE c.relkind IN ('r', 'p')
  UNION
  SELECT i.inhrelid FROM pg_catalog.pg_inherits i JOIN wanted w ON i.inhparent = w.oid
), types AS (
  SELECT t.oid AS whole, t.oid, t.typtype, t.typbasetype, t.typtypmod FROM pg_catalog.pg_type t
  WHERE t.oid IN (SELECT a.atttypid FROM pg_catalog.pg_attribute a WHERE a.attrelid IN (SELECT w.oid FROM wanted w))
  UNION ALL
  SELECT d.whole, t.oid, t.typtype, t.typbasetype, CASE WHEN d.typtypmod <> -1 THEN d.typtypmod ELSE t.typtypmod END
  FROM types d JOIN pg_catalog.pg_type t ON t.oid = d.typbasetype WHERE d.typtype = 'd'
)
SELECT c.oid, pg_catalog.format('%I.%I', n.nspname, c.relname), c.relkind::pg_catalog.text, c.relispartition,
       a.attnum, a.attname::pg_catalog.text, pg_catalog.format_type(a.atttypid, a.atttypmod),
       CASE WHEN bn.nspname = 'pg_catalog' THEN b.typname::pg_catalog.text ELSE '' END, b.typtype::pg_catalog.text, b.typcategory::pg_catalog.text,
       CASE WHEN a.atttypmod <> -1 THEN a.atttypmod ELSE d.typtypmod END,
       a.attnotnull, a.attgenerated <> '', b.typelem <> 0 AND b.typcategory = 'A',
       (SELECT pg_catalog.array_agg(e.enumlabel::pg_catalog.text ORDER BY e.enumsortorder) FROM pg_catalog.pg_enum e WHERE e.enumtypid = b.oid),
       (SELECT pg_catalog.array_agg(k.conname::pg_catalog.text || ' ' || pg_catalog.pg_get_constraintdef(k.oid) ORDER BY k.conname) FROM pg_catalog.pg_constraint k
        WHERE k.contypid IN (SELECT o.oid FROM types o WHERE o.whole = a.atttypid) AND k.contype = 'c'),
       (SELECT pg_catalog.array_agg(k.conname::pg_catalog.text || ' ' || pg_catalog.pg_get_constraintdef(k.oid) ORDER BY k.conname) FROM pg_catalog.pg_constraint k
        WHERE k.conrelid = c.oid AND k.contype = 'c' AND a.attnum = ANY (k.conkey)),
       (SELECT pg_catalog.array_agg(pg_catalog.pg_get_expr(x.relpartbound, x.oid) ORDER BY x.relname) FROM pg_catalog.pg_inherits i
        JOIN pg_catalog.pg_class x ON x.oid = i.inhrelid
        WHERE i.inhparent = c.oid AND a.attnum = ANY (COALESCE((SELECT p.partattrs::pg_catalog.int2[] FROM pg_catalog.pg_partitioned_table p WHERE p.partrelid = c.oid), '{}'))),
       (SELECT pg_catalog.array_agg(pg_catalog.format('%I.%I', pn.nspname, p.relname)) FROM pg_catalog.pg_inherits i
        JOIN pg_catalog.pg_class p ON p.oid = i.inhparent JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
        WHERE i.inhrelid = c.oid)
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN types d ON d.whole = a.atttypid AND d.typtype <> 'd'
LEFT JOIN pg_catalog.pg_type b ON b.oid = d.oid
LEFT JOIN pg_catalog.pg_namespace bn ON bn.oid = b.typnamespace
WHERE c.oid IN (SELECT w.oid FROM wanted w)
ORDER BY c.oid, a.attnum
