SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public."Mixed Case" ALTER COLUMN "select" TYPE bigint;
ALTER TABLE public."Mixed Case" ADD COLUMN "quo""te" text;
ALTER TABLE public."Mixed Case" ALTER COLUMN "with space" SET DEFAULT 'it''s'::text;
CREATE INDEX "Index of Mixed" ON public."Mixed Case" USING btree ("with space");
COMMIT;
