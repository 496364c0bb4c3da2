INSERT INTO public.a SELECT g FROM generate_series(1, 3) g; INSERT INTO public.b SELECT g FROM generate_series(1, 3) g;
