-- Addresses that stand for another object's: (class, oid) -> (class, oid, column).
-- Row types and array types for what they are made from, rules for their view, indexes for their constraint, sequences for
-- their identity column, constructors for their range type, members for their operator class or family, what is on a relation of an
-- extension for that. Manual: catalog-pg-depend.
SELECT 1247 AS class, t.oid, CASE WHEN c.oid IS NOT NULL THEN 1259 ELSE 1247 END AS to_class, COALESCE(c.oid, t.typelem) AS to_oid, 0 AS to_sub
FROM pg_catalog.pg_type t
LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid AND c.relkind <> 'c'
LEFT JOIN pg_catalog.pg_type e ON e.typarray = t.oid AND e.oid = t.typelem
WHERE t.oid >= 16384 AND (c.oid IS NOT NULL OR e.oid IS NOT NULL)
UNION ALL
SELECT 1247, r.rngmultitypid, 1247, r.rngtypid, 0 FROM pg_catalog.pg_range r WHERE r.rngtypid >= 16384
UNION ALL
SELECT 1259, c.oid, 1247, c.reltype, 0 FROM pg_catalog.pg_class c WHERE c.relkind = 'c' AND c.oid >= 16384
UNION ALL
SELECT 2618, w.oid, 1259, w.ev_class, 0 FROM pg_catalog.pg_rewrite w WHERE w.oid >= 16384 AND w.rulename = '_RETURN'
UNION ALL
SELECT 1259, k.conindid, 2606, k.oid, 0 FROM pg_catalog.pg_constraint k WHERE k.contype IN ('p', 'u', 'x') AND k.conindid <> 0 AND k.oid >= 16384
UNION ALL
SELECT 2606, k.oid, 2606, k.conparentid, 0 FROM pg_catalog.pg_constraint k WHERE k.conparentid <> 0
UNION ALL
SELECT 2606, k.oid, 1247, k.contypid, 0 FROM pg_catalog.pg_constraint k WHERE k.contypid <> 0 AND k.oid >= 16384
UNION ALL
SELECT 2604, d.oid, 1259, d.adrelid, 0
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_attrdef d ON d.adrelid = c.oid
WHERE c.relkind = 'v'
UNION ALL
SELECT 2604, d.oid, 1259, d.adrelid, d.adnum
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attgenerated IN ('s', 'v')
UNION ALL
SELECT 1259, d.objid, 1259, d.refobjid, d.refobjsubid
FROM pg_catalog.pg_depend d
JOIN pg_catalog.pg_class c ON c.oid = d.objid AND c.relkind = 'S'
WHERE d.classid = 1259 AND d.refclassid = 1259 AND d.deptype = 'i'
UNION ALL
SELECT 1255, d.objid, 1247, d.refobjid, 0
FROM pg_catalog.pg_depend d
WHERE d.classid = 1255 AND d.refclassid = 1247 AND d.deptype = 'i' AND d.objid >= 16384
UNION ALL
SELECT d.classid, d.objid, d.refclassid, d.refobjid, 0
FROM pg_catalog.pg_depend d
WHERE d.classid IN (2602, 2603) AND d.objid >= 16384
  AND (d.refclassid = 2616 OR (d.refclassid = 2753 AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend c
       WHERE c.classid = d.classid AND c.objid = d.objid AND c.refclassid = 2616)))
UNION ALL
-- What is on a relation of an extension is as much that one's: no list of members has it.
SELECT o.class, o.oid, 1259, o.relation, 0
FROM (
  SELECT 2606 AS class, oid, conrelid AS relation FROM pg_catalog.pg_constraint WHERE conparentid = 0
  UNION ALL SELECT 1259, i.indexrelid, i.indrelid FROM pg_catalog.pg_index i
    WHERE NOT EXISTS (SELECT 1 FROM pg_catalog.pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
  UNION ALL SELECT 2604, oid, adrelid FROM pg_catalog.pg_attrdef
  UNION ALL SELECT 2620, oid, tgrelid FROM pg_catalog.pg_trigger WHERE NOT tgisinternal
  UNION ALL SELECT 3256, oid, polrelid FROM pg_catalog.pg_policy
  UNION ALL SELECT 2618, oid, ev_class FROM pg_catalog.pg_rewrite
  UNION ALL SELECT 3381, oid, stxrelid FROM pg_catalog.pg_statistic_ext
) o
JOIN pg_catalog.pg_depend e ON e.classid = 1259 AND e.objid = o.relation AND e.refclassid = 3079 AND e.deptype = 'e'
WHERE o.oid >= 16384
