-- Text search parsers. Manual: catalog-pg-ts-parser.
SELECT 'text_search_parser' AS kind, 3601 AS class, p.oid, 0 AS sub, n.nspname AS schema, NULL AS parent, p.prsname AS name, NULL AS args,
       NULL AS owner, NULL AS acl,
       pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
         'start', p.prsstart::pg_catalog.regproc::pg_catalog.text,
         'gettoken', p.prstoken::pg_catalog.regproc::pg_catalog.text,
         'end', p.prsend::pg_catalog.regproc::pg_catalog.text,
         'lextypes', p.prslextype::pg_catalog.regproc::pg_catalog.text,
         'headline', CASE WHEN p.prsheadline <> 0 THEN p.prsheadline::pg_catalog.regproc::pg_catalog.text END)) AS attrs,
       0 AS position
FROM pg_catalog.pg_ts_parser p
JOIN pg_catalog.pg_namespace n ON n.oid = p.prsnamespace
WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'trueup')
ORDER BY n.nspname, p.prsname
