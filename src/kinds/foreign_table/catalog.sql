-- Foreign tables; their columns and constraints are read with those of tables. Manual: catalog-pg-foreign-table.
-- Options that are secret by their name are read as digests.
SELECT 'foreign_table' AS kind, 1259 AS class, c.oid, 0 AS sub, n.nspname AS schema, NULL AS parent, c.relname AS name, NULL AS args,
       pg_catalog.pg_get_userbyid(c.relowner) AS owner, c.relacl::pg_catalog.text AS acl,
       pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
         'server', s.srvname,
         'options', (SELECT pg_catalog.json_object_agg(o.option_name,
              CASE WHEN o.option_name ~* '(password|passwd|passcode|passphrase|secret|token|credential|apikey|(^|_)key$)' AND o.option_value !~ '^(true|false|on|off|\$\{(secret|env):[^}]*\})$'
                   THEN '${secret:' || pg_catalog.left(pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(o.option_value, 'UTF8')), 'hex'), 12) || '}'
                   ELSE o.option_value END ORDER BY o.option_name)
            FROM pg_catalog.pg_options_to_table(t.ftoptions) o))) AS attrs,
       0 AS position
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_foreign_table t ON t.ftrelid = c.oid
JOIN pg_catalog.pg_foreign_server s ON s.oid = t.ftserver
WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'trueup')
ORDER BY n.nspname, c.relname
