-- Collations. Manual: catalog-pg-collation. Where the locale stands differs between majors, so it is read through JSON.
SELECT 'collation' AS kind, 3456 AS class, c.oid, 0 AS sub, n.nspname AS schema, NULL AS parent, c.collname AS name, NULL AS args,
       pg_catalog.pg_get_userbyid(c.collowner) AS owner, NULL AS acl,
       pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
         'provider', CASE c.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END,
         'locale', CASE WHEN c.collprovider <> 'c' THEN COALESCE(j.row ->> 'colllocale', j.row ->> 'colliculocale', j.row ->> 'collcollate')
                        WHEN j.row ->> 'collcollate' = j.row ->> 'collctype' THEN j.row ->> 'collcollate' END,
         'lc_collate', CASE WHEN c.collprovider = 'c' AND j.row ->> 'collcollate' <> j.row ->> 'collctype' THEN j.row ->> 'collcollate' END,
         'lc_ctype', CASE WHEN c.collprovider = 'c' AND j.row ->> 'collcollate' <> j.row ->> 'collctype' THEN j.row ->> 'collctype' END,
         'deterministic', CASE WHEN NOT c.collisdeterministic THEN false END,
         'rules', j.row ->> 'collicurules')) AS attrs,
       0 AS position
FROM pg_catalog.pg_collation c
CROSS JOIN LATERAL (SELECT pg_catalog.to_jsonb(c) AS row) j
JOIN pg_catalog.pg_namespace n ON n.oid = c.collnamespace
WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'trueup')
ORDER BY n.nspname, c.collname
