INSERT INTO public.events_2024 SELECT '2024-01-01'::date + i, 'x' FROM generate_series(1, 50) i;
