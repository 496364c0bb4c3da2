-- Transforms. Manual: catalog-pg-transform.
SELECT 'transform' AS kind, 3576 AS class, t.oid, 0 AS sub, NULL AS schema, NULL AS parent,
       pg_catalog.format_type(t.trftype, NULL) || ' LANGUAGE ' || pg_catalog.quote_ident(l.lanname) AS name, NULL AS args,
       NULL AS owner, NULL AS acl,
       pg_catalog.json_build_object('definition', '(' || pg_catalog.concat_ws(', ',
         CASE WHEN t.trffromsql <> 0 THEN 'FROM SQL WITH FUNCTION ' || t.trffromsql::pg_catalog.regprocedure::pg_catalog.text END,
         CASE WHEN t.trftosql <> 0 THEN 'TO SQL WITH FUNCTION ' || t.trftosql::pg_catalog.regprocedure::pg_catalog.text END) || ')') AS attrs,
       0 AS position
FROM pg_catalog.pg_transform t
JOIN pg_catalog.pg_language l ON l.oid = t.trflang
WHERE t.oid >= 16384
ORDER BY 7
