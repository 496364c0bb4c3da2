         )) AS attrs,
       0 AS position
FROM pg_catalog.pg_subscription s
JOIN pg_catalog.pg_roles r ON r.rolname = CURRENT_USER
WHERE s.subdbid = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
ORDER BY s.subname
