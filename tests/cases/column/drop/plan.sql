SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP INDEX public.idx_agents_note;
ALTER TABLE public.agents DROP CONSTRAINT agents_note_check;
ALTER TABLE public.agents DROP COLUMN note;
ALTER TABLE public.agents DROP COLUMN upper_name;
COMMIT;
