INSERT INTO public.events SELECT date '2024-12-01' + i, i % 3, i FROM generate_series(1, 300) i;
