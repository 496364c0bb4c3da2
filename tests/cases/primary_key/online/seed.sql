INSERT INTO public.things SELECT i, 1 FROM generate_series(1, 50) i;
