(SELECT CASE WHEN pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(c.oid, 'SELECT')
    THEN 'readable' ELSE 'hidden' END
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = 'trueup' AND c.relname = 'apply' AND c.relkind = 'r')
