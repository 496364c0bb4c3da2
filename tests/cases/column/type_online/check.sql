DO $$
DECLARE
  wrong bigint;
BEGIN
  SELECT count(*) INTO wrong FROM public.orders
    WHERE serial <> id OR token <> lpad(id::text, 32, '0')::uuid OR total <> id OR person IS DISTINCT FROM nullif(id % 100, 0);
  IF wrong > 0 THEN
    RAISE EXCEPTION '% rows have other values', wrong;
  END IF;
  INSERT INTO public.orders (id, total) VALUES (5000000000, 1);
  SELECT serial INTO wrong FROM public.orders WHERE id = 5000000000;
  IF wrong <> 5001 THEN
    RAISE EXCEPTION 'the sequence goes on with %', wrong;
  END IF;
  INSERT INTO public.calls (price) VALUES (0) RETURNING id INTO wrong;
  IF wrong <> 30 THEN
    RAISE EXCEPTION 'the next call is %', wrong;
  END IF;
  DELETE FROM public.calls WHERE id = 30;
  DELETE FROM public.orders WHERE id = 5000000000;
END$$;
