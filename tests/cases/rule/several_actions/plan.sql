SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE RULE a_both AS
    ON DELETE TO public.a DO ( DELETE FROM public.b
  WHERE (b.id = old.id);
 INSERT INTO public.b (id)
  VALUES (old.id);
);
COMMIT;
