-- Columns of views and attributes of composite types of which something is said: a comment, privileges, how
-- a materialized view's is stored. Everything else about them is the view's or type's.
-- Class 0 keeps them out of pg_depend's addresses: what reads the column needs the view. See comments.sql.
SELECT CASE c.relkind WHEN 'c' THEN 'attribute' ELSE 'view_column' END AS kind, 0 AS class, a.attrelid AS oid, a.attnum AS sub, n.nspname AS schema, c.relname AS parent, a.attname AS name, NULL AS args,
       NULL AS owner, a.attacl::pg_catalog.text AS acl,
       CASE WHEN c.relkind = 'm' THEN pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
         'storage', CASE WHEN a.attstorage <> t.typstorage THEN
                      CASE a.attstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'm' THEN 'main' ELSE 'extended' END END,
         'compression', CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END,
         'statistics', CASE WHEN a.attstattarget >= 0 THEN a.attstattarget END,
         'options', pg_catalog.array_to_json(a.attoptions)))::pg_catalog.text ELSE '{}' END AS attrs, a.attnum AS position
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
WHERE c.relkind IN ('v', 'm', 'c') AND a.attnum > 0 AND NOT a.attisdropped
  AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'trueup')
  AND (pg_catalog.cardinality(a.attacl) > 0
       OR (c.relkind = 'm' AND (a.attstorage <> t.typstorage OR a.attcompression <> '' OR a.attstattarget >= 0 OR a.attoptions IS NOT NULL))
       OR EXISTS (SELECT 1 FROM pg_catalog.pg_description d WHERE d.classoid = 1259 AND d.objoid = a.attrelid AND d.objsubid = a.attnum))
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e WHERE e.deptype = 'e'
                  AND ((e.classid = 1259 AND e.objid = c.oid) OR (e.classid = 1247 AND e.objid = c.reltype)))
ORDER BY n.nspname, c.relname, a.attnum
