-- Tables, plain and partitioned. Manual: catalog-pg-class, catalog-pg-inherits, catalog-pg-partitioned-table.
SELECT 'table' AS kind, 1259 AS class, c.oid, 0 AS sub, n.nspname AS schema, NULL AS parent, c.relname AS name, NULL AS args,
       pg_catalog.pg_get_userbyid(c.relowner) AS owner, c.relacl::pg_catalog.text AS acl,
       pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
         'unlogged', CASE WHEN c.relpersistence = 'u' THEN true END,
         'row_security', CASE WHEN c.relrowsecurity THEN 'enabled' END,
         'force_row_security', CASE WHEN c.relforcerowsecurity THEN true END,
         'partition_by', CASE WHEN c.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END,
         'access_method', CASE WHEN am.amname <> 'heap' THEN am.amname END,
         'tablespace', ts.spcname,
         'options', pg_catalog.to_json(c.reloptions),
         'toast_options', pg_catalog.to_json(tc.reloptions),
         'replica_identity', CASE c.relreplident WHEN 'f' THEN 'full' WHEN 'n' THEN 'nothing' END)) AS attrs,
       0 AS position
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam
LEFT JOIN pg_catalog.pg_tablespace ts ON ts.oid = c.reltablespace
LEFT JOIN pg_catalog.pg_class tc ON tc.oid = c.reltoastrelid AND tc.reloptions IS NOT NULL
WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'trueup')
