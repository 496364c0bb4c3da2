-- Extended statistics. Manual: catalog-pg-statistic-ext. The target is null from PostgreSQL 17 on where it was -1.
SELECT 'statistics' AS kind, 3381 AS class, s.oid, 0 AS sub, n.nspname AS schema, NULL AS parent, s.stxname AS name, NULL AS args,
       pg_catalog.pg_get_userbyid(s.stxowner) AS owner, NULL AS acl,
       pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
         'definition', pg_catalog.pg_get_statisticsobjdef(s.oid),
         'target', CASE WHEN s.stxstattarget >= 0 THEN s.stxstattarget END)) AS attrs,
       0 AS position
FROM pg_catalog.pg_statistic_ext s
JOIN pg_catalog.pg_namespace n ON n.oid = s.stxnamespace
WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'trueup')
ORDER BY n.nspname, s.stxname
