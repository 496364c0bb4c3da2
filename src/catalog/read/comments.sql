-- Comments on user objects. Extensions bring their own. Manual: catalog-pg-description.
SELECT d.classoid, d.objoid, d.objsubid, d.description
FROM pg_catalog.pg_description d
WHERE d.objoid >= 16384 AND d.classoid <> 3079
