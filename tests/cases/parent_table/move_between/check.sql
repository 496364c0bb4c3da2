DO $$
BEGIN
  ASSERT (SELECT pg_catalog.count(*) FROM public.a) = 1;
  ASSERT (SELECT pg_catalog.count(*) FROM public.b) = 2;
END
$$;
