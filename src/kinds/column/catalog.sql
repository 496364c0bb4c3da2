-- Columns of tables and foreign tables. Manual: catalog-pg-attribute. Identity options that have CREATE SEQUENCE's default are left out.
-- A column that a table has from a parent or its type, and in that one's order, has position 0.
-- Most columns have a type, perhaps NOT NULL, and nothing else: for those the long JSON is not built, which halves the time.
SELECT 'column' AS kind, 1259 AS class, a.attrelid AS oid, a.attnum AS sub, n.nspname AS schema, c.relname AS parent, a.attname AS name, NULL AS args,
       NULL AS owner, a.attacl::pg_catalog.text AS acl,
       CASE WHEN a.attcollation IN (0, t.typcollation) AND a.attidentity = '' AND a.attgenerated = '' AND a.attstorage = t.typstorage
             AND a.attcompression = '' AND COALESCE(a.attstattarget, -1) < 0 AND a.attoptions IS NULL
              AND c.relkind <> 'f' AND a.attfdwoptions IS NULL
       THEN '{"type":' || pg_catalog.to_json(pg_catalog.format_type(a.atttypid, a.atttypmod)) ||
            CASE WHEN a.attnotnull THEN ',"not_null":true}' ELSE '}' END
       ELSE pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
         'type', pg_catalog.format_type(a.atttypid, a.atttypmod),
         'not_null', CASE WHEN a.attnotnull THEN true END,
         'collation', CASE WHEN a.attcollation <> t.typcollation AND a.attcollation <> 0 THEN
                        (SELECT pg_catalog.quote_ident(cn.nspname) || '.' || pg_catalog.quote_ident(co.collname)
                         FROM pg_catalog.pg_collation co JOIN pg_catalog.pg_namespace cn ON cn.oid = co.collnamespace
                         WHERE co.oid = a.attcollation) END,
         -- From PostgreSQL 17 on a partition has its parent's identity, no other one, and gets and loses it with its place.
         'identity', CASE WHEN c.relispartition AND pg_catalog.current_setting('server_version_num')::pg_catalog.int4 >= 170000 THEN NULL
                     ELSE CASE a.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' END END,
         'identity_options', CASE WHEN a.attidentity <> '' THEN
            (SELECT pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
               'name', CASE WHEN sc.relname <> c.relname || '_' || a.attname || '_seq' OR sc.relnamespace <> c.relnamespace
                            THEN pg_catalog.quote_ident(sn.nspname) || '.' || pg_catalog.quote_ident(sc.relname) END,
               'increment', NULLIF(s.seqincrement, 1),
               'minimum', NULLIF(s.seqmin, CASE WHEN s.seqincrement > 0 THEN 1
                            ELSE CASE s.seqtypid WHEN 21 THEN -32768 WHEN 23 THEN -2147483648 ELSE -9223372036854775808 END END),
               'maximum', NULLIF(s.seqmax, CASE WHEN s.seqincrement < 0 THEN -1
                            ELSE CASE s.seqtypid WHEN 21 THEN 32767 WHEN 23 THEN 2147483647 ELSE 9223372036854775807 END END),
               'start', NULLIF(s.seqstart, CASE WHEN s.seqincrement > 0 THEN s.seqmin ELSE s.seqmax END),
               'cache', NULLIF(s.seqcache, 1),
               'cycle', CASE WHEN s.seqcycle THEN true END))
             FROM pg_catalog.pg_depend d
             JOIN pg_catalog.pg_sequence s ON s.seqrelid = d.objid
             JOIN pg_catalog.pg_class sc ON sc.oid = d.objid
             JOIN pg_catalog.pg_namespace sn ON sn.oid = sc.relnamespace
             WHERE d.classid = 1259 AND d.refclassid = 1259 AND d.refobjid = a.attrelid AND d.refobjsubid = a.attnum AND d.deptype = 'i') END,
         'generated', CASE WHEN a.attgenerated <> '' THEN
            (SELECT pg_catalog.pg_get_expr(ad.adbin, ad.adrelid) FROM pg_catalog.pg_attrdef ad WHERE ad.adrelid = a.attrelid AND ad.adnum = a.attnum) END,
         'virtual', CASE WHEN a.attgenerated = 'v' THEN true END,
         'storage', CASE WHEN a.attstorage <> t.typstorage THEN
                      CASE a.attstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'm' THEN 'main' ELSE 'extended' END END,
         'compression', CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END,
         'statistics', CASE WHEN a.attstattarget >= 0 THEN a.attstattarget END,
         'options', pg_catalog.to_json(a.attoptions),
         'foreign', CASE WHEN c.relkind = 'f' THEN true END,
         'foreign_options', CASE WHEN a.attfdwoptions IS NOT NULL THEN
           (SELECT pg_catalog.json_object_agg(o.option_name,
              CASE WHEN o.option_name ~* '(password|passwd|passcode|passphrase|secret|token|credential|apikey|(^|_)key$)' AND o.option_value !~ '^(true|false|on|off|\$\{(secret|env):[^}]*\})$'
                   THEN '${secret:' || pg_catalog.left(pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(o.option_value, 'UTF8')), 'hex'), 12) || '}'
                   ELSE o.option_value END ORDER BY o.option_name)
            FROM pg_catalog.pg_options_to_table(a.attfdwoptions) o) END))::pg_catalog.text END AS attrs,
       CASE WHEN (a.attislocal AND c.reloftype = 0) OR own.inhrelid IS NOT NULL THEN a.attnum ELSE 0 END AS position
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
-- Partitions whose columns stand in another order than their parent's.
LEFT JOIN (SELECT h.inhrelid FROM pg_catalog.pg_inherits h JOIN pg_catalog.pg_class k ON k.oid = h.inhrelid
           WHERE k.relispartition AND k.relkind IN ('r', 'p', 'f')
             AND (SELECT pg_catalog.string_agg(x.attname, ',' ORDER BY x.attnum) FROM pg_catalog.pg_attribute x
                  WHERE x.attrelid = h.inhrelid AND x.attnum > 0 AND NOT x.attisdropped)
                 <> (SELECT pg_catalog.string_agg(x.attname, ',' ORDER BY x.attnum) FROM pg_catalog.pg_attribute x
                     WHERE x.attrelid = h.inhparent AND x.attnum > 0 AND NOT x.attisdropped)) own ON own.inhrelid = a.attrelid
WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'f')
  AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'trueup')
