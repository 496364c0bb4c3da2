-- Security labels, on what PostgreSQL itself brings (the schema public) too: initdb sets none. Then those on what the whole server shares. Manual: catalog-pg-seclabel, catalog-pg-shseclabel.
-- The columns of views and composite types have class 0 here, as in the query that reads them.
SELECT CASE WHEN c.oid IS NULL THEN l.classoid ELSE 0 END, l.objoid, l.objsubid, l.provider, l.label
FROM pg_catalog.pg_seclabel l
LEFT JOIN pg_catalog.pg_class c ON l.classoid = 1259 AND l.objsubid > 0 AND c.oid = l.objoid AND c.relkind IN ('v', 'm', 'c')
UNION ALL
SELECT l.classoid, l.objoid, 0, l.provider, l.label FROM pg_catalog.pg_shseclabel l
