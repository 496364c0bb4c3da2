-- Text search dictionaries. Manual: catalog-pg-ts-dict.
SELECT 'text_search_dictionary' AS kind, 3600 AS class, d.oid, 0 AS sub, n.nspname AS schema, NULL AS parent, d.dictname AS name, NULL AS args,
       pg_catalog.pg_get_userbyid(d.dictowner) AS owner, NULL AS acl,
       pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
         'template', pg_catalog.quote_ident(tn.nspname) || '.' || pg_catalog.quote_ident(t.tmplname),
         'options', d.dictinitoption)) AS attrs,
       0 AS position
FROM pg_catalog.pg_ts_dict d
JOIN pg_catalog.pg_namespace n ON n.oid = d.dictnamespace
JOIN pg_catalog.pg_ts_template t ON t.oid = d.dicttemplate
JOIN pg_catalog.pg_namespace tn ON tn.oid = t.tmplnamespace
WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'trueup')
ORDER BY n.nspname, d.dictname
