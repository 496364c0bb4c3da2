-- Enum types with their labels in order. Manual: catalog-pg-enum.
SELECT 'enum' AS kind, 1247 AS class, t.oid, 0 AS sub, n.nspname AS schema, NULL AS parent, t.typname AS name, NULL AS args,
       pg_catalog.pg_get_userbyid(t.typowner) AS owner, t.typacl::pg_catalog.text AS acl,
       pg_catalog.json_build_object('labels',
         (SELECT pg_catalog.json_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid)) AS attrs,
       0 AS position
FROM pg_catalog.pg_type t
JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
WHERE t.typtype = 'e' AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'trueup')
