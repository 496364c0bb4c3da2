-- The tables of publications, with their columns and row filters. Manual: catalog-pg-publication-rel.
SELECT 'publication_table' AS kind, 6106 AS class, r.oid, 0 AS sub, n.nspname AS schema, c.relname AS parent, p.pubname AS name, NULL AS args,
       NULL AS owner, NULL AS acl,
       pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
         'columns', (SELECT pg_catalog.json_agg(a.attname ORDER BY a.attname) FROM pg_catalog.pg_attribute a
                     WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs)),
         'where', pg_catalog.pg_get_expr(r.prqual, r.prrelid))) AS attrs,
       0 AS position
FROM pg_catalog.pg_publication_rel r
JOIN pg_catalog.pg_publication p ON p.oid = r.prpubid
JOIN pg_catalog.pg_class c ON c.oid = r.prrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
ORDER BY n.nspname, c.relname, p.pubname
