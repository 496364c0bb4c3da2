-- Publications; their tables and schemas are objects of their own. Manual: catalog-pg-publication.
-- pubgencols came with PostgreSQL 18; through JSON the query reads on every major.
SELECT 'publication' AS kind, 6104 AS class, p.oid, 0 AS sub, NULL AS schema, NULL AS parent, p.pubname AS name, NULL AS args,
       pg_catalog.pg_get_userbyid(p.pubowner) AS owner, NULL AS acl,
       pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
         'all_tables', CASE WHEN p.puballtables THEN true END,
         'publish', CASE WHEN NOT (p.pubinsert AND p.pubupdate AND p.pubdelete AND p.pubtruncate) THEN
                      pg_catalog.array_to_json(pg_catalog.array_remove(ARRAY[
                        CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END,
                        CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END], NULL)) END,
         'via_root', CASE WHEN p.pubviaroot THEN true END,
         'generated_columns', CASE WHEN pg_catalog.to_jsonb(p) ->> 'pubgencols' = 's' THEN 'stored' END)) AS attrs,
       0 AS position
FROM pg_catalog.pg_publication p
ORDER BY p.pubname
