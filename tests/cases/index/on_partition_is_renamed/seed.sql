INSERT INTO public.root VALUES (1, '1', 'one'), (2, '2', 'two');
