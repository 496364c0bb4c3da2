-- Comments on user objects: address, text, and the attribute that it is where it is not the object's comment. Extensions bring their
-- own. Manual: catalog-pg-description.
-- The columns of views and composite types have class 0 here, as in the query that reads them. The index of a constraint is no
-- object of its own; constraints of types are attributes of these, with their comments.
SELECT CASE WHEN k.oid IS NOT NULL THEN 2606 WHEN c.oid IS NULL THEN d.classoid ELSE 0 END, COALESCE(k.oid, d.objoid), d.objsubid, d.description,
       CASE WHEN k.oid IS NOT NULL THEN 'index_comment' END
FROM pg_catalog.pg_description d
LEFT JOIN pg_catalog.pg_class c ON d.classoid = 1259 AND d.objsubid > 0 AND c.oid = d.objoid AND c.relkind IN ('v', 'm', 'c')
LEFT JOIN pg_catalog.pg_constraint k ON d.classoid = 1259 AND d.objsubid = 0 AND k.conindid = d.objoid AND k.contype IN ('p', 'u', 'x')
WHERE d.objoid >= 16384 AND d.classoid <> 3079
  AND NOT (d.classoid = 2606 AND EXISTS (SELECT 1 FROM pg_catalog.pg_constraint k WHERE k.oid = d.objoid AND (k.contypid <> 0 OR k.contype = 'n')))
UNION ALL
-- A NOT NULL is its column's, from PostgreSQL 18 on with a comment of its own.
SELECT 1259, k.conrelid, k.conkey[1], d.description, 'not_null_comment'
FROM pg_catalog.pg_description d
JOIN pg_catalog.pg_constraint k ON k.oid = d.objoid
WHERE d.classoid = 2606 AND k.contype = 'n' AND k.conislocal AND k.conrelid >= 16384
UNION ALL
-- Roles and databases are shared. initdb has something to say of the database postgres.
SELECT d.classoid, d.objoid, 0, d.description, NULL
FROM pg_catalog.pg_shdescription d
WHERE d.objoid >= 16384 OR d.description <> 'default administrative connection database'
