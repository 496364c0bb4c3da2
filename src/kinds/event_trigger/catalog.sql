-- Event triggers. Manual: catalog-pg-event-trigger.
SELECT 'event_trigger' AS kind, 3466 AS class, e.oid, 0 AS sub, NULL AS schema, NULL AS parent, e.evtname AS name, NULL AS args,
       pg_catalog.pg_get_userbyid(e.evtowner) AS owner, NULL AS acl,
       pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
         'event', e.evtevent,
         'tags', pg_catalog.array_to_json(e.evttags),
         'function', e.evtfoid::pg_catalog.regproc::pg_catalog.text,
         'enabled', CASE e.evtenabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END)) AS attrs,
       0 AS position
FROM pg_catalog.pg_event_trigger e
ORDER BY e.evtname
