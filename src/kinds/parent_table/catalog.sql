-- Which table is a partition or a child of which, and which is of which type. Manual: catalog-pg-inherits, catalog-pg-class. A partition has position 1 when its columns
-- stand in another order than its parent's; a child's parents stand in their order, which is negative when the child has all of the
-- parent's columns itself and is computed in one of them: before PostgreSQL 16 CREATE TABLE refuses the expression beside INHERITS.
SELECT 'parent_table' AS kind, 2611 AS class, h.inhrelid AS oid, h.inhseqno AS sub, n.nspname AS schema, c.relname AS parent,
       CASE WHEN pn.oid = n.oid THEN '' ELSE pg_catalog.quote_ident(pn.nspname) || '.' END || pg_catalog.quote_ident(pc.relname) AS name,
       NULL AS args, NULL AS owner, NULL AS acl,
       pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
         'bound', CASE WHEN c.relispartition THEN pg_catalog.pg_get_expr(c.relpartbound, c.oid) END,
         'detaching', CASE WHEN h.inhdetachpending THEN true END)) AS attrs,
       CASE WHEN NOT c.relispartition THEN
              h.inhseqno * (SELECT CASE WHEN pg_catalog.bool_and(a.attislocal) AND pg_catalog.bool_or(a.attgenerated <> '' AND p.attgenerated <> '') THEN -1 ELSE 1 END
                            FROM pg_catalog.pg_attribute p JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname = p.attname
                            WHERE p.attrelid = pc.oid AND p.attnum > 0 AND NOT p.attisdropped)
            WHEN (SELECT pg_catalog.string_agg(a.attname, ',' ORDER BY a.attnum) FROM pg_catalog.pg_attribute a
                  WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)
                 = (SELECT pg_catalog.string_agg(a.attname, ',' ORDER BY a.attnum) FROM pg_catalog.pg_attribute a
                    WHERE a.attrelid = pc.oid AND a.attnum > 0 AND NOT a.attisdropped) THEN 0 ELSE 1 END AS position
FROM pg_catalog.pg_inherits h
JOIN pg_catalog.pg_class c ON c.oid = h.inhrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_class pc ON pc.oid = h.inhparent
JOIN pg_catalog.pg_namespace pn ON pn.oid = pc.relnamespace
WHERE c.relkind IN ('r', 'p', 'f') AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'trueup')
UNION ALL
SELECT 'parent_table', 2611, c.oid, 0, n.nspname, c.relname,
       CASE WHEN tn.oid = n.oid THEN '' ELSE pg_catalog.quote_ident(tn.nspname) || '.' END || pg_catalog.quote_ident(t.typname),
       NULL, NULL, NULL, '{"type": true}'::pg_catalog.json, 0
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_type t ON t.oid = c.reloftype
JOIN pg_catalog.pg_namespace tn ON tn.oid = t.typnamespace
WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'trueup')
