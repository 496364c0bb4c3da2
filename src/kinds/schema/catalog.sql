-- Schemas, without PostgreSQL's own and trueup's. Manual: catalog-pg-namespace.
-- "public" comes with every database: what initdb gave it (owner, comment, privileges) counts as nothing said.
SELECT 'schema' AS kind, 2615 AS class, n.oid, 0 AS sub, NULL AS schema, NULL AS parent, n.nspname AS name, NULL AS args,
       CASE WHEN n.nspname <> 'public' OR NOT n.nspowner IN (10, 6171) THEN pg_catalog.pg_get_userbyid(n.nspowner) END AS owner,
       CASE WHEN n.nspacl IS DISTINCT FROM i.initprivs THEN n.nspacl::pg_catalog.text END AS acl,
       '{}' AS attrs, 0 AS position
FROM pg_catalog.pg_namespace n
LEFT JOIN pg_catalog.pg_init_privs i ON i.objoid = n.oid AND i.classoid = 2615
WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'trueup')
