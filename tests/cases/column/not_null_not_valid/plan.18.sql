SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.notes VALIDATE CONSTRAINT validated_there;
ALTER TABLE public.notes ALTER COLUMN spared DROP NOT NULL;
ALTER TABLE public.notes ADD CONSTRAINT notes_spared_not_null NOT NULL spared NOT VALID;
ALTER TABLE public.notes ADD CONSTRAINT added_there NOT NULL added NOT VALID;
COMMENT ON CONSTRAINT added_there ON public.notes IS 'rows of before are exempt';
COMMIT;
