-- Casts that are not PostgreSQL's own; those from a range type to its multirange type come with it. Manual: catalog-pg-cast.
SELECT 'cast' AS kind, 2605 AS class, c.oid, 0 AS sub, NULL AS schema, NULL AS parent,
       pg_catalog.format_type(c.castsource, NULL) || ' AS ' || pg_catalog.format_type(c.casttarget, NULL) AS name, NULL AS args,
       NULL AS owner, NULL AS acl,
       pg_catalog.json_build_object('definition',
         CASE c.castmethod WHEN 'f' THEN 'WITH FUNCTION ' || c.castfunc::pg_catalog.regprocedure::pg_catalog.text
                           WHEN 'i' THEN 'WITH INOUT' ELSE 'WITHOUT FUNCTION' END ||
         CASE c.castcontext WHEN 'i' THEN ' AS IMPLICIT' WHEN 'a' THEN ' AS ASSIGNMENT' ELSE '' END) AS attrs,
       0 AS position
FROM pg_catalog.pg_cast c
WHERE c.oid >= 16384
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d WHERE d.classid = 2605 AND d.objid = c.oid AND d.deptype = 'i')
ORDER BY 7
