SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE FUNCTION public.f()
 RETURNS boolean
LANGUAGE sql
RETURN (EXISTS (SELECT NULL::text AS "?column?"));
CREATE FUNCTION public.g()
 RETURNS boolean
LANGUAGE sql
AS $$SELECT EXISTS (SELECT NULL::text) OR 'a' = ANY ((ARRAY['a'::varchar])::text[])$$;
CREATE VIEW public.v (id) AS
 SELECT id
   FROM ( SELECT a.id
           FROM public.a
        UNION ALL (
                 SELECT NULL::integer AS "?column?"
                UNION
                 SELECT ((CURRENT_TIMESTAMP)::text)::integer AS "current_timestamp"
        )) q;
CREATE RULE r AS
    ON INSERT TO public.a DO  SELECT (EXISTS ( SELECT 'x'::text AS "?column?"
           FROM public.a)) AS "exists";
CREATE POLICY p ON public.a USING ((EXISTS ( SELECT NULL::text AS "?column?"
   FROM public.a other
  WHERE (other.id > a.id))));
COMMIT;
