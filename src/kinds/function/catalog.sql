-- Functions and procedures (aggregates are another kind; the constructors of a range type come with it). Manual: catalog-pg-proc.
-- What has CREATE FUNCTION's default is left out.
SELECT CASE p.prokind WHEN 'p' THEN 'procedure' ELSE 'function' END AS kind, 1255 AS class, p.oid, 0 AS sub,
       n.nspname AS schema, NULL AS parent, p.proname AS name, pg_catalog.oidvectortypes(p.proargtypes) AS args,
       pg_catalog.pg_get_userbyid(p.proowner) AS owner, p.proacl::pg_catalog.text AS acl,
       pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
         'arguments', NULLIF(pg_catalog.pg_get_function_arguments(p.oid), ''),
         'returns', pg_catalog.pg_get_function_result(p.oid),
         'language', l.lanname,
         'body', CASE WHEN p.prosqlbody IS NULL THEN p.prosrc END,
         'object_file', p.probin,
         'sql_body', pg_catalog.pg_get_function_sqlbody(p.oid),
         'window', CASE WHEN p.prokind = 'w' THEN true END,
         'volatility', CASE p.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' END,
         'strict', CASE WHEN p.proisstrict THEN true END,
         'security_definer', CASE WHEN p.prosecdef THEN true END,
         'leakproof', CASE WHEN p.proleakproof THEN true END,
         'parallel', CASE p.proparallel WHEN 's' THEN 'safe' WHEN 'r' THEN 'restricted' END,
         'cost', NULLIF(p.procost, CASE WHEN l.lanname IN ('internal', 'c') THEN 1 ELSE 100 END),
         'rows', CASE WHEN p.proretset THEN NULLIF(p.prorows, 1000) END,
         'support', CASE WHEN p.prosupport <> 0 THEN p.prosupport::pg_catalog.regproc::pg_catalog.text END,
         'settings', pg_catalog.array_to_json(p.proconfig),
         'transforms', (SELECT pg_catalog.json_agg(pg_catalog.format_type(t, NULL)) FROM pg_catalog.unnest(p.protrftypes) t))) AS attrs,
       0 AS position
FROM pg_catalog.pg_proc p
JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
JOIN pg_catalog.pg_language l ON l.oid = p.prolang
WHERE p.prokind <> 'a'
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d WHERE d.classid = 1255 AND d.objid = p.oid AND d.refclassid = 1247 AND d.deptype = 'i')
  AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'trueup')
