SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE TABLE public.t (
    id integer NOT NULL,
    name text,
    CONSTRAINT t_pkey PRIMARY KEY (id),
    CONSTRAINT t_name_key UNIQUE (name)
);
ALTER TABLE public.t ADD CONSTRAINT t_id_key UNIQUE (id);
ALTER TABLE public.t ADD CONSTRAINT t_name_other UNIQUE (name);
COMMIT;
