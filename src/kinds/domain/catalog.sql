-- Domains with their checks. Manual: catalog-pg-type, catalog-pg-constraint.
SELECT 'domain' AS kind, 1247 AS class, t.oid, 0 AS sub, n.nspname AS schema, NULL AS parent, t.typname AS name, NULL AS args,
       pg_catalog.pg_get_userbyid(t.typowner) AS owner, t.typacl::pg_catalog.text AS acl,
       pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
         'type', pg_catalog.format_type(t.typbasetype, t.typtypmod),
         'collation', CASE WHEN t.typcollation <> b.typcollation AND t.typcollation <> 0
                           THEN (SELECT pg_catalog.quote_ident(cn.nspname) || '.' || pg_catalog.quote_ident(c.collname)
                                 FROM pg_catalog.pg_collation c JOIN pg_catalog.pg_namespace cn ON cn.oid = c.collnamespace
                                 WHERE c.oid = t.typcollation) END,
         'not_null', CASE WHEN t.typnotnull THEN true END,
         'default', pg_catalog.pg_get_expr(t.typdefaultbin, 0),
         'not_null_name', (SELECT c.conname FROM pg_catalog.pg_constraint c
                           WHERE c.contypid = t.oid AND c.contype = 'n' AND c.conname <> t.typname || '_not_null'),
         'checks', (SELECT pg_catalog.json_object_agg(c.conname, pg_catalog.pg_get_constraintdef(c.oid) ORDER BY c.conname)
                    FROM pg_catalog.pg_constraint c WHERE c.contypid = t.oid AND c.contype = 'c'),
         'check_comments', (SELECT pg_catalog.json_object_agg(c.conname, d.description ORDER BY c.conname)
                    FROM pg_catalog.pg_constraint c JOIN pg_catalog.pg_description d ON d.classoid = 2606 AND d.objoid = c.oid
                    WHERE c.contypid = t.oid))) AS attrs,
       0 AS position
FROM pg_catalog.pg_type t
JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype
WHERE t.typtype = 'd' AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'trueup')
