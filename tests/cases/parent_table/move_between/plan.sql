SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.a DETACH PARTITION public.a_1;
DROP INDEX public.a_1_note_idx;
ALTER TABLE public.b ATTACH PARTITION public.a_1 FOR VALUES FROM (1) TO (10);
ALTER TABLE public.a ATTACH PARTITION public.loose FOR VALUES FROM (1) TO (100);
COMMIT;
