-- Sequences, without those of identity columns, which belong to their column. Manual: catalog-pg-sequence.
-- One that a column owns has its table's owner, and follows it.
-- Minimum, maximum and start are left out where they are what the type and direction give.
SELECT 'sequence' AS kind, 1259 AS class, c.oid, 0 AS sub, n.nspname AS schema, NULL AS parent, c.relname AS name, NULL AS args,
       pg_catalog.pg_get_userbyid(c.relowner) AS owner, c.relacl::pg_catalog.text AS acl,
       pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
         'type', CASE WHEN s.seqtypid <> 20 THEN pg_catalog.format_type(s.seqtypid, NULL) END,
         'increment', NULLIF(s.seqincrement, 1),
         'minimum', NULLIF(s.seqmin, CASE WHEN s.seqincrement > 0 THEN 1
                                          ELSE CASE s.seqtypid WHEN 21 THEN -32768 WHEN 23 THEN -2147483648 ELSE -9223372036854775808 END END),
         'maximum', NULLIF(s.seqmax, CASE WHEN s.seqincrement < 0 THEN -1
                                          ELSE CASE s.seqtypid WHEN 21 THEN 32767 WHEN 23 THEN 2147483647 ELSE 9223372036854775807 END END),
         'start', NULLIF(s.seqstart, CASE WHEN s.seqincrement > 0 THEN s.seqmin ELSE s.seqmax END),
         'cache', NULLIF(s.seqcache, 1),
         'cycle', CASE WHEN s.seqcycle THEN true END,
         'unlogged', CASE WHEN c.relpersistence = 'u' THEN true END,
         'owner_by_default', CASE WHEN EXISTS (SELECT 1 FROM pg_catalog.pg_depend d WHERE d.classid = 1259 AND d.objid = c.oid
                                               AND d.refclassid = 1259 AND d.deptype = 'a') THEN true END,
         'owned_by', (SELECT pg_catalog.json_build_array(tn.nspname, t.relname, a.attname)
                      FROM pg_catalog.pg_depend d
                      JOIN pg_catalog.pg_class t ON t.oid = d.refobjid
                      JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
                      JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
                      WHERE d.classid = 1259 AND d.objid = c.oid AND d.refclassid = 1259 AND d.deptype = 'a'))) AS attrs,
       0 AS position
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_sequence s ON s.seqrelid = c.oid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'S' AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'trueup')
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d WHERE d.classid = 1259 AND d.objid = c.oid AND d.refclassid = 1259 AND d.deptype = 'i')
