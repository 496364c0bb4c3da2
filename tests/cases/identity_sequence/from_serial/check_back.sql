DO $$
BEGIN
  ASSERT nextval('public.a_id_seq') = 4;
END
$$;
