SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP PROCEDURE public.gone();
CREATE PROCEDURE public.fresh(INOUT n integer)
LANGUAGE sql
AS $$select n + 1$$;
CREATE OR REPLACE PROCEDURE public.purge(IN older_than interval)
LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $$begin
  delete from public.events where at < now() - older_than;
end
$$;
REVOKE EXECUTE ON PROCEDURE public.purge(IN interval) FROM PUBLIC;
GRANT EXECUTE ON PROCEDURE public.purge(IN interval) TO app_writer;
COMMENT ON PROCEDURE public.purge(IN interval) IS 'Takes out what is old';
COMMIT;
