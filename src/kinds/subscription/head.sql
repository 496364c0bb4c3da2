-- Subscriptions of this database. Manual: catalog-pg-subscription. Only superusers may read the connection string, and a query
-- that names it is refused to others before it runs: so it is read by a function that runs a text, ts_stat, which gives it back as a word, and as
-- a digest.
SELECT 'subscription' AS kind, 6100 AS class, s.oid, 0 AS sub, NULL AS schema, NULL AS parent, s.subname AS name, NULL AS args,
       pg_catalog.pg_get_userbyid(s.subowner) AS owner, NULL AS acl,
       pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
         'connection', CASE WHEN r.rolsuper THEN (SELECT w.word FROM pg_catalog.ts_stat(
              'SELECT pg_catalog.array_to_tsvector(ARRAY[CASE WHEN subconninfo ~ ''^dbname=\$\{(secret|env):[^}]*\}$'' THEN pg_catalog.substr(subconninfo, 8) ELSE ''${secret:'' ||
               pg_catalog.left(pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(subconninfo, ''UTF8'')), ''hex''), 12) || ''}'' END])
               FROM pg_catalog.pg_subscription WHERE oid = ' || s.oid::pg_catalog.text) w)
            ELSE '${unseen}' END,
         'publications', pg_catalog.array_to_json(s.subpublications),
         'enabled', CASE WHEN NOT s.subenabled THEN false END,
         'slot_name', NULLIF(COALESCE(s.subslotname::pg_catalog.text, 'none'), s.subname::pg_catalog.text),
         'binary', CASE WHEN s.subbinary THEN true END,
         'synchronous_commit', NULLIF(s.subsynccommit, 'off')
