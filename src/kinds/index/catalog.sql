-- Indexes that no constraint owns. Position -1: one that belongs to the parent's has another name than PostgreSQL gives it; -2: the
-- parent's is not valid, it is of the partitioned table alone. Manual: catalog-pg-index.
-- The definition is what follows ON <table>, without the storage parameters, which change in place.
SELECT 'index' AS kind, 1259 AS class, ic.oid, 0 AS sub, n.nspname AS schema, c.relname AS parent, ic.relname AS name, NULL AS args,
       NULL AS owner, NULL AS acl,
       CASE WHEN NOT i.indisunique AND ic.reloptions IS NULL AND ic.reltablespace = 0 AND NOT i.indisclustered AND NOT i.indisreplident
             AND i.indisvalid AND i.indexprs IS NULL AND NOT ic.relispartition
       THEN '{"definition":' || pg_catalog.to_json(tail.text) || '}'
       ELSE pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
         'unique', CASE WHEN i.indisunique THEN true END,
         'definition', CASE WHEN ic.reloptions IS NULL THEN tail.text ELSE pg_catalog.replace(tail.text, ' WITH (' || storage.text || ')', '') END,
         'options', pg_catalog.to_json(ic.reloptions),
         'tablespace', ts.spcname,
         'clustered', CASE WHEN i.indisclustered THEN true END,
         'replica_identity', CASE WHEN i.indisreplident THEN true END,
         'invalid', CASE WHEN NOT i.indisvalid AND ic.relkind = 'i' THEN true END,
         'on_only', CASE WHEN ic.relkind = 'I' AND NOT i.indisvalid THEN true END,
         'statistics', CASE WHEN i.indexprs IS NOT NULL THEN (SELECT pg_catalog.json_object_agg(a.attnum, a.attstattarget ORDER BY a.attnum) FROM pg_catalog.pg_attribute a
                        WHERE a.attrelid = ic.oid AND a.attstattarget >= 0) END,
         'attach_to', CASE WHEN ic.relispartition THEN (SELECT CASE WHEN pn.oid = n.oid THEN '' ELSE pg_catalog.quote_ident(pn.nspname) || '.' END || pg_catalog.quote_ident(pi.relname)
                        FROM pg_catalog.pg_inherits h JOIN pg_catalog.pg_class pi ON pi.oid = h.inhparent JOIN pg_catalog.pg_namespace pn ON pn.oid = pi.relnamespace
                        WHERE h.inhrelid = ic.oid) END))::pg_catalog.text END AS attrs,
       CASE WHEN ic.relispartition THEN (SELECT CASE WHEN NOT (SELECT x.indisvalid FROM pg_catalog.pg_inherits h JOIN pg_catalog.pg_index x ON x.indexrelid = h.inhparent WHERE h.inhrelid = ic.oid) THEN -2
                                              WHEN ic.relname = c.relname || '_' || pg_catalog.string_agg(a.attname, '_' ORDER BY a.attnum) || '_idx' THEN 0 ELSE -1 END
                                         FROM pg_catalog.pg_attribute a WHERE a.attrelid = ic.oid) ELSE 0 END AS position
FROM pg_catalog.pg_index i
JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid
JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_tablespace ts ON ts.oid = ic.reltablespace
CROSS JOIN LATERAL (SELECT pg_catalog.regexp_replace(pg_catalog.substr(pg_catalog.pg_get_indexdef(ic.oid), 1 + pg_catalog.length(
    CASE WHEN i.indisunique THEN 'CREATE UNIQUE INDEX ' ELSE 'CREATE INDEX ' END || pg_catalog.quote_ident(ic.relname) || ' ON ')), '^ONLY ', '') AS text) rest
CROSS JOIN LATERAL (SELECT pg_catalog.substr(rest.text, 1 + pg_catalog.length(
    pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname) || ' ')) AS text) tail
CROSS JOIN LATERAL (SELECT pg_catalog.string_agg(o.name || '=' ||
      CASE WHEN pg_catalog.quote_ident(o.value) = o.value THEN o.value ELSE pg_catalog.quote_literal(o.value) END, ', ' ORDER BY o.place) AS text
    FROM (SELECT pg_catalog.split_part(u.opt, '=', 1) AS name, pg_catalog.substr(u.opt, pg_catalog.strpos(u.opt, '=') + 1) AS value, u.place
          FROM pg_catalog.unnest(ic.reloptions) WITH ORDINALITY AS u(opt, place)) o) storage
WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'trueup')
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_constraint k WHERE k.conindid = ic.oid AND k.contype IN ('p', 'u', 'x'))
