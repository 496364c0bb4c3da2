-- Column defaults. Generated columns keep their expression with the column. Manual: catalog-pg-attrdef.
-- A default names no column, so that pg_get_expr needs no table to look names up in (manual, functions-info): it does not open each.
SELECT 'default' AS kind, 2604 AS class, d.oid, 0 AS sub, n.nspname AS schema, c.relname AS parent, a.attname AS name, NULL AS args,
       NULL AS owner, NULL AS acl,
       '{"expression":' || pg_catalog.to_json(pg_catalog.pg_get_expr(d.adbin, 0)) ||
         CASE WHEN a.attislocal THEN '}' ELSE ',"inherited":true}' END AS attrs, a.attnum AS position
FROM pg_catalog.pg_attrdef d
JOIN pg_catalog.pg_class c ON c.oid = d.adrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
WHERE a.attgenerated = '' AND c.relkind IN ('r', 'p', 'f')
  AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'trueup')
