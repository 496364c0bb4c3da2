INSERT INTO public.added VALUES (1);
INSERT INTO public.changed VALUES (1);
INSERT INTO public.child VALUES (1);
