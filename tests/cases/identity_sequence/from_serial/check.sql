DO $$
BEGIN
  ASSERT nextval('public.a_id_seq') = 3;
END
$$;
