SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER INDEX public.member_b_note_idx RENAME TO member_b_by_note;
ALTER TABLE public.member_b RENAME CONSTRAINT member_b_pkey TO member_b_key;
COMMIT;
