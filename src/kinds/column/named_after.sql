
) q
LEFT JOIN (
  SELECT k.conrelid, k.conkey[1] AS attnum, pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
           'not_null_name', CASE WHEN k.conname <> r.relname || '_' || a.attname || '_not_null' THEN k.conname END,
           'not_null_no_inherit', CASE WHEN k.connoinherit THEN true END,
           'not_null_not_valid', CASE WHEN NOT k.convalidated THEN true END))::pg_catalog.text AS attrs
  FROM pg_catalog.pg_constraint k
  JOIN pg_catalog.pg_class r ON r.oid = k.conrelid
  JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
  WHERE k.contype = 'n' AND k.conislocal
    AND (k.connoinherit OR NOT k.convalidated OR k.conname <> r.relname || '_' || a.attname || '_not_null')) k
  ON k.conrelid = q.oid AND k.attnum = q.sub
