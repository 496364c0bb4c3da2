-- Aggregates. Manual: catalog-pg-aggregate, sql-createaggregate. What has CREATE AGGREGATE's default is left out.
SELECT 'aggregate' AS kind, 1255 AS class, p.oid, 0 AS sub, n.nspname AS schema, NULL AS parent, p.proname AS name,
       pg_catalog.oidvectortypes(p.proargtypes) AS args,
       pg_catalog.pg_get_userbyid(p.proowner) AS owner, p.proacl::pg_catalog.text AS acl,
       pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
         'arguments', COALESCE(NULLIF(pg_catalog.pg_get_function_arguments(p.oid), ''), '*'),
         'returns', pg_catalog.pg_get_function_result(p.oid),
         'sfunc', a.aggtransfn::pg_catalog.text,
         'stype', pg_catalog.format_type(a.aggtranstype, NULL),
         'sspace', NULLIF(a.aggtransspace, 0),
         'finalfunc', CASE WHEN a.aggfinalfn <> 0 THEN a.aggfinalfn::pg_catalog.text END,
         'finalfunc_extra', CASE WHEN a.aggfinalextra THEN true END,
         'finalfunc_modify', CASE WHEN a.aggfinalmodify <> CASE a.aggkind WHEN 'n' THEN 'r' ELSE 'w' END
           THEN CASE a.aggfinalmodify WHEN 'r' THEN 'read_only' WHEN 's' THEN 'shareable' ELSE 'read_write' END END,
         'combinefunc', CASE WHEN a.aggcombinefn <> 0 THEN a.aggcombinefn::pg_catalog.text END,
         'serialfunc', CASE WHEN a.aggserialfn <> 0 THEN a.aggserialfn::pg_catalog.text END,
         'deserialfunc', CASE WHEN a.aggdeserialfn <> 0 THEN a.aggdeserialfn::pg_catalog.text END,
         'initcond', a.agginitval,
         'msfunc', CASE WHEN a.aggmtransfn <> 0 THEN a.aggmtransfn::pg_catalog.text END,
         'minvfunc', CASE WHEN a.aggminvtransfn <> 0 THEN a.aggminvtransfn::pg_catalog.text END,
         'mstype', CASE WHEN a.aggmtranstype <> 0 THEN pg_catalog.format_type(a.aggmtranstype, NULL) END,
         'msspace', NULLIF(a.aggmtransspace, 0),
         'mfinalfunc', CASE WHEN a.aggmfinalfn <> 0 THEN a.aggmfinalfn::pg_catalog.text END,
         'mfinalfunc_extra', CASE WHEN a.aggmfinalextra THEN true END,
         'mfinalfunc_modify', CASE WHEN a.aggmtransfn <> 0 AND a.aggmfinalmodify <> CASE a.aggkind WHEN 'n' THEN 'r' ELSE 'w' END
           THEN CASE a.aggmfinalmodify WHEN 'r' THEN 'read_only' WHEN 's' THEN 'shareable' ELSE 'read_write' END END,
         'minitcond', a.aggminitval,
         'sortop', (SELECT 'OPERATOR(' || pg_catalog.quote_ident(s.nspname) || '.' || o.oprname || ')'
                    FROM pg_catalog.pg_operator o JOIN pg_catalog.pg_namespace s ON s.oid = o.oprnamespace WHERE o.oid = a.aggsortop),
         'parallel', CASE p.proparallel WHEN 's' THEN 'safe' WHEN 'r' THEN 'restricted' END,
         'hypothetical', CASE WHEN a.aggkind = 'h' THEN true END)) AS attrs,
       0 AS position
FROM pg_catalog.pg_proc p
JOIN pg_catalog.pg_aggregate a ON a.aggfnoid = p.oid
JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'trueup')
ORDER BY n.nspname, p.proname, p.oid
