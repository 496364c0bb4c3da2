-- Foreign servers. Manual: catalog-pg-foreign-server. Options that are secret by their name are read as digests.
SELECT 'foreign_server' AS kind, 1417 AS class, s.oid, 0 AS sub, NULL AS schema, NULL AS parent, s.srvname AS name, NULL AS args,
       pg_catalog.pg_get_userbyid(s.srvowner) AS owner, s.srvacl::pg_catalog.text AS acl,
       pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
         'wrapper', f.fdwname,
         'type', s.srvtype,
         'version', s.srvversion,
         'options', (SELECT pg_catalog.json_object_agg(o.option_name,
              CASE WHEN o.option_name ~* '(password|passwd|passcode|passphrase|secret|token|credential|apikey|(^|_)key$)' AND o.option_value !~ '^(true|false|on|off|\$\{(secret|env):[^}]*\})$'
                   THEN '${secret:' || pg_catalog.left(pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(o.option_value, 'UTF8')), 'hex'), 12) || '}'
                   ELSE o.option_value END ORDER BY o.option_name)
            FROM pg_catalog.pg_options_to_table(s.srvoptions) o))) AS attrs,
       0 AS position
FROM pg_catalog.pg_foreign_server s
JOIN pg_catalog.pg_foreign_data_wrapper f ON f.oid = s.srvfdw
ORDER BY s.srvname
