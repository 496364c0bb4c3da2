SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE TABLE public.u (
    id integer NOT NULL,
    CONSTRAINT u_pkey PRIMARY KEY (id),
    CONSTRAINT included UNIQUE (id) INCLUDE (id)
);
ALTER TABLE public.u ADD CONSTRAINT again UNIQUE (id);
ALTER TABLE public.u ADD CONSTRAINT once_more UNIQUE (id);
COMMIT;
