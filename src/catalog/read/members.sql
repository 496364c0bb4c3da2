-- What extensions own, in the form of dependencies.sql. Manual: catalog-pg-depend.
SELECT pg_catalog.string_agg(pg_catalog.concat_ws(' ', d.classid, d.objid, d.objsubid, d.refclassid, d.refobjid, d.refobjsubid, d.deptype), ',')
FROM pg_catalog.pg_depend d
WHERE d.deptype = 'e' AND d.refclassid = 3079 AND d.refobjid >= 16384 AND d.objid >= 16384
