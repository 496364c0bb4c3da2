-- Views. Their text is read apart (see catalog::read), because pg_get_viewdef keeps a lock until the transaction ends.
-- Manual: catalog-pg-class, rules-views.
SELECT 'view' AS kind, 1259 AS class, c.oid, 0 AS sub, n.nspname AS schema, NULL AS parent, c.relname AS name, NULL AS args,
       pg_catalog.pg_get_userbyid(c.relowner) AS owner, c.relacl::pg_catalog.text AS acl,
       pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
         'options', pg_catalog.to_json(c.reloptions),
         'columns', (SELECT pg_catalog.json_agg(pg_catalog.json_build_array(a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod)) ORDER BY a.attnum)
                     FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0),
         'defaults', (SELECT pg_catalog.json_object_agg(a.attname, pg_catalog.pg_get_expr(d.adbin, d.adrelid) ORDER BY a.attname)
                      FROM pg_catalog.pg_attrdef d JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
                      WHERE d.adrelid = c.oid))) AS attrs,
       0 AS position
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'v' AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'trueup')
