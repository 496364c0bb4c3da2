INSERT INTO public.things SELECT i FROM generate_series(1, 5000) i; INSERT INTO public.watched VALUES (1);
