SET check_function_bodies = off;
SET search_path = '';
BEGIN;
ALTER TABLE public.events DETACH PARTITION public.events_a;
ALTER TABLE public.events DETACH PARTITION public.events_b;
CREATE TABLE public.events_c PARTITION OF public.events FOR VALUES FROM (0) TO (10);
ALTER TABLE public.events ATTACH PARTITION public.events_a FOR VALUES FROM (10) TO (20);
ALTER TABLE public.events ATTACH PARTITION public.events_b FOR VALUES FROM (20) TO (30);
COMMIT;
