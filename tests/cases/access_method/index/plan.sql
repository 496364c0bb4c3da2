SET check_function_bodies = off;
SET search_path = '';
BEGIN;
CREATE ACCESS METHOD gist2 TYPE INDEX HANDLER gisthandler;
CREATE OPERATOR FAMILY public.boxes USING gist2;
ALTER OPERATOR FAMILY public.boxes USING gist2 ADD
    OPERATOR 3 &&(box,box);
CREATE OPERATOR CLASS public.boxes DEFAULT FOR TYPE box USING gist2 FAMILY public.boxes AS
    FUNCTION 1 (box, box) gist_box_consistent(internal,box,smallint,oid,internal),
    FUNCTION 2 (box, box) gist_box_union(internal,internal),
    FUNCTION 5 (box, box) gist_box_penalty(internal,internal,internal),
    FUNCTION 6 (box, box) gist_box_picksplit(internal,internal),
    FUNCTION 7 (box, box) gist_box_same(box,box,internal);
CREATE TABLE public.areas (
    area box
);
CREATE INDEX areas_area ON public.areas USING gist2 (area);
COMMIT;
