SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE TABLE public.e (
    id integer NOT NULL,
    at date NOT NULL,
    note text
) PARTITION BY RANGE (at);
CREATE TABLE public.e_2023 (
    at date NOT NULL,
    note text,
    id integer NOT NULL
);
CREATE TABLE public.e_2024 PARTITION OF public.e FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
ALTER TABLE public.e ATTACH PARTITION public.e_2023 FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE INDEX e_note ON ONLY public.e USING btree (note);
CREATE INDEX e_2023_note ON public.e_2023 USING btree (note);
ALTER INDEX public.e_note ATTACH PARTITION public.e_2023_note;
COMMIT;
