-- Extended statistics. Manual: catalog-pg-statistic-ext. The target is null from PostgreSQL 17 on where it was -1.
-- The server prints columns in their physical order, which is nothing to compare: here they come in that of their names.
SELECT 'statistics' AS kind, 3381 AS class, s.oid, 0 AS sub, n.nspname AS schema, NULL AS parent, s.stxname AS name, NULL AS args,
       pg_catalog.pg_get_userbyid(s.stxowner) AS owner, NULL AS acl,
       pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
         'definition', pg_catalog.replace(pg_catalog.pg_get_statisticsobjdef(s.oid), ' ON ' || k.physical, ' ON ' || k.by_name),
         'target', CASE WHEN s.stxstattarget >= 0 THEN s.stxstattarget END)) AS attrs,
       0 AS position
FROM pg_catalog.pg_statistic_ext s
JOIN pg_catalog.pg_namespace n ON n.oid = s.stxnamespace
CROSS JOIN LATERAL (
  SELECT COALESCE(pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ' ORDER BY x.place), '') AS physical,
         COALESCE(pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ' ORDER BY a.attname), '') AS by_name
  FROM pg_catalog.unnest(s.stxkeys) WITH ORDINALITY AS x (attnum, place)
  JOIN pg_catalog.pg_attribute a ON a.attrelid = s.stxrelid AND a.attnum = x.attnum) k
WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'trueup')
ORDER BY n.nspname, s.stxname
