SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE FUNCTION public.several(p text)
 RETURNS text
LANGUAGE sql
RETURN p;
CREATE FUNCTION public.several(p text[])
 RETURNS text
LANGUAGE sql
RETURN (p)[1];
CREATE FUNCTION public.calls()
 RETURNS text
LANGUAGE sql
AS $$select several('x')$$;
CREATE FUNCTION public.type_of_what_is_gone()
 RETURNS void
LANGUAGE plpgsql
AS $$declare x gone.id%type;
begin
end
$$;
COMMIT;
