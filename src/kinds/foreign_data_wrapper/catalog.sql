-- Foreign-data wrappers. Manual: catalog-pg-foreign-data-wrapper. Options that are secret by their name are read as digests.
SELECT 'foreign_data_wrapper' AS kind, 2328 AS class, f.oid, 0 AS sub, NULL AS schema, NULL AS parent, f.fdwname AS name, NULL AS args,
       pg_catalog.pg_get_userbyid(f.fdwowner) AS owner, f.fdwacl::pg_catalog.text AS acl,
       pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
         'handler', CASE WHEN f.fdwhandler <> 0 THEN f.fdwhandler::pg_catalog.regproc::pg_catalog.text END,
         'validator', CASE WHEN f.fdwvalidator <> 0 THEN f.fdwvalidator::pg_catalog.regproc::pg_catalog.text END,
         'options', (SELECT pg_catalog.json_object_agg(o.option_name,
              CASE WHEN o.option_name ~* '(password|passwd|passcode|passphrase|secret|token|credential|apikey|(^|_)key$)' AND o.option_value !~ '^(true|false|on|off|\$\{(secret|env):[^}]*\})$'
                   THEN '${secret:' || pg_catalog.left(pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(o.option_value, 'UTF8')), 'hex'), 12) || '}'
                   ELSE o.option_value END ORDER BY o.option_name)
            FROM pg_catalog.pg_options_to_table(f.fdwoptions) o))) AS attrs,
       0 AS position
FROM pg_catalog.pg_foreign_data_wrapper f
ORDER BY f.fdwname
