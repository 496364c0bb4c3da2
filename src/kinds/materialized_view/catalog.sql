-- Materialized views; their text is read apart, as that of views. Manual: rules-materializedviews.
SELECT 'materialized_view' AS kind, 1259 AS class, c.oid, 0 AS sub, n.nspname AS schema, NULL AS parent, c.relname AS name, NULL AS args,
       pg_catalog.pg_get_userbyid(c.relowner) AS owner, c.relacl::pg_catalog.text AS acl,
       pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
         'options', pg_catalog.to_json(c.reloptions),
         'columns', (SELECT pg_catalog.json_agg(a.attname ORDER BY a.attnum) FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0),
         'access_method', CASE WHEN am.amname <> 'heap' THEN am.amname END,
         'tablespace', ts.spcname)) AS attrs,
       0 AS position
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam
LEFT JOIN pg_catalog.pg_tablespace ts ON ts.oid = c.reltablespace
WHERE c.relkind = 'm' AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'trueup')
