-- Composite types of their own (not the row types of tables). Manual: sql-createtype.
SELECT 'composite_type' AS kind, 1247 AS class, t.oid, 0 AS sub, n.nspname AS schema, NULL AS parent, t.typname AS name, NULL AS args,
       pg_catalog.pg_get_userbyid(t.typowner) AS owner, t.typacl::pg_catalog.text AS acl,
       pg_catalog.json_build_object('attributes',
         (SELECT pg_catalog.json_agg(pg_catalog.json_build_array(a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod) ||
                   CASE WHEN a.attcollation <> at.typcollation AND a.attcollation <> 0
                        THEN (SELECT ' COLLATE ' || pg_catalog.quote_ident(cn.nspname) || '.' || pg_catalog.quote_ident(co.collname)
                              FROM pg_catalog.pg_collation co JOIN pg_catalog.pg_namespace cn ON cn.oid = co.collnamespace
                              WHERE co.oid = a.attcollation)
                        ELSE '' END) ORDER BY a.attnum)
          FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type at ON at.oid = a.atttypid
          WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)) AS attrs,
       0 AS position
FROM pg_catalog.pg_type t
JOIN pg_catalog.pg_class c ON c.oid = t.typrelid AND c.relkind = 'c'
JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'trueup')
