-- Who depends on whom among user objects, one text for all. Manual: catalog-pg-depend. 16384 is FirstNormalObjectId.
SELECT pg_catalog.string_agg(pg_catalog.concat_ws(' ', d.classid, d.objid, d.objsubid, d.refclassid, d.refobjid, d.refobjsubid, d.deptype), ',')
FROM pg_catalog.pg_depend d
WHERE d.refobjid >= 16384 AND d.objid >= 16384
