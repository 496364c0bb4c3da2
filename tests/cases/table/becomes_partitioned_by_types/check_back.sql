DO $$
BEGIN
  ASSERT (SELECT pg_catalog.count(*) FROM public.a) = 3;
  ASSERT (SELECT pg_catalog.array_length(moods, 1) FROM public.a WHERE id = 1) = 2;
END
$$;
