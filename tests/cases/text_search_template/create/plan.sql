SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE TEXT SEARCH TEMPLATE public.plain (init = dsimple_init, lexize = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY public.words (template = public.plain);
COMMIT;
