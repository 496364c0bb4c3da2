-- Which bodies of routines the server refuses to take today: one that came from an older version, or with check_function_bodies off.
-- Their validators are asked, as CREATE FUNCTION does (manual: plhandler). A role that may not run a function is told nothing of it.
DO $$
DECLARE
  routine record;
  refused pg_catalog.text := '';
BEGIN
  SET LOCAL check_function_bodies = on;
  FOR routine IN
    SELECT p.oid, l.lanvalidator::pg_catalog.regproc AS validator FROM pg_catalog.pg_proc p
    JOIN pg_catalog.pg_language l ON l.oid = p.prolang
    JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
    WHERE l.lanname IN ('sql', 'plpgsql') AND l.lanvalidator <> 0 AND n.nspname NOT IN ('pg_catalog', 'information_schema')
    AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
                    AND d.objid = p.oid AND d.deptype = 'e')
  LOOP
    BEGIN
      EXECUTE pg_catalog.format('SELECT %s(%s)', routine.validator, routine.oid);
    EXCEPTION
      WHEN syntax_error THEN refused := refused || ',' || routine.oid;
      WHEN OTHERS THEN NULL;
    END;
  END LOOP;
  PERFORM pg_catalog.set_config('trueup.refused', '{' || pg_catalog.ltrim(refused, ',') || '}', true);
END
$$;
SELECT n.nspname, p.proname, pg_catalog.oidvectortypes(p.proargtypes)
FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE p.oid = ANY (pg_catalog.current_setting('trueup.refused')::pg_catalog.oid[])
