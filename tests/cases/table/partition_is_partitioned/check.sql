DO $$
BEGIN
  ASSERT (SELECT pg_catalog.count(*) FROM public.a) = 19;
  ASSERT (SELECT pg_catalog.count(*) FROM public.a_1_2) = 5;
END
$$;
