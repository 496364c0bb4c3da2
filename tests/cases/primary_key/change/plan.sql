SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.a DROP CONSTRAINT a_pkey;
ALTER TABLE public.c DROP CONSTRAINT c_pkey;
ALTER TABLE public.a ADD CONSTRAINT a_pkey PRIMARY KEY (tenant, id);
ALTER TABLE public.b ADD CONSTRAINT b_key PRIMARY KEY (id);
COMMIT;
