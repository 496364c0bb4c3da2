SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE TABLE public.members (
    id integer
);
ALTER TABLE public.members ENABLE ROW LEVEL SECURITY;
CREATE FUNCTION public.visible(p integer)
 RETURNS boolean
LANGUAGE sql
 STABLE
 SECURITY DEFINER
 SET search_path TO ''
AS $$select exists (select 1 from public.members m where m.id = p)$$;
CREATE POLICY members_visible ON public.members FOR SELECT USING (public.visible(id));
COMMIT;
