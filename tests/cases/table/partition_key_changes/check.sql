DO $$
BEGIN
  ASSERT (SELECT pg_catalog.string_agg(id || what || size || added, ',' ORDER BY id) FROM public.events) = '1a1new,3c3new,4a4new,5c5new', 'rows';
  ASSERT (SELECT pg_catalog.count(*) FROM public.events_a) = 1, 'those of a partition that stays';
  ASSERT (SELECT pg_catalog.count(*) FROM public.events_b) = 1, 'those of one that becomes a table';
END
$$;
