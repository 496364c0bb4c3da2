-- From PostgreSQL 18 on a NOT NULL is a constraint: what it has beside being there is put to what catalog.sql reads. Those that come from
-- a parent are the parent's. Manual: catalog-pg-constraint.
SELECT q.kind, q.class, q.oid, q.sub, q.schema, q.parent, q.name, q.args, q.owner, q.acl,
       CASE WHEN k.attrs IS NULL THEN q.attrs ELSE pg_catalog.left(q.attrs, -1) || ',' || pg_catalog.substr(k.attrs, 2) END AS attrs,
       q.position
FROM (
