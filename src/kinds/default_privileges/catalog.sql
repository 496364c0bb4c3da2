-- Default privileges. Manual: catalog-pg-default-acl. An entry for the whole database starts from the built-in privileges,
-- one for a schema from nothing.
SELECT 'default_privileges' AS kind, 826 AS class, d.oid, 0 AS sub, n.nspname AS schema, NULL AS parent,
       pg_catalog.pg_get_userbyid(d.defaclrole) || ' ' ||
       CASE d.defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences' WHEN 'f' THEN 'functions' WHEN 'T' THEN 'types' WHEN 'n' THEN 'schemas' ELSE 'large_objects' END AS name,
       NULL AS args, pg_catalog.pg_get_userbyid(d.defaclrole) AS owner, d.defaclacl::pg_catalog.text AS acl,
       pg_catalog.json_build_object('role', pg_catalog.pg_get_userbyid(d.defaclrole), 'on',
         CASE d.defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences' WHEN 'f' THEN 'functions' WHEN 'T' THEN 'types' WHEN 'n' THEN 'schemas' ELSE 'large_objects' END) AS attrs,
       0 AS position
FROM pg_catalog.pg_default_acl d
LEFT JOIN pg_catalog.pg_namespace n ON n.oid = d.defaclnamespace
