DO $$
BEGIN
  ASSERT (SELECT pg_catalog.string_agg(id || what || size, ',' ORDER BY id) FROM public.events) = '1a1,2b2,3c3,4a4,5c5', 'rows';
  ASSERT (SELECT pg_catalog.count(*) FROM public.events_a) = 2, 'each in its partition';
END
$$;
