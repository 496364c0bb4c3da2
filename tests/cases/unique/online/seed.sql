INSERT INTO public.things SELECT i, i, i FROM generate_series(1, 50) i;
