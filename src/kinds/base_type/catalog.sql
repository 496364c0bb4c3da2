-- Base types, without the array types that come with others. Manual: catalog-pg-type, sql-createtype. What has CREATE TYPE's
-- default is left out.
SELECT 'base_type' AS kind, 1247 AS class, t.oid, 0 AS sub, n.nspname AS schema, NULL AS parent, t.typname AS name, NULL AS args,
       pg_catalog.pg_get_userbyid(t.typowner) AS owner, t.typacl::pg_catalog.text AS acl,
       pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
         'input', t.typinput::pg_catalog.regproc::pg_catalog.text,
         'output', t.typoutput::pg_catalog.regproc::pg_catalog.text,
         'receive', CASE WHEN t.typreceive <> 0 THEN t.typreceive::pg_catalog.regproc::pg_catalog.text END,
         'send', CASE WHEN t.typsend <> 0 THEN t.typsend::pg_catalog.regproc::pg_catalog.text END,
         'typmod_in', CASE WHEN t.typmodin <> 0 THEN t.typmodin::pg_catalog.regproc::pg_catalog.text END,
         'typmod_out', CASE WHEN t.typmodout <> 0 THEN t.typmodout::pg_catalog.regproc::pg_catalog.text END,
         'analyze', CASE WHEN t.typanalyze <> 0 THEN t.typanalyze::pg_catalog.regproc::pg_catalog.text END,
         'subscript', CASE WHEN t.typsubscript <> 0 THEN t.typsubscript::pg_catalog.regproc::pg_catalog.text END,
         'internallength', CASE WHEN t.typlen <> -1 THEN t.typlen END,
         'passedbyvalue', CASE WHEN t.typbyval THEN true END,
         'alignment', CASE t.typalign WHEN 'c' THEN 'char' WHEN 's' THEN 'int2' WHEN 'd' THEN 'double' END,
         'storage', CASE t.typstorage WHEN 'e' THEN 'external' WHEN 'm' THEN 'main' WHEN 'x' THEN 'extended' END,
         'category', NULLIF(t.typcategory::pg_catalog.text, 'U'),
         'preferred', CASE WHEN t.typispreferred THEN true END,
         'default', t.typdefault,
         'element', CASE WHEN t.typelem <> 0 THEN pg_catalog.format_type(t.typelem, NULL) END,
         'delimiter', NULLIF(t.typdelim::pg_catalog.text, ','),
         'collatable', CASE WHEN t.typcollation <> 0 THEN true END)) AS attrs,
       0 AS position
FROM pg_catalog.pg_type t
JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
WHERE t.typtype = 'b' AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_type e WHERE e.typarray = t.oid)
  AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'trueup')
ORDER BY n.nspname, t.typname
