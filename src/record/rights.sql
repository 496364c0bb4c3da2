-- Whether this role may make the record, or write to the one that is there.
SELECT
  CURRENT_USER::pg_catalog.text AS role,
  pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE') AS may_make,
  n.oid IS NOT NULL AS there,
  coalesce(pg_catalog.has_schema_privilege(n.oid, 'CREATE') AND pg_catalog.has_schema_privilege(n.oid, 'USAGE'), false) AS may_fill,
  pg_catalog.pg_get_userbyid(n.nspowner) AS owner,
  NOT EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.relnamespace = n.oid) AS is_empty,
  EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.relnamespace = n.oid AND c.relname = 'meta') AS is_record,
  coalesce(pg_catalog.has_schema_privilege(n.oid, 'USAGE'), false)
    AND NOT EXISTS (SELECT FROM pg_catalog.pg_class c, (VALUES ('SELECT'), ('INSERT'), ('UPDATE'), ('DELETE')) AS p (name)
      WHERE c.relnamespace = n.oid AND c.relname IN ('meta', 'apply', 'object', 'agreed', 'hold', 'kept') AND c.relkind = 'r'
      AND NOT pg_catalog.has_table_privilege(c.oid, p.name)) AS may_write
FROM (VALUES (1)) AS one LEFT JOIN pg_catalog.pg_namespace n ON n.nspname = 'trueup'
