-- Every object that somebody has made, from every catalog that has OIDs: the catalog as pg_depend calls it, its name, and the OIDs. The
-- server says which catalogs there are, so that what a newer version adds is seen before any kind knows of it; a catalog that
-- the reader may not see is left out. Manual: catalogs. 16384 is FirstNormalObjectId.
-- Conditions leave out what is a part of something else (labels of enums, NOT NULL constraints, the server's own triggers and
-- casts), what an operator only announces, and what belongs to other databases. What is temporary, pg_toast's and trueup's is
-- left out by its schema, or by the relation that it is on. query_to_xml is how a query is run whose text is made here.
SELECT CASE c.relname WHEN 'pg_largeobject_metadata' THEN 2613 ELSE c.oid END AS class, c.relname,
       pg_catalog.substring(pg_catalog.query_to_xml(
         'SELECT pg_catalog.string_agg(o.oid::pg_catalog.text, '','') AS o FROM pg_catalog.' || pg_catalog.quote_ident(c.relname) || ' o WHERE o.oid >= 16384'
         || COALESCE(' AND ' || own.condition, '')
         || COALESCE((SELECT pg_catalog.format(' AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_namespace n WHERE n.oid = o.%I AND %s)', s.attname, other.schemas)
                      FROM pg_catalog.pg_attribute s WHERE s.attrelid = c.oid AND s.attname ~ 'namespace$' AND s.atttypid = 26), '')
         || CASE WHEN own.relation IS NULL THEN '' ELSE pg_catalog.format(' AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_class r JOIN pg_catalog.pg_namespace n ON n.oid = r.relnamespace WHERE r.oid = o.%I AND %s)',
                      own.relation, other.schemas) END,
         false, true, '')::pg_catalog.text, '<o>([^<]*)</o>') AS oids
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname = 'oid' AND a.attnum > 0
CROSS JOIN (VALUES ('(n.nspname ~ ''^pg_(toast|temp|toast_temp)(_|$)'' OR n.nspname = ''trueup'')')) other(schemas)
LEFT JOIN (VALUES
  ('pg_attrdef', 'adrelid', NULL),
  ('pg_auth_members', NULL, 'false'),
  ('pg_authid', NULL, 'false'),
  ('pg_cast', NULL, 'NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d WHERE d.classid = 2605 AND d.objid = o.oid AND d.deptype = ''i'')'),
  ('pg_constraint', NULL, 'o.contype NOT IN (''n'', ''t'')'),
  ('pg_database', NULL, 'false'),
  ('pg_enum', NULL, 'false'),
  ('pg_namespace', NULL, 'o.nspname !~ ''^pg_(toast_)?temp_'' AND o.nspname <> ''trueup'''),
  ('pg_operator', NULL, 'o.oprcode <> 0'),
  ('pg_policy', 'polrelid', NULL),
  ('pg_rewrite', 'ev_class', NULL),
  ('pg_subscription', NULL, 'o.subdbid = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())'),
  ('pg_trigger', 'tgrelid', 'NOT o.tgisinternal')) own(catalog, relation, condition) ON own.catalog = c.relname
WHERE c.relnamespace = 11 AND c.relkind = 'r' AND pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT')
