SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE FUNCTION public.like_support(internal)
 RETURNS internal
LANGUAGE internal
 STRICT
AS $$textlike_support$$;
CREATE OR REPLACE FUNCTION public.equal(integer, integer)
 RETURNS boolean
LANGUAGE internal
 IMMUTABLE
 STRICT
 LEAKPROOF
 SUPPORT public.like_support
AS $$int4eq$$;
COMMIT;
