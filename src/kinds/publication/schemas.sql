-- The schemas of publications (PostgreSQL 15 and later). Manual: catalog-pg-publication-namespace.
SELECT 'publication_schema' AS kind, 6237 AS class, r.oid, 0 AS sub, n.nspname AS schema, NULL AS parent, p.pubname AS name, NULL AS args,
       NULL AS owner, NULL AS acl, '{}' AS attrs, 0 AS position
FROM pg_catalog.pg_publication_namespace r
JOIN pg_catalog.pg_publication p ON p.oid = r.pnpubid
JOIN pg_catalog.pg_namespace n ON n.oid = r.pnnspid
ORDER BY n.nspname, p.pubname
