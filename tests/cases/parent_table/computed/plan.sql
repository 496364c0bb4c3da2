SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE TABLE public.merged (
    a integer NOT NULL,
    b integer GENERATED ALWAYS AS ((a * 2)) STORED,
    c text
);
ALTER TABLE public.merged INHERIT public.numbers;
COMMIT;
