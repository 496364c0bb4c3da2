SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE INDEX a_year ON public.a USING btree (EXTRACT('YEAR' FROM at));
CREATE VIEW public.v (year, month) AS
 SELECT EXTRACT('YEAR' FROM a.at) AS year,
    EXTRACT(month FROM a.at) AS month
   FROM public.a;
COMMIT;
