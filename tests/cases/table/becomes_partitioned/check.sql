DO $$
BEGIN
  ASSERT (SELECT pg_catalog.string_agg(note, ',' ORDER BY id) FROM public.orders) = 'fired,fired,kept', 'rows';
  ASSERT (SELECT pg_catalog.sum(gross) FROM public.orders) = 12, 'what is computed';
  ASSERT (SELECT pg_catalog.min(id) FROM public.orders) = 10, 'identities';
  ASSERT (SELECT last_value FROM public.orders_id_seq) = 12, 'the next identity';
  ASSERT (SELECT last_value FROM public.orders_number_seq) = 3, 'the next number';
  ASSERT (SELECT pg_catalog.count(*) FROM public.days) = 2, 'the materialized view';
END
$$;

DO $$
BEGIN
  ASSERT (SELECT pg_catalog.count(*) FROM public.orders_2023) = 1, 'partitions';
END
$$;
