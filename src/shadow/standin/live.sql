SELECT NULL::pg_catalog.text AS version, NULL::pg_catalog.text[] AS requires, NULL::pg_catalog.text AS statement WHERE $1::pg_catalog.text IS NULL
