-- Access methods for tables and indexes. Manual: catalog-pg-am.
SELECT 'access_method' AS kind, 2601 AS class, a.oid, 0 AS sub, NULL AS schema, NULL AS parent, a.amname AS name, NULL AS args,
       NULL AS owner, NULL AS acl,
       pg_catalog.json_build_object(
         'type', CASE a.amtype WHEN 't' THEN 'table' ELSE 'index' END,
         'handler', a.amhandler::pg_catalog.regproc::pg_catalog.text) AS attrs,
       0 AS position
FROM pg_catalog.pg_am a
WHERE a.oid >= 16384
ORDER BY a.amname
