INSERT INTO public.bills (note) VALUES ('kept'), ('too');
