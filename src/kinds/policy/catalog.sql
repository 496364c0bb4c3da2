-- Row-level security policies. Manual: catalog-pg-policy. No roles means PUBLIC.
SELECT 'policy' AS kind, 3256 AS class, p.oid, 0 AS sub, n.nspname AS schema, c.relname AS parent, p.polname AS name, NULL AS args,
       NULL AS owner, NULL AS acl,
       pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
         'for', CASE p.polcmd WHEN 'r' THEN 'select' WHEN 'a' THEN 'insert' WHEN 'w' THEN 'update' WHEN 'd' THEN 'delete' END,
         'restrictive', CASE WHEN NOT p.polpermissive THEN true END,
         'to', CASE WHEN p.polroles <> '{0}' THEN (SELECT pg_catalog.json_agg(pg_catalog.pg_get_userbyid(r) ORDER BY pg_catalog.pg_get_userbyid(r))
                                                   FROM pg_catalog.unnest(p.polroles) r) END,
         'using', pg_catalog.pg_get_expr(p.polqual, p.polrelid),
         'with_check', pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid))) AS attrs,
       0 AS position
FROM pg_catalog.pg_policy p
JOIN pg_catalog.pg_class c ON c.oid = p.polrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'trueup')
