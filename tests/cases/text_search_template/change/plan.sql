SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP TEXT SEARCH DICTIONARY public.words;
DROP TEXT SEARCH TEMPLATE public.plain;
CREATE FUNCTION public.our_init(internal)
 RETURNS internal
LANGUAGE internal
 IMMUTABLE
 STRICT
AS $$dsimple_init$$;
CREATE TEXT SEARCH TEMPLATE public.plain (init = public.our_init, lexize = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY public.words (template = public.plain);
COMMIT;
