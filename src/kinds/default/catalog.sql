-- Column defaults. Generated columns keep their expression with the column. Manual: catalog-pg-attrdef.
-- A column that has none although the parent's, from which it comes, has one: a default without expression.
-- A default names no column, so that pg_get_expr needs no table to look names up in (manual, functions-info): it does not open each.
SELECT 'default' AS kind, 2604 AS class, d.oid, 0 AS sub, n.nspname AS schema, c.relname AS parent, a.attname AS name, NULL AS args,
       NULL AS owner, NULL AS acl,
       '{"expression":' || pg_catalog.to_json(pg_catalog.pg_get_expr(d.adbin, 0)) || '}' AS attrs,
       CASE WHEN a.attislocal THEN a.attnum ELSE 0 END AS position
FROM pg_catalog.pg_attrdef d
JOIN pg_catalog.pg_class c ON c.oid = d.adrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
WHERE a.attgenerated = '' AND c.relkind IN ('r', 'p', 'f')
  AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'trueup')
UNION ALL
SELECT DISTINCT ON (a.attrelid, a.attnum) 'default', 0, a.attrelid, a.attnum, n.nspname, c.relname, a.attname, NULL, NULL, NULL, '{}',
       CASE WHEN a.attislocal THEN a.attnum ELSE 0 END
FROM pg_catalog.pg_inherits h
JOIN pg_catalog.pg_class c ON c.oid = h.inhrelid AND c.relkind IN ('r', 'p', 'f')
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attinhcount > 0 AND NOT a.atthasdef AND NOT a.attisdropped
JOIN pg_catalog.pg_attribute p ON p.attrelid = h.inhparent AND p.attname = a.attname AND p.atthasdef AND p.attgenerated = ''
WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'trueup')
