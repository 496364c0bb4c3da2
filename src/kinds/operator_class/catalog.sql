-- Operator classes with their members, as CREATE OPERATOR CLASS lists them. Manual: catalog-pg-opclass, catalog-pg-amop,
-- catalog-pg-amproc. What belongs to a class depends on it internally; the rest of its family is the family's.
SELECT 'operator_class' AS kind, 2616 AS class, c.oid, 0 AS sub, n.nspname AS schema, NULL AS parent, c.opcname AS name, a.amname AS args,
       pg_catalog.pg_get_userbyid(c.opcowner) AS owner, NULL AS acl,
       pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
         'arguments', pg_catalog.quote_ident(a.amname),
         'type', pg_catalog.format_type(c.opcintype, NULL),
         'default', CASE WHEN c.opcdefault THEN true END,
         'family', pg_catalog.format('%I.%I', fn.nspname, f.opfname),
         'storage', CASE WHEN c.opckeytype <> 0 THEN pg_catalog.format_type(c.opckeytype, NULL) END,
         'members', (SELECT pg_catalog.json_agg(m.come ORDER BY m.sort, m.number, m.come) FROM (
           SELECT 1 AS sort, o.amopstrategy AS number,
                  pg_catalog.format('OPERATOR %s %s', o.amopstrategy, o.amopopr::pg_catalog.regoperator) ||
                  CASE WHEN o.amoppurpose = 'o' THEN (SELECT pg_catalog.format(' FOR ORDER BY %I.%I', sn.nspname, s.opfname)
                    FROM pg_catalog.pg_opfamily s JOIN pg_catalog.pg_namespace sn ON sn.oid = s.opfnamespace WHERE s.oid = o.amopsortfamily) ELSE '' END AS come
             FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_amop o ON o.oid = d.objid
             WHERE d.classid = 2602 AND d.refclassid = 2616 AND d.refobjid = c.oid
           UNION ALL
           SELECT 2, p.amprocnum,
                  pg_catalog.format('FUNCTION %s (%s, %s) %s', p.amprocnum, pg_catalog.format_type(p.amproclefttype, NULL), pg_catalog.format_type(p.amprocrighttype, NULL), p.amproc::pg_catalog.regprocedure)
             FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_amproc p ON p.oid = d.objid
             WHERE d.classid = 2603 AND d.refclassid = 2616 AND d.refobjid = c.oid) m))) AS attrs,
       0 AS position
FROM pg_catalog.pg_opclass c
JOIN pg_catalog.pg_namespace n ON n.oid = c.opcnamespace
JOIN pg_catalog.pg_am a ON a.oid = c.opcmethod
JOIN pg_catalog.pg_opfamily f ON f.oid = c.opcfamily
JOIN pg_catalog.pg_namespace fn ON fn.oid = f.opfnamespace
WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'trueup')
ORDER BY n.nspname, c.opcname
