-- Text search templates. Manual: catalog-pg-ts-template.
SELECT 'text_search_template' AS kind, 3764 AS class, t.oid, 0 AS sub, n.nspname AS schema, NULL AS parent, t.tmplname AS name, NULL AS args,
       NULL AS owner, NULL AS acl,
       pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
         'init', CASE WHEN t.tmplinit <> 0 THEN t.tmplinit::pg_catalog.regproc::pg_catalog.text END,
         'lexize', t.tmpllexize::pg_catalog.regproc::pg_catalog.text)) AS attrs,
       0 AS position
FROM pg_catalog.pg_ts_template t
JOIN pg_catalog.pg_namespace n ON n.oid = t.tmplnamespace
WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'trueup')
ORDER BY n.nspname, t.tmplname
