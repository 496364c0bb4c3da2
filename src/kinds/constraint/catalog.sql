-- Constraints of tables. Checks that come from a parent have position 0; foreign keys of partitions come with the
-- parent's. Position -1: a key that belongs to the parent's has another name than PostgreSQL gives it; -2: the
-- parent's is not valid, it is of the partitioned table alone. Manual: catalog-pg-constraint.
-- NOT VALID and NOT ENFORCED are attributes of their own, so that changing them needs no new constraint.
SELECT CASE c.contype WHEN 'p' THEN 'primary_key' WHEN 'u' THEN 'unique' WHEN 'x' THEN 'exclusion' WHEN 'f' THEN 'foreign_key' ELSE 'check' END AS kind,
       2606 AS class, c.oid, 0 AS sub, n.nspname AS schema, r.relname AS parent, c.conname AS name, NULL AS args,
       NULL AS owner, NULL AS acl,
       CASE WHEN c.convalidated AND i.indisclustered IS NOT TRUE AND i.indisreplident IS NOT TRUE AND ic.relispartition IS NOT TRUE AND (ic.relkind IS DISTINCT FROM 'I' OR i.indisvalid)
             AND ic.reloptions IS NULL AND COALESCE(ic.reltablespace, 0) = 0
       THEN '{"definition":' || pg_catalog.to_json(pg_catalog.pg_get_constraintdef(c.oid)) || '}'
       ELSE pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
         'definition', pg_catalog.regexp_replace(pg_catalog.pg_get_constraintdef(c.oid), ' NOT (VALID|ENFORCED)$', ''),
         'not_valid', CASE WHEN NOT c.convalidated AND c.contype IN ('c', 'f') AND pg_catalog.pg_get_constraintdef(c.oid) !~ ' NOT ENFORCED$' THEN true END,
         'not_enforced', CASE WHEN NOT c.convalidated AND c.contype IN ('c', 'f') AND pg_catalog.pg_get_constraintdef(c.oid) ~ ' NOT ENFORCED$' THEN true END,
         'on_only', CASE WHEN ic.relkind = 'I' AND NOT i.indisvalid THEN true END,
         'options', pg_catalog.to_json(ic.reloptions),
         'tablespace', (SELECT ts.spcname FROM pg_catalog.pg_tablespace ts WHERE ts.oid = ic.reltablespace),
         'clustered', CASE WHEN i.indisclustered THEN true END,
         'replica_identity', CASE WHEN i.indisreplident THEN true END,
         'attach_to', CASE WHEN ic.relispartition THEN (SELECT CASE WHEN pn.oid = n.oid THEN '' ELSE pg_catalog.quote_ident(pn.nspname) || '.' END || pg_catalog.quote_ident(pi.relname)
                        FROM pg_catalog.pg_inherits h JOIN pg_catalog.pg_class pi ON pi.oid = h.inhparent JOIN pg_catalog.pg_namespace pn ON pn.oid = pi.relnamespace
                        WHERE h.inhrelid = c.conindid) END))::pg_catalog.text END AS attrs,
       CASE WHEN ic.relispartition THEN
              (SELECT CASE WHEN NOT (SELECT x.indisvalid FROM pg_catalog.pg_inherits h JOIN pg_catalog.pg_index x ON x.indexrelid = h.inhparent WHERE h.inhrelid = ic.oid) THEN -2
                           WHEN c.conname = r.relname || CASE WHEN c.contype = 'p' THEN '_pkey' ELSE
                             '_' || pg_catalog.string_agg(a.attname, '_' ORDER BY a.attnum) || CASE c.contype WHEN 'u' THEN '_key' ELSE '_excl' END END THEN 0 ELSE -1 END
               FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.conindid)
            WHEN c.conislocal THEN 1 ELSE 0 END AS position
FROM pg_catalog.pg_constraint c
JOIN pg_catalog.pg_class r ON r.oid = c.conrelid
JOIN pg_catalog.pg_namespace n ON n.oid = r.relnamespace
LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.conindid AND c.contype IN ('p', 'u', 'x')
LEFT JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid
WHERE c.contype IN ('p', 'u', 'x', 'f', 'c') AND (c.conparentid = 0 OR c.contype IN ('p', 'u', 'x'))
  AND r.relkind IN ('r', 'p', 'f') AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'trueup')
