SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE TEXT SEARCH PARSER public.plain (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);
CREATE TEXT SEARCH CONFIGURATION public.conf (PARSER = public.plain);
ALTER TEXT SEARCH CONFIGURATION public.conf ADD MAPPING FOR asciiword WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.conf ADD MAPPING FOR word WITH simple;
COMMENT ON TEXT SEARCH PARSER public.plain IS 'ours';
COMMIT;
