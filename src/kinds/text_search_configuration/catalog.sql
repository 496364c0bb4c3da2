-- Text search configurations with their mappings. Manual: catalog-pg-ts-config, catalog-pg-ts-config-map.
SELECT 'text_search_configuration' AS kind, 3602 AS class, c.oid, 0 AS sub, n.nspname AS schema, NULL AS parent, c.cfgname AS name, NULL AS args,
       pg_catalog.pg_get_userbyid(c.cfgowner) AS owner, NULL AS acl,
       pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
         'parser', CASE WHEN c.cfgparser <> 3722 THEN pg_catalog.quote_ident(pn.nspname) || '.' || pg_catalog.quote_ident(p.prsname) END,
         'mappings', (SELECT pg_catalog.json_object_agg(t.alias, m.dictionaries ORDER BY t.alias)
                      FROM (SELECT maptokentype, pg_catalog.json_agg(mapdict::pg_catalog.regdictionary::pg_catalog.text ORDER BY mapseqno) AS dictionaries
                            FROM pg_catalog.pg_ts_config_map WHERE mapcfg = c.oid GROUP BY maptokentype) m
                      JOIN pg_catalog.ts_token_type(c.cfgparser) t ON t.tokid = m.maptokentype))) AS attrs,
       0 AS position
FROM pg_catalog.pg_ts_config c
JOIN pg_catalog.pg_namespace n ON n.oid = c.cfgnamespace
JOIN pg_catalog.pg_ts_parser p ON p.oid = c.cfgparser
JOIN pg_catalog.pg_namespace pn ON pn.oid = p.prsnamespace
WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'trueup')
ORDER BY n.nspname, c.cfgname
