SET check_function_bodies = off;
SET search_path = '';
BEGIN;
LOCK TABLE ONLY public.a_1 IN ACCESS EXCLUSIVE MODE;
CREATE TABLE public.a_1_kept AS SELECT b, id FROM ONLY public.a_1;
DROP TABLE public.a_1;
CREATE TABLE public.a_1 PARTITION OF public.a FOR VALUES FROM (1) TO (10) PARTITION BY RANGE (id);
CREATE TABLE public.a_1_1 PARTITION OF public.a_1 FOR VALUES FROM (1) TO (5);
CREATE TABLE public.a_1_2 PARTITION OF public.a_1 FOR VALUES FROM (5) TO (10);
INSERT INTO public.a_1 (b, id)
SELECT b, id FROM public.a_1_kept;
DROP TABLE public.a_1_kept;
COMMIT;
