-- Operators, without shells that only a commutator or negator names. Manual: catalog-pg-operator.
SELECT 'operator' AS kind, 2617 AS class, o.oid, 0 AS sub, n.nspname AS schema, NULL AS parent, o.oprname AS name,
       CASE WHEN o.oprleft = 0 THEN 'NONE' ELSE pg_catalog.format_type(o.oprleft, NULL) END || ', ' || pg_catalog.format_type(o.oprright, NULL) AS args,
       pg_catalog.pg_get_userbyid(o.oprowner) AS owner, NULL AS acl,
       pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
         'arguments', CASE WHEN o.oprleft = 0 THEN 'NONE' ELSE pg_catalog.format_type(o.oprleft, NULL) END || ', ' || pg_catalog.format_type(o.oprright, NULL),
         'function', o.oprcode::pg_catalog.text,
         'leftarg', CASE WHEN o.oprleft <> 0 THEN pg_catalog.format_type(o.oprleft, NULL) END,
         'rightarg', pg_catalog.format_type(o.oprright, NULL),
         'commutator', (SELECT 'OPERATOR(' || pg_catalog.quote_ident(cn.nspname) || '.' || c.oprname || ')'
                        FROM pg_catalog.pg_operator c JOIN pg_catalog.pg_namespace cn ON cn.oid = c.oprnamespace WHERE c.oid = o.oprcom),
         'negator', (SELECT 'OPERATOR(' || pg_catalog.quote_ident(cn.nspname) || '.' || c.oprname || ')'
                     FROM pg_catalog.pg_operator c JOIN pg_catalog.pg_namespace cn ON cn.oid = c.oprnamespace WHERE c.oid = o.oprnegate),
         'restrict', CASE WHEN o.oprrest <> 0 THEN o.oprrest::pg_catalog.text END,
         'join', CASE WHEN o.oprjoin <> 0 THEN o.oprjoin::pg_catalog.text END,
         'hashes', CASE WHEN o.oprcanhash THEN true END,
         'merges', CASE WHEN o.oprcanmerge THEN true END)) AS attrs,
       0 AS position
FROM pg_catalog.pg_operator o
JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace
WHERE o.oprcode <> 0 AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'trueup')
ORDER BY n.nspname, o.oprname, o.oid
