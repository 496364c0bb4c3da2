-- Extensions, without plpgsql, which every database has. Manual: catalog-pg-extension.
SELECT 'extension' AS kind, 3079 AS class, e.oid, 0 AS sub, NULL AS schema, NULL AS parent, e.extname AS name, NULL AS args,
       NULL AS owner, NULL AS acl,
       pg_catalog.json_build_object('schema', n.nspname, 'version', e.extversion) AS attrs, 0 AS position
FROM pg_catalog.pg_extension e
JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
WHERE e.extname <> 'plpgsql'
