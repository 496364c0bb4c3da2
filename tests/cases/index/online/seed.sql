INSERT INTO public.runs SELECT i, 'a' || i, i FROM generate_series(1, 50) i;
