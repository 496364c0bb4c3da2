-- Sequences of identity columns: what is theirs and not the column's. Manual: catalog-pg-sequence, catalog-pg-depend (internal).
-- Like its owner, whether one is logged follows its table unless somebody said otherwise (PostgreSQL 15 and newer).
SELECT 'identity_sequence' AS kind, 1259 AS class, c.oid, 0 AS sub, n.nspname AS schema, NULL AS parent, c.relname AS name, NULL AS args,
       pg_catalog.pg_get_userbyid(c.relowner) AS owner, c.relacl::pg_catalog.text AS acl,
       pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
         'persistence', CASE WHEN c.relpersistence <> t.relpersistence AND pg_catalog.current_setting('server_version_num')::pg_catalog.int4 >= 150000
                             THEN CASE c.relpersistence WHEN 'u' THEN 'unlogged' ELSE 'logged' END END)) AS attrs,
       0 AS position
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_depend d ON d.classid = 1259 AND d.objid = c.oid AND d.refclassid = 1259 AND d.deptype = 'i'
JOIN pg_catalog.pg_class t ON t.oid = d.refobjid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'S' AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'trueup')
