SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP VIEW public.v_prices;
ALTER TABLE public.guarded DROP CONSTRAINT guarded_b_check;
ALTER TABLE public.guarded DROP COLUMN b;
ALTER TABLE public.prices DROP COLUMN kept;
ALTER TABLE public.prices DROP COLUMN computed;
ALTER TABLE public.prices DROP COLUMN no_more;
ALTER TABLE public.prices DROP COLUMN later;
ALTER TABLE public.guarded ADD COLUMN b integer GENERATED ALWAYS AS ((a + 2)) VIRTUAL NOT NULL;
ALTER TABLE public.prices ALTER COLUMN gross SET EXPRESSION AS ((net * 1.2));
ALTER TABLE public.prices ADD COLUMN kept numeric GENERATED ALWAYS AS ((net * (2)::numeric)) STORED;
ALTER TABLE public.prices ADD COLUMN computed numeric GENERATED ALWAYS AS ((net * (3)::numeric)) VIRTUAL;
ALTER TABLE public.prices ADD COLUMN no_more numeric;
ALTER TABLE public.prices ADD COLUMN later numeric GENERATED ALWAYS AS ((net * (5)::numeric)) VIRTUAL;
ALTER TABLE public.guarded ADD CONSTRAINT guarded_b_check CHECK ((b > 0));
CREATE VIEW public.v_prices (gross, computed) AS
 SELECT gross,
    computed
   FROM public.prices;
COMMIT;
