-- Conversions between encodings. Manual: catalog-pg-conversion.
SELECT 'conversion' AS kind, 2607 AS class, c.oid, 0 AS sub, n.nspname AS schema, NULL AS parent, c.conname AS name, NULL AS args,
       pg_catalog.pg_get_userbyid(c.conowner) AS owner, NULL AS acl,
       pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
         'from', pg_catalog.pg_encoding_to_char(c.conforencoding),
         'to', pg_catalog.pg_encoding_to_char(c.contoencoding),
         'function', c.conproc::pg_catalog.regproc::pg_catalog.text,
         'default', CASE WHEN c.condefault THEN true END)) AS attrs,
       0 AS position
FROM pg_catalog.pg_conversion c
JOIN pg_catalog.pg_namespace n ON n.oid = c.connamespace
WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'trueup')
ORDER BY n.nspname, c.conname
