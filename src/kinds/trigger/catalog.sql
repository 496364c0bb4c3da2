-- Triggers; those that partitions have from their parent are cloned, and all that can be their own is when they fire. Manual: catalog-pg-trigger.
SELECT 'trigger' AS kind, 2620 AS class, t.oid, 0 AS sub, n.nspname AS schema, c.relname AS parent, t.tgname AS name, NULL AS args,
       NULL AS owner, NULL AS acl,
       pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
         'definition', CASE WHEN t.tgparentid = 0 THEN pg_catalog.pg_get_triggerdef(t.oid) END,
         'cloned', CASE WHEN t.tgparentid <> 0 THEN true END,
         'enabled', CASE t.tgenabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END)) AS attrs,
       0 AS position
FROM pg_catalog.pg_trigger t
JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE NOT t.tgisinternal AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'trueup')
