-- User objects of the catalogs for which there is no kind: what it is, schema, name, and its address (what an extension owns is
-- the extension's).
SELECT what, schema, name, class, oid FROM (
  SELECT 'base type' AS what, n.nspname AS schema, t.typname AS name, 1247 AS class, t.oid
    FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
    WHERE t.typtype = 'b' AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_type e WHERE e.typarray = t.oid)
  UNION ALL SELECT 'typed table column', n.nspname, c.relname, 1259, c.oid
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND c.reloftype <> 0
  UNION ALL SELECT 'operator class', n.nspname, o.opcname, 2616, o.oid
    FROM pg_catalog.pg_opclass o JOIN pg_catalog.pg_namespace n ON n.oid = o.opcnamespace
  UNION ALL SELECT 'operator family', n.nspname, o.opfname, 2753, o.oid
    FROM pg_catalog.pg_opfamily o JOIN pg_catalog.pg_namespace n ON n.oid = o.opfnamespace
  UNION ALL SELECT 'conversion', n.nspname, c.conname, 2607, c.oid
    FROM pg_catalog.pg_conversion c JOIN pg_catalog.pg_namespace n ON n.oid = c.connamespace
  UNION ALL SELECT 'text search parser', n.nspname, c.prsname, 3601, c.oid
    FROM pg_catalog.pg_ts_parser c JOIN pg_catalog.pg_namespace n ON n.oid = c.prsnamespace
  UNION ALL SELECT 'text search template', n.nspname, c.tmplname, 3764, c.oid
    FROM pg_catalog.pg_ts_template c JOIN pg_catalog.pg_namespace n ON n.oid = c.tmplnamespace
  UNION ALL SELECT 'transform', NULL, pg_catalog.format_type(t.trftype, NULL), 3576, t.oid FROM pg_catalog.pg_transform t
  UNION ALL SELECT 'language', NULL, l.lanname, 2612, l.oid FROM pg_catalog.pg_language l
  UNION ALL SELECT 'access method', NULL, a.amname, 2601, a.oid FROM pg_catalog.pg_am a
  UNION ALL SELECT 'tablespace', NULL, s.spcname, 1213, s.oid FROM pg_catalog.pg_tablespace s
  UNION ALL SELECT 'tablespace of the database', NULL, s.spcname, 1213, s.oid
    FROM pg_catalog.pg_database d JOIN pg_catalog.pg_tablespace s ON s.oid = d.dattablespace
    WHERE d.datname = pg_catalog.current_database()
  UNION ALL SELECT 'privileges of a large object', NULL, l.oid::pg_catalog.text, 2613, l.oid
    FROM pg_catalog.pg_largeobject_metadata l WHERE l.lomacl IS NOT NULL
  UNION ALL SELECT 'security label of a large object', NULL, l.objoid::pg_catalog.text, 2613, l.objoid
    FROM pg_catalog.pg_seclabel l WHERE l.classoid = 2613
) u
WHERE u.oid >= 16384 AND (u.schema IS NULL OR (u.schema !~ '^pg_' AND u.schema NOT IN ('information_schema', 'trueup')))
ORDER BY 1, 2, 3
