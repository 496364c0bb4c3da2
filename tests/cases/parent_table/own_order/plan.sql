SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE TABLE public.events_2023 (
    at date NOT NULL,
    note text,
    id integer NOT NULL,
    CONSTRAINT note_ok CHECK ((note <> 'x'::text))
);
ALTER TABLE public.events_2023 ALTER COLUMN note DROP DEFAULT;
ALTER TABLE public.events ATTACH PARTITION public.events_2023 FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
COMMIT;
