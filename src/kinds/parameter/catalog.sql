-- Who may set which configuration parameters (PostgreSQL 15 and newer). Manual: catalog-pg-parameter-acl.
SELECT 'parameter' AS kind, 6243 AS class, p.oid, 0 AS sub, NULL AS schema, NULL AS parent, p.parname AS name, NULL AS args,
       pg_catalog.pg_get_userbyid(10) AS owner, p.paracl::pg_catalog.text AS acl, '{}' AS attrs, 0 AS position
FROM pg_catalog.pg_parameter_acl p
ORDER BY p.parname
