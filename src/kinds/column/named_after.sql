
) q
LEFT JOIN (
  SELECT k.conrelid, k.conkey[1] AS attnum, pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
           'not_null_name', CASE WHEN k.conname <> made.name THEN k.conname END,
           'not_null_no_inherit', CASE WHEN k.connoinherit THEN true END,
           'not_null_not_valid', CASE WHEN NOT k.convalidated THEN true END))::pg_catalog.text AS attrs
  FROM pg_catalog.pg_constraint k
  JOIN pg_catalog.pg_class r ON r.oid = k.conrelid
  JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
  -- The name that the server makes, cut to 63 bytes (makeObjectName in indexcmds.c).
  CROSS JOIN LATERAL (SELECT LEAST(pg_catalog.octet_length(r.relname::pg_catalog.text), GREATEST(27, 53 - pg_catalog.octet_length(a.attname::pg_catalog.text))) AS bytes) l
  CROSS JOIN LATERAL (SELECT pg_catalog.left(r.relname::pg_catalog.text, l.bytes) || '_' || pg_catalog.left(a.attname::pg_catalog.text, 53 - l.bytes) || '_not_null' AS name) made
  WHERE k.contype = 'n' AND k.conislocal AND (k.connoinherit OR NOT k.convalidated OR k.conname <> made.name)) k
  ON k.conrelid = q.oid AND k.attnum = q.sub
