-- Rewrite rules, without those that are views. Manual: catalog-pg-rewrite.
SELECT 'rule' AS kind, 2618 AS class, w.oid, 0 AS sub, n.nspname AS schema, c.relname AS parent, w.rulename AS name, NULL AS args,
       NULL AS owner, NULL AS acl,
       pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
         'definition', pg_catalog.regexp_replace(pg_catalog.pg_get_ruledef(w.oid), ';$', ''),
         'enabled', CASE w.ev_enabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END)) AS attrs,
       0 AS position
FROM pg_catalog.pg_rewrite w
JOIN pg_catalog.pg_class c ON c.oid = w.ev_class
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE w.rulename <> '_RETURN' AND w.oid >= 16384 AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'trueup')
ORDER BY n.nspname, c.relname, w.rulename
