SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE TABLE public.parent (
    d date
);
CREATE TABLE public.follower () INHERITS (public.parent);
CREATE TABLE public.looked_at () INHERITS (public.parent);
CREATE TABLE public.parted (
    d date
) PARTITION BY RANGE (d);
CREATE TABLE public.part PARTITION OF public.parted FOR VALUES FROM ('2001-01-01') TO ('2002-01-01');
ALTER TABLE public.parent ADD CONSTRAINT recent CHECK ((d > '2000-01-01'::date)) NOT VALID;
ALTER TABLE public.looked_at VALIDATE CONSTRAINT recent;
ALTER TABLE public.parted ADD CONSTRAINT recent CHECK ((d > '2000-01-01'::date)) NOT VALID;
COMMIT;
