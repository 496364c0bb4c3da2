-- User objects of the catalogs for which there is no kind: what it is, schema, name, and its address (what an extension owns is
-- the extension's).
SELECT what, schema, name, class, oid FROM (
  SELECT 'large object' AS what, NULL AS schema, l.oid::pg_catalog.text AS name, 2613 AS class, l.oid FROM pg_catalog.pg_largeobject_metadata l
  UNION ALL SELECT 'tablespace', NULL, s.spcname, 1213, s.oid FROM pg_catalog.pg_tablespace s
  UNION ALL SELECT 'tablespace of the database', NULL, s.spcname, 1213, s.oid
    FROM pg_catalog.pg_database d JOIN pg_catalog.pg_tablespace s ON s.oid = d.dattablespace
    WHERE d.datname = pg_catalog.current_database()
) u
WHERE u.oid >= 16384 AND (u.schema IS NULL OR (u.schema !~ '^pg_' AND u.schema NOT IN ('information_schema', 'trueup')))
ORDER BY 1, 2, 3
