-- Languages that neither PostgreSQL nor the shadow brings. Manual: catalog-pg-language.
SELECT 'language' AS kind, 2612 AS class, l.oid, 0 AS sub, NULL AS schema, NULL AS parent, l.lanname AS name, NULL AS args,
       pg_catalog.pg_get_userbyid(l.lanowner) AS owner, l.lanacl::pg_catalog.text AS acl,
       pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
         'trusted', CASE WHEN l.lanpltrusted THEN true END,
         'handler', l.lanplcallfoid::pg_catalog.regproc::pg_catalog.text,
         'inline', CASE WHEN l.laninline <> 0 THEN l.laninline::pg_catalog.regproc::pg_catalog.text END,
         'validator', CASE WHEN l.lanvalidator <> 0 THEN l.lanvalidator::pg_catalog.regproc::pg_catalog.text END)) AS attrs,
       0 AS position
FROM pg_catalog.pg_language l
JOIN pg_catalog.pg_proc p ON p.oid = l.lanplcallfoid
JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE l.oid >= 16384 AND n.nspname <> 'trueup'
ORDER BY l.lanname
