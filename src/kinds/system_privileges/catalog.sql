-- Privileges on what comes with PostgreSQL, where they are not as initdb left them: who has more, who has less.
-- initdb notes nothing of information_schema; nor does pg_dump look there. Manual: catalog-pg-init-privs, ddl-priv. 16384 is FirstNormalObjectId. Class 0 keeps them out of pg_depend's addresses.
SELECT 'system_privileges' AS kind, 0 AS class, o.oid, o.sub, NULL AS schema, NULL AS parent, o.target AS name, NULL AS args,
       NULL AS owner, NULL AS acl,
       pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
         'grant', (SELECT pg_catalog.json_object_agg(g.grantee, g.rights) FROM (
              SELECT x.grantee, pg_catalog.json_agg(x.privilege ORDER BY x.privilege) AS rights
              FROM (SELECT * FROM pg_catalog.unnest(o.now) EXCEPT SELECT * FROM pg_catalog.unnest(o.first)) d(item)
              CROSS JOIN LATERAL (SELECT pg_catalog.split_part(d.item, E'\n', 1) AS grantee, pg_catalog.split_part(d.item, E'\n', 2) AS privilege) x
              GROUP BY x.grantee) g),
         'revoke', (SELECT pg_catalog.json_object_agg(g.grantee, g.rights) FROM (
              SELECT x.grantee, pg_catalog.json_agg(x.privilege ORDER BY x.privilege) AS rights
              FROM (SELECT * FROM pg_catalog.unnest(o.first) EXCEPT SELECT * FROM pg_catalog.unnest(o.now)) d(item)
              CROSS JOIN LATERAL (SELECT pg_catalog.split_part(d.item, E'\n', 1) AS grantee, pg_catalog.split_part(d.item, E'\n', 2) AS privilege) x
              GROUP BY x.grantee) g)))::pg_catalog.text AS attrs,
       0 AS position
FROM (
  SELECT a.oid, a.sub, a.target, now.items AS now, first.items AS first
  FROM (
    SELECT c.oid, 0 AS sub, CASE c.relkind WHEN 'S' THEN 'sequence ' ELSE 'table ' END || pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname) AS target,
           COALESCE(c.relacl, pg_catalog.acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", c.relowner)) AS acl,
           COALESCE(i.initprivs, pg_catalog.acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", c.relowner)) AS initial
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_catalog.pg_init_privs i ON i.classoid = 1259 AND i.objoid = c.oid AND i.objsubid = 0
    WHERE c.oid < 16384 AND n.nspname = 'pg_catalog' AND c.relacl IS DISTINCT FROM i.initprivs
    UNION ALL
    SELECT c.oid, a.attnum, 'table ' || pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname) || ' (' || pg_catalog.quote_ident(a.attname) || ')',
           a.attacl, i.initprivs
    FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_catalog.pg_init_privs i ON i.classoid = 1259 AND i.objoid = c.oid AND i.objsubid = a.attnum
    WHERE c.oid < 16384 AND n.nspname = 'pg_catalog' AND a.attacl IS DISTINCT FROM i.initprivs
    UNION ALL
    SELECT p.oid, 0, 'function ' || pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(p.proname) || '(' || pg_catalog.oidvectortypes(p.proargtypes) || ')',
           COALESCE(p.proacl, pg_catalog.acldefault('f', p.proowner)), COALESCE(i.initprivs, pg_catalog.acldefault('f', p.proowner))
    FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
    LEFT JOIN pg_catalog.pg_init_privs i ON i.classoid = 1255 AND i.objoid = p.oid
    WHERE p.oid < 16384 AND n.nspname = 'pg_catalog' AND p.proacl IS DISTINCT FROM i.initprivs
    UNION ALL
    SELECT n.oid, 0, 'schema ' || pg_catalog.quote_ident(n.nspname),
           COALESCE(n.nspacl, pg_catalog.acldefault('n', n.nspowner)), COALESCE(i.initprivs, pg_catalog.acldefault('n', n.nspowner))
    FROM pg_catalog.pg_namespace n LEFT JOIN pg_catalog.pg_init_privs i ON i.classoid = 2615 AND i.objoid = n.oid
    WHERE n.nspname = 'pg_catalog' AND n.nspacl IS DISTINCT FROM i.initprivs
    UNION ALL
    SELECT l.oid, 0, 'language ' || pg_catalog.quote_ident(l.lanname),
           COALESCE(l.lanacl, pg_catalog.acldefault('l', l.lanowner)), COALESCE(i.initprivs, pg_catalog.acldefault('l', l.lanowner))
    FROM pg_catalog.pg_language l LEFT JOIN pg_catalog.pg_init_privs i ON i.classoid = 2612 AND i.objoid = l.oid
    WHERE l.oid < 16384 AND l.lanacl IS DISTINCT FROM i.initprivs
  ) a
  CROSS JOIN LATERAL (SELECT pg_catalog.array_agg(CASE e.grantee WHEN 0 THEN 'public' ELSE pg_catalog.pg_get_userbyid(e.grantee) END || E'\n' || pg_catalog.lower(e.privilege_type)
                        || CASE WHEN e.is_grantable THEN ' with grant option' ELSE '' END) AS items FROM pg_catalog.aclexplode(a.acl) e) now
  CROSS JOIN LATERAL (SELECT pg_catalog.array_agg(CASE e.grantee WHEN 0 THEN 'public' ELSE pg_catalog.pg_get_userbyid(e.grantee) END || E'\n' || pg_catalog.lower(e.privilege_type)
                        || CASE WHEN e.is_grantable THEN ' with grant option' ELSE '' END) AS items FROM pg_catalog.aclexplode(a.initial) e) first
) o
WHERE EXISTS (SELECT * FROM pg_catalog.unnest(o.now) EXCEPT SELECT * FROM pg_catalog.unnest(o.first))
   OR EXISTS (SELECT * FROM pg_catalog.unnest(o.first) EXCEPT SELECT * FROM pg_catalog.unnest(o.now))
