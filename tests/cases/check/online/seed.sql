INSERT INTO public.things SELECT i, i FROM generate_series(1, 50) i; INSERT INTO public.parents SELECT i, i FROM generate_series(1, 50) i;
