-- Who is a member of which role. Manual: catalog-pg-auth-members. The same membership from several grantors is one.
-- What CREATE ROLE gives its maker (CREATEROLE; admin alone, from the one that initdb made) is nobody's word.
-- inherit is said where it is not what the member has by itself.
SELECT 'membership' AS kind, 0 AS class, 0 AS oid, 0 AS sub, NULL AS schema, NULL AS parent, u.rolname AS name,
       pg_catalog.quote_ident(g.rolname) AS args, NULL AS owner, NULL AS acl,
       pg_catalog.json_strip_nulls(pg_catalog.json_build_object('admin', NULLIF(pg_catalog.bool_or(m.admin_option), false), 'inherit', CASE WHEN pg_catalog.bool_or(m.inherit_option) <> u.rolinherit THEN pg_catalog.bool_or(m.inherit_option) END,
         'set', NULLIF(pg_catalog.bool_or(m.set_option), true))) AS attrs,
       0 AS position
FROM pg_catalog.pg_auth_members m
JOIN pg_catalog.pg_roles g ON g.oid = m.roleid
JOIN pg_catalog.pg_roles u ON u.oid = m.member
WHERE m.member >= 16384 AND NOT (m.grantor = 10 AND u.rolcreaterole AND m.admin_option AND NOT m.inherit_option AND NOT m.set_option)
GROUP BY g.rolname, u.rolname, u.rolinherit
ORDER BY 7, 8
