-- Schemas, without PostgreSQL's own and trueup's. Manual: catalog-pg-namespace.
SELECT 'schema' AS kind, 2615 AS class, n.oid, 0 AS sub, NULL AS schema, NULL AS parent, n.nspname AS name, NULL AS args,
       pg_catalog.pg_get_userbyid(n.nspowner) AS owner, n.nspacl::pg_catalog.text AS acl,
       '{}' AS attrs, 0 AS position
FROM pg_catalog.pg_namespace n
WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'trueup')
