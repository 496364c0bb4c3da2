SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.bots RENAME TO chatbots;
ALTER TABLE public.chatbots RENAME CONSTRAINT bots_pkey TO chatbots_pkey;
ALTER TABLE public.chatbots ADD COLUMN name text;
COMMIT;
