-- Modifiers of types whose own words for them are code: kept as they are written, by number.
--
-- PostgreSQL calls these two by their oids alone and does not look at their types, so that what it hands over as cstring[] and takes
-- as cstring may be read as text[] and given as name. Manual: sql-createtype, catalog-pg-type.
DO $$
DECLARE
  extension CONSTANT oid := (SELECT e.oid FROM pg_catalog.pg_extension e WHERE e.extname = $1);
BEGIN
  IF NOT EXISTS (
    SELECT FROM pg_catalog.pg_type t JOIN pg_catalog.pg_proc p ON p.oid = t.typmodin WHERE t.oid > extension AND p.prosrc = 'trigger_in'
  ) THEN
    RETURN;
  END IF;
  CREATE SCHEMA IF NOT EXISTS trueup;
  CREATE TABLE IF NOT EXISTS trueup.modifier (id pg_catalog.int4 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, words pg_catalog.text UNIQUE);
  CREATE OR REPLACE FUNCTION trueup.modifier(words pg_catalog.text) RETURNS pg_catalog.int4 LANGUAGE sql SECURITY DEFINER
    SET search_path = '' AS 'INSERT INTO trueup.modifier (words) VALUES (''('' || words || '')'')
      ON CONFLICT (words) DO UPDATE SET words = excluded.words RETURNING id';
  -- SQL folds a word that is not quoted; the shapes of geometries are printed as their standard (OGC Simple Features) has them.
  CREATE OR REPLACE FUNCTION trueup.spelled(words pg_catalog.text) RETURNS pg_catalog.text LANGUAGE sql IMMUTABLE SET search_path = ''
    AS 'SELECT COALESCE((
          SELECT shape || pg_catalog.upper(pg_catalog.substr(words, pg_catalog.length(shape) + 1))
          FROM pg_catalog.unnest(''{Geometry,Point,LineString,Polygon,MultiPoint,MultiLineString,MultiPolygon,GeometryCollection,CircularString,CompoundCurve,CurvePolygon,MultiCurve,MultiSurface,PolyhedralSurface,Triangle,Tin}''::pg_catalog.text[]) shape
          WHERE pg_catalog.lower(words) ~ (''^'' || pg_catalog.lower(shape) || ''(zm?|m)?$'')), words)';
  CREATE OR REPLACE FUNCTION trueup.modifier_in(words pg_catalog.text[]) RETURNS pg_catalog.int4 LANGUAGE sql SECURITY DEFINER
    SET search_path = '' AS 'SELECT trueup.modifier(pg_catalog.string_agg(trueup.spelled(word), '','' ORDER BY place))
      FROM pg_catalog.unnest(pg_catalog.string_to_array(pg_catalog.array_to_string(words, '',''), '','')) WITH ORDINALITY w (word, place)';
  -- Volatile, as it is asked for what the same statement has entered.
  CREATE OR REPLACE FUNCTION trueup.modifier_out(id pg_catalog.int4) RETURNS pg_catalog.name LANGUAGE sql SECURITY DEFINER
    SET search_path = '' AS 'SELECT m.words::pg_catalog.name FROM trueup.modifier m WHERE m.id = modifier_out.id';
  UPDATE pg_catalog.pg_type t SET typmodin = 'trueup.modifier_in'::pg_catalog.regproc, typmodout = 'trueup.modifier_out'::pg_catalog.regproc
  FROM pg_catalog.pg_proc p WHERE t.oid > extension AND p.oid = t.typmodin AND p.prosrc = 'trigger_in';
END $$;
