-- Comments on user objects. Extensions bring their own. Manual: catalog-pg-description.
-- The columns of views and composite types have class 0 here, as in the query that reads them.
SELECT CASE WHEN c.oid IS NULL THEN d.classoid ELSE 0 END, d.objoid, d.objsubid, d.description
FROM pg_catalog.pg_description d
LEFT JOIN pg_catalog.pg_class c ON d.classoid = 1259 AND d.objsubid > 0 AND c.oid = d.objoid AND c.relkind IN ('v', 'm', 'c')
WHERE d.objoid >= 16384 AND d.classoid <> 3079
UNION ALL
-- Roles and databases are shared. initdb has something to say of the database postgres.
SELECT d.classoid, d.objoid, 0, d.description
FROM pg_catalog.pg_shdescription d
WHERE d.objoid >= 16384 OR d.description <> 'default administrative connection database'
