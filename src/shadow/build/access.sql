-- What lets the role $1 use and refer to what extensions own, as far as it may not yet. Manual: sql-grant.
WITH member AS (
  SELECT classid, objid FROM pg_catalog.pg_depend WHERE refclassid = 3079 AND deptype = 'e' AND objid >= 16384
)
SELECT pg_catalog.format('GRANT ALL ON %s %I.%I TO %I', CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, n.nspname, c.relname, $1::pg_catalog.text)
FROM pg_catalog.pg_class c JOIN member m ON m.classid = 1259 AND m.objid = c.oid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND NOT CASE c.relkind
  WHEN 'S' THEN pg_catalog.has_sequence_privilege($1::pg_catalog.name, c.oid, 'USAGE')
  ELSE pg_catalog.has_table_privilege($1::pg_catalog.name, c.oid, 'REFERENCES') END
UNION ALL
SELECT pg_catalog.format('GRANT EXECUTE ON ROUTINE %s TO %I', p.oid::pg_catalog.regprocedure, $1::pg_catalog.text)
FROM pg_catalog.pg_proc p JOIN member m ON m.classid = 1255 AND m.objid = p.oid
WHERE NOT pg_catalog.has_function_privilege($1::pg_catalog.name, p.oid, 'EXECUTE')
UNION ALL
SELECT pg_catalog.format('GRANT USAGE ON SCHEMA %I TO %I', n.nspname, $1::pg_catalog.text)
FROM pg_catalog.pg_namespace n
WHERE NOT pg_catalog.has_schema_privilege($1::pg_catalog.name, n.oid, 'USAGE') AND (
  EXISTS (SELECT FROM member m WHERE m.classid = 2615 AND m.objid = n.oid)
  OR EXISTS (SELECT FROM pg_catalog.pg_extension e WHERE e.extnamespace = n.oid))
