SET check_function_bodies = off;
SET search_path = '';
BEGIN;
DROP COLLATION public.c;
CREATE COLLATION public.c (provider = libc, locale = 'POSIX');
CREATE COLLATION public.d (provider = libc, locale = 'C');
COMMIT;
