DO $$
BEGIN
  ASSERT (SELECT pg_catalog.bool_and(indisvalid) FROM pg_catalog.pg_index WHERE indrelid = 'public.a'::regclass);
END
$$;
