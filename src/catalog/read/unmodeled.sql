-- User objects of the catalogs for which there is no kind: what it is, schema, name, and its address (what an extension owns is
-- the extension's).
SELECT what, schema, name, class, oid FROM (
  SELECT 'typed table column' AS what, n.nspname AS schema, c.relname AS name, 1259 AS class, c.oid
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND c.reloftype <> 0
) u
WHERE u.oid >= 16384 AND (u.schema IS NULL OR (u.schema !~ '^pg_' AND u.schema NOT IN ('information_schema', 'trueup')))
ORDER BY 1, 2, 3
