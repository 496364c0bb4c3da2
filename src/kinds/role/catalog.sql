-- Roles, without PostgreSQL's own and the one that initdb made. Manual: view-pg-roles, catalog-pg-db-role-setting.
-- Nobody but a superuser sees passwords, and nobody can compare them: they are never read. Values of settings with a dot in their name
-- are read as digests.
SELECT 'role' AS kind, 1260 AS class, r.oid, 0 AS sub, NULL AS schema, NULL AS parent, r.rolname AS name, NULL AS args,
       NULL AS owner, NULL AS acl,
       pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
         'login', NULLIF(r.rolcanlogin, false),
         'superuser', NULLIF(r.rolsuper, false),
         'createdb', NULLIF(r.rolcreatedb, false),
         'createrole', NULLIF(r.rolcreaterole, false),
         'inherit', NULLIF(r.rolinherit, true),
         'replication', NULLIF(r.rolreplication, false),
         'bypassrls', NULLIF(r.rolbypassrls, false),
         'connection_limit', NULLIF(r.rolconnlimit, -1),
         'valid_until', CASE WHEN pg_catalog.isfinite(r.rolvaliduntil) THEN pg_catalog.to_char(r.rolvaliduntil, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') END,
         'password', '${unseen}',
         'settings', (SELECT pg_catalog.json_object_agg(x.name, CASE WHEN pg_catalog.strpos(x.name, '.') > 0 AND x.value !~ '^\$\{(secret|env):[^}]*\}$'
                   THEN '${secret:' || pg_catalog.left(pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(x.value, 'UTF8')), 'hex'), 12) || '}'
                   ELSE x.value END ORDER BY x.name)
            FROM (SELECT pg_catalog.lower(pg_catalog.split_part(e, '=', 1)) AS name, pg_catalog.substr(e, pg_catalog.strpos(e, '=') + 1) AS value
                  FROM pg_catalog.unnest(r.rolconfig) e) x),
         'database_settings', (SELECT pg_catalog.json_object_agg(x.name, CASE WHEN pg_catalog.strpos(x.name, '.') > 0 AND x.value !~ '^\$\{(secret|env):[^}]*\}$'
                   THEN '${secret:' || pg_catalog.left(pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(x.value, 'UTF8')), 'hex'), 12) || '}'
                   ELSE x.value END ORDER BY x.name)
            FROM (SELECT pg_catalog.lower(pg_catalog.split_part(e, '=', 1)) AS name, pg_catalog.substr(e, pg_catalog.strpos(e, '=') + 1) AS value
                  FROM pg_catalog.unnest(s.setconfig) e) x))) AS attrs,
       0 AS position
FROM pg_catalog.pg_roles r
LEFT JOIN pg_catalog.pg_db_role_setting s ON s.setrole = r.oid
  AND s.setdatabase = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
WHERE r.oid >= 16384 AND r.rolname !~ '^pg_'
ORDER BY r.rolname
