INSERT INTO public.tenants VALUES (1), (2); INSERT INTO public.agents SELECT i, 1 + i % 2 FROM generate_series(1, 50) i;
