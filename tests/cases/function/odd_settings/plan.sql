SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE FUNCTION public.bad_setting()
 RETURNS integer
LANGUAGE sql
 SET default_text_search_config TO 'no_such_config'
AS $$select 1$$;
CREATE FUNCTION public.listed()
 RETURNS integer
LANGUAGE sql
 SET search_path TO public, "Odd", pg_temp
 SET work_mem TO '4MB'
 SET "DateStyle" TO 'iso, mdy'
 SET local_preload_libraries TO "Mixed/Case", "c:/'a""/path", '', '0123456789012345678901234567890123456789012345678901234567890123456789'
AS $$select 1$$;
COMMIT;
