-- Everything made after an extension was entered in the catalog belongs to it; what belongs to something else goes with that.
-- Manual: catalog-pg-depend.
INSERT INTO pg_catalog.pg_depend
SELECT m.class, m.oid, 0, 3079, e.oid, 0, 'e'
FROM pg_catalog.pg_extension e
JOIN (
  SELECT 1247 AS class, t.oid FROM pg_catalog.pg_type t
  LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
  WHERE (t.typrelid = 0 OR c.relkind = 'c') AND NOT EXISTS (SELECT FROM pg_catalog.pg_type a WHERE a.typarray = t.oid)
  UNION ALL SELECT 1255, oid FROM pg_catalog.pg_proc
  UNION ALL SELECT 2617, oid FROM pg_catalog.pg_operator
  UNION ALL SELECT 2616, oid FROM pg_catalog.pg_opclass
  UNION ALL SELECT 2753, oid FROM pg_catalog.pg_opfamily
  UNION ALL SELECT 2601, oid FROM pg_catalog.pg_am
  UNION ALL SELECT 2605, oid FROM pg_catalog.pg_cast
  UNION ALL SELECT 2612, oid FROM pg_catalog.pg_language
  UNION ALL SELECT 3456, oid FROM pg_catalog.pg_collation
  UNION ALL SELECT 2328, oid FROM pg_catalog.pg_foreign_data_wrapper
  UNION ALL SELECT 3602, oid FROM pg_catalog.pg_ts_config
  UNION ALL SELECT 3600, oid FROM pg_catalog.pg_ts_dict
  UNION ALL SELECT 3601, oid FROM pg_catalog.pg_ts_parser
  UNION ALL SELECT 3764, oid FROM pg_catalog.pg_ts_template
  UNION ALL SELECT 3466, oid FROM pg_catalog.pg_event_trigger
  UNION ALL SELECT 2615, oid FROM pg_catalog.pg_namespace WHERE nspname !~ '^pg_'
  UNION ALL SELECT 1259, oid FROM pg_catalog.pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
    AND relnamespace <> 'pg_toast'::pg_catalog.regnamespace
) m ON m.oid > e.oid
WHERE e.extname = $1
  AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_depend d WHERE d.classid = m.class AND d.objid = m.oid AND d.objsubid = 0 AND d.deptype IN ('e', 'i')
      AND d.refclassid IN (1259, 3079))
