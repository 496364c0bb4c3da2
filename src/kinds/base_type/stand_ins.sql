-- In the shadow: which of PostgreSQL's functions read and write a new base type. A copy of one of PostgreSQL's types has that type's
-- functions, if the values are of the same size; a type of variable length keeps text. Otherwise nothing can be read or written.
WITH new AS (
  SELECT t.oid, t.typlen, t.typbyval, t.typalign, t.typinput, t.typoutput, t.typmodin, t.typmodout
  FROM pg_catalog.pg_type t WHERE t.oid = '$type'::pg_catalog.regtype
), own AS (
  SELECT p.oid, p.prosrc FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_language l ON l.oid = p.prolang
  WHERE l.lanname = 'trueup_stand_in' AND p.proisstrict
), builtin AS (
  SELECT p.proname, p.prosrc, p.prorettype, p.proargtypes FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_language l ON l.oid = p.prolang
  WHERE l.lanname = 'internal' AND p.oid < 16384
), copied AS (
  SELECT i.prosrc AS input, o.prosrc AS output
  FROM new n
  JOIN own oi ON oi.oid = n.typinput
  JOIN own oo ON oo.oid = n.typoutput
  JOIN builtin i ON i.prosrc = oi.prosrc
  JOIN pg_catalog.pg_type b ON b.oid = i.prorettype AND b.typtype = 'b' AND b.typlen = n.typlen AND b.typbyval = n.typbyval AND b.typalign = n.typalign
  JOIN builtin o ON o.prosrc = oo.prosrc AND o.proargtypes[0] = b.oid
  LIMIT 1
), wanted AS (
  SELECT n.typinput AS oid, COALESCE(c.input, 'textin') AS source FROM new n LEFT JOIN copied c ON true WHERE c.input IS NOT NULL OR n.typlen = -1
  UNION ALL
  SELECT n.typoutput, COALESCE(c.output, 'textout') FROM new n LEFT JOIN copied c ON true WHERE c.input IS NOT NULL OR n.typlen = -1
  UNION ALL
  SELECT n.typmodin, 'varchartypmodin' FROM new n
  UNION ALL
  SELECT n.typmodout, 'varchartypmodout' FROM new n
)
UPDATE pg_catalog.pg_proc p
SET prolang = l.oid, prosrc = w.source
FROM wanted w
JOIN own ON own.oid = w.oid
CROSS JOIN pg_catalog.pg_language l
WHERE p.oid = w.oid AND l.lanname = 'internal'
