-- Range types, each with its multirange type. Manual: catalog-pg-range. What has CREATE TYPE's default is left out.
SELECT 'range_type' AS kind, 1247 AS class, t.oid, 0 AS sub, n.nspname AS schema, NULL AS parent, t.typname AS name, NULL AS args,
       pg_catalog.pg_get_userbyid(t.typowner) AS owner, t.typacl::pg_catalog.text AS acl,
       pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
         'subtype', pg_catalog.format_type(r.rngsubtype, NULL),
         'subtype_opclass', CASE WHEN NOT o.opcdefault THEN pg_catalog.quote_ident(opn.nspname) || '.' || pg_catalog.quote_ident(o.opcname) END,
         'collation', CASE WHEN r.rngcollation <> st.typcollation AND r.rngcollation <> 0 THEN
                        (SELECT pg_catalog.quote_ident(cn.nspname) || '.' || pg_catalog.quote_ident(co.collname)
                         FROM pg_catalog.pg_collation co JOIN pg_catalog.pg_namespace cn ON cn.oid = co.collnamespace
                         WHERE co.oid = r.rngcollation) END,
         'canonical', CASE WHEN r.rngcanonical <> 0 THEN r.rngcanonical::pg_catalog.text END,
         'subtype_diff', CASE WHEN r.rngsubdiff <> 0 THEN r.rngsubdiff::pg_catalog.text END,
         'multirange', CASE WHEN mn.nspname <> n.nspname OR m.typname <> CASE WHEN t.typname ~ 'range'
                              THEN pg_catalog.regexp_replace(t.typname, 'range', 'multirange') ELSE t.typname || '_multirange' END
                       THEN pg_catalog.quote_ident(mn.nspname) || '.' || pg_catalog.quote_ident(m.typname) END)) AS attrs,
       0 AS position
FROM pg_catalog.pg_range r
JOIN pg_catalog.pg_type t ON t.oid = r.rngtypid
JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
JOIN pg_catalog.pg_type st ON st.oid = r.rngsubtype
JOIN pg_catalog.pg_opclass o ON o.oid = r.rngsubopc
JOIN pg_catalog.pg_namespace opn ON opn.oid = o.opcnamespace
JOIN pg_catalog.pg_type m ON m.oid = r.rngmultitypid
JOIN pg_catalog.pg_namespace mn ON mn.oid = m.typnamespace
WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'trueup')
ORDER BY n.nspname, t.typname
