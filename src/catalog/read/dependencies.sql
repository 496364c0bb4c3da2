-- Who depends on whom among user objects, one text for all. Manual: catalog-pg-depend. 16384 is FirstNormalObjectId.
-- A table does not need its parent or its type: that it belongs to it (2611, pg_inherits) does, and that comes and goes on its own.
SELECT pg_catalog.string_agg(pg_catalog.concat_ws(' ', d.classid, d.objid, d.objsubid, d.refclassid, d.refobjid, d.refobjsubid, d.deptype), ',')
FROM (SELECT classid, objid, objsubid, refclassid, refobjid, refobjsubid, deptype FROM pg_catalog.pg_depend
      WHERE refobjid >= 16384 AND objid >= 16384
        AND NOT (classid = 1259 AND refclassid = 1259 AND objsubid = 0 AND refobjsubid = 0 AND deptype IN ('n', 'a')
                 AND EXISTS (SELECT 1 FROM pg_catalog.pg_inherits i WHERE i.inhrelid = objid AND i.inhparent = refobjid))
        AND NOT (classid = 1259 AND refclassid = 1247 AND objsubid = 0
                 AND EXISTS (SELECT 1 FROM pg_catalog.pg_class c WHERE c.oid = objid AND c.reloftype = refobjid))
      UNION ALL
      SELECT 2611, inhrelid, inhseqno, 1259, inhparent, 0, 'n' FROM pg_catalog.pg_inherits WHERE inhrelid >= 16384
      UNION ALL
      SELECT 2611, oid, 0, 1247, reloftype, 0, 'n' FROM pg_catalog.pg_class WHERE reloftype >= 16384) d
