INSERT INTO public.people SELECT i FROM generate_series(1, 100) i;
INSERT INTO public.orders (id, token, person, total)
  SELECT i, lpad(i::text, 32, '0'), nullif(i % 100, 0), i FROM generate_series(1, 5000) i;
INSERT INTO public.seen SELECT i, i FROM generate_series(1, 10) i;
INSERT INTO public.calls (price) SELECT i FROM generate_series(1, 20) i;
INSERT INTO public.heads SELECT i FROM generate_series(1, 20) i;
INSERT INTO public.tails SELECT i FROM generate_series(1, 20) i;
