SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE TABLE public.orders_id_seq_kept AS SELECT last_value, is_called FROM public.orders_id_seq;
LOCK TABLE ONLY public.orders IN ACCESS EXCLUSIVE MODE;
CREATE TABLE public.orders_kept AS SELECT id, number, customer, day, mood, note, net FROM ONLY public.orders;
CREATE TABLE public.orders_number_seq_kept AS SELECT last_value, is_called FROM public.orders_number_seq;
ALTER TABLE public.items DROP CONSTRAINT items_order;
DROP MATERIALIZED VIEW public.days;
DROP VIEW public.notes;
DROP FUNCTION public.first_order();
DROP TABLE public.orders;
CREATE TABLE public.orders (
    id bigint GENERATED ALWAYS AS IDENTITY (START WITH 10),
    number integer NOT NULL,
    customer integer NOT NULL,
    day date NOT NULL,
    mood public.mood DEFAULT 'good'::public.mood,
    note text,
    net numeric NOT NULL,
    gross numeric GENERATED ALWAYS AS ((net * (2)::numeric)) STORED,
    CONSTRAINT orders_pkey PRIMARY KEY (id, day),
    CONSTRAINT net_ok CHECK ((net > (0)::numeric))
) PARTITION BY RANGE (day);
ALTER TABLE public.orders ENABLE ROW LEVEL SECURITY;
CREATE SEQUENCE public.orders_number_seq AS integer OWNED BY public.orders.number;
SELECT pg_catalog.setval('public.orders_number_seq', last_value, is_called) FROM public.orders_number_seq_kept;
DROP TABLE public.orders_number_seq_kept;
ALTER TABLE public.orders ALTER COLUMN number SET DEFAULT nextval('public.orders_number_seq'::regclass);
CREATE TABLE public.orders_2023 PARTITION OF public.orders FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE public.orders_other PARTITION OF public.orders DEFAULT;
SELECT pg_catalog.setval('public.orders_id_seq', last_value, is_called) FROM public.orders_id_seq_kept;
DROP TABLE public.orders_id_seq_kept;
INSERT INTO public.orders (id, number, customer, day, mood, note, net) OVERRIDING SYSTEM VALUE
SELECT id, number, customer, day, mood, note, net FROM public.orders_kept;
DROP TABLE public.orders_kept;
CREATE FUNCTION public.first_order()
 RETURNS public.orders
LANGUAGE sql
AS $$select * from public.orders limit 1$$;
CREATE INDEX orders_note ON public.orders USING btree (note);
CREATE VIEW public.notes (id, note) AS
 SELECT id,
    note
   FROM public.orders;
CREATE MATERIALIZED VIEW public.days (day, count) AS
 SELECT day,
    count(*) AS count
   FROM public.orders
  GROUP BY day;
ALTER TABLE public.items ADD CONSTRAINT items_order FOREIGN KEY (order_id, day) REFERENCES public.orders(id, day);
ALTER TABLE public.orders ADD CONSTRAINT orders_customer FOREIGN KEY (customer) REFERENCES public.customers(id);
CREATE TRIGGER fire BEFORE INSERT ON public.orders FOR EACH ROW EXECUTE FUNCTION public.fired();
ALTER PUBLICATION p ADD TABLE ONLY public.orders;
CREATE POLICY own ON public.orders TO app_reader USING ((customer > 0));
GRANT SELECT ON TABLE public.orders TO app_reader;
COMMENT ON TABLE public.orders IS 'What was ordered';
COMMENT ON COLUMN public.orders.note IS 'What was said';
COMMIT;
