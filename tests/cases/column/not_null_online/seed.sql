INSERT INTO public.things SELECT i, 'n' || i FROM generate_series(1, 50) i;
