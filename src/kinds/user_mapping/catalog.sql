-- User mappings, through the view that shows options only to who may see them. Manual: view-pg-user-mappings.
-- All options count as secret, and are read as digests.
SELECT 'user_mapping' AS kind, 1418 AS class, m.umid AS oid, 0 AS sub, NULL AS schema, NULL AS parent,
       CASE WHEN m.umuser = 0 THEN 'public' ELSE m.usename END AS name, m.srvname AS args, NULL AS owner, NULL AS acl,
       pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
         'role', CASE WHEN m.umuser <> 0 THEN m.usename END,
         'options', COALESCE((SELECT pg_catalog.json_object_agg(o.option_name,
              CASE WHEN o.option_value !~ '^(true|false|on|off|\$\{(secret|env):[^}]*\})$'
                   THEN '${secret:' || pg_catalog.left(pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(o.option_value, 'UTF8')), 'hex'), 12) || '}'
                   ELSE o.option_value END ORDER BY o.option_name)
            FROM pg_catalog.pg_options_to_table(m.umoptions) o),
            CASE WHEN NOT r.rolsuper THEN '"${unseen}"'::pg_catalog.json END))) AS attrs,
       0 AS position
FROM pg_catalog.pg_user_mappings m
JOIN pg_catalog.pg_roles r ON r.rolname = CURRENT_USER
ORDER BY m.srvname, 7
