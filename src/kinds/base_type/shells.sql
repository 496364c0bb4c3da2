-- Shell types: those that are nothing else yet, and the beginnings of types that need functions of their own. The latter have no
-- address: theirs is the type's. Manual: sql-createtype.
SELECT 'shell_type' AS kind, CASE WHEN t.typisdefined THEN 0 ELSE 1247 END AS class, t.oid, 0 AS sub, n.nspname AS schema, NULL AS parent,
       t.typname AS name, NULL AS args,
       CASE WHEN NOT t.typisdefined THEN pg_catalog.pg_get_userbyid(t.typowner) END AS owner, NULL AS acl,
       CASE WHEN t.typisdefined THEN '{"completed": true}' ELSE '{}' END AS attrs,
       0 AS position
FROM pg_catalog.pg_type t
JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
LEFT JOIN pg_catalog.pg_range r ON r.rngtypid = t.oid
WHERE (NOT t.typisdefined OR r.rngcanonical <> 0
       OR (t.typtype = 'b' AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_type e WHERE e.typarray = t.oid)))
  AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'trueup')
ORDER BY n.nspname, t.typname
