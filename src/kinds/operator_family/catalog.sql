-- Operator families, with the members that belong to no operator class. Manual: catalog-pg-opfamily, catalog-pg-amop,
-- catalog-pg-amproc. A member is what ALTER OPERATOR FAMILY drops, and what it adds.
SELECT 'operator_family' AS kind, 2753 AS class, f.oid, 0 AS sub, n.nspname AS schema, NULL AS parent, f.opfname AS name, a.amname AS args,
       pg_catalog.pg_get_userbyid(f.opfowner) AS owner, NULL AS acl,
       pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
         'arguments', pg_catalog.quote_ident(a.amname),
         'members', (SELECT pg_catalog.json_agg(pg_catalog.json_build_array(m.gone, m.come) ORDER BY m.sort, m.number, m.gone) FROM (
           SELECT 1 AS sort, o.amopstrategy AS number,
                  pg_catalog.format('OPERATOR %s (%s, %s)', o.amopstrategy, pg_catalog.format_type(o.amoplefttype, NULL), pg_catalog.format_type(o.amoprighttype, NULL)) AS gone,
                  pg_catalog.format('OPERATOR %s %s', o.amopstrategy, o.amopopr::pg_catalog.regoperator) ||
                  CASE WHEN o.amoppurpose = 'o' THEN (SELECT pg_catalog.format(' FOR ORDER BY %I.%I', sn.nspname, s.opfname)
                    FROM pg_catalog.pg_opfamily s JOIN pg_catalog.pg_namespace sn ON sn.oid = s.opfnamespace WHERE s.oid = o.amopsortfamily) ELSE '' END AS come
             FROM pg_catalog.pg_amop o
             WHERE o.amopfamily = f.oid AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d
               WHERE d.classid = 2602 AND d.objid = o.oid AND d.refclassid = 2616)
           UNION ALL
           SELECT 2, p.amprocnum,
                  pg_catalog.format('FUNCTION %s (%s, %s)', p.amprocnum, pg_catalog.format_type(p.amproclefttype, NULL), pg_catalog.format_type(p.amprocrighttype, NULL)),
                  pg_catalog.format('FUNCTION %s (%s, %s) %s', p.amprocnum, pg_catalog.format_type(p.amproclefttype, NULL), pg_catalog.format_type(p.amprocrighttype, NULL), p.amproc::pg_catalog.regprocedure)
             FROM pg_catalog.pg_amproc p
             WHERE p.amprocfamily = f.oid AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d
               WHERE d.classid = 2603 AND d.objid = p.oid AND d.refclassid = 2616)) m))) AS attrs,
       0 AS position
FROM pg_catalog.pg_opfamily f
JOIN pg_catalog.pg_namespace n ON n.oid = f.opfnamespace
JOIN pg_catalog.pg_am a ON a.oid = f.opfmethod
WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'trueup')
ORDER BY n.nspname, f.opfname
