-- The database itself. Manual: catalog-pg-database, catalog-pg-db-role-setting. Its name is that of the connection and belongs to
-- no model. Values of settings with a dot in their name are read as digests.
SELECT 'database' AS kind, 1262 AS class, d.oid, 0 AS sub, NULL AS schema, NULL AS parent, 'current' AS name, NULL AS args,
       pg_catalog.pg_get_userbyid(d.datdba) AS owner, d.datacl::pg_catalog.text AS acl,
       pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
         'connection_limit', NULLIF(d.datconnlimit, -1),
         'settings', (SELECT pg_catalog.json_object_agg(x.name, CASE WHEN pg_catalog.strpos(x.name, '.') > 0 AND x.value !~ '^\$\{(secret|env):[^}]*\}$'
                   THEN '${secret:' || pg_catalog.left(pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(x.value, 'UTF8')), 'hex'), 12) || '}'
                   ELSE x.value END ORDER BY x.name)
            FROM (SELECT pg_catalog.lower(pg_catalog.split_part(e, '=', 1)) AS name, pg_catalog.substr(e, pg_catalog.strpos(e, '=') + 1) AS value
                  FROM pg_catalog.unnest(s.setconfig) e) x))) AS attrs,
       0 AS position
FROM pg_catalog.pg_database d
LEFT JOIN pg_catalog.pg_db_role_setting s ON s.setdatabase = d.oid AND s.setrole = 0
WHERE d.datname = pg_catalog.current_database()
