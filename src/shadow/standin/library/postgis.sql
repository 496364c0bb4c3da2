-- postgis, as the extension itself lists its members; written by library.rs.
-- version: 3.3.2
CREATE TYPE spheroid;
CREATE TYPE geometry;
CREATE TYPE box3d;
CREATE TYPE box2d;
CREATE TYPE box2df;
CREATE TYPE gidx;
CREATE TYPE geography;
CREATE TYPE spheroid (INPUT = spheroid_in, OUTPUT = spheroid_out, STORAGE = extended, CATEGORY = 'U', PREFERRED = false, DELIMITER = ',', COLLATABLE = false);
CREATE TYPE geometry (INPUT = geometry_in, OUTPUT = geometry_out, TYPMOD_IN = geometry_typmod_in, TYPMOD_OUT = geometry_typmod_out, STORAGE = extended, CATEGORY = 'U', PREFERRED = false, DELIMITER = ':', COLLATABLE = false);
CREATE TYPE box3d (INPUT = box3d_in, OUTPUT = box3d_out, STORAGE = extended, CATEGORY = 'U', PREFERRED = false, DELIMITER = ',', COLLATABLE = false);
CREATE TYPE box2d (INPUT = box2d_in, OUTPUT = box2d_out, STORAGE = extended, CATEGORY = 'U', PREFERRED = false, DELIMITER = ',', COLLATABLE = false);
CREATE TYPE box2df (INPUT = box2df_in, OUTPUT = box2df_out, STORAGE = extended, CATEGORY = 'U', PREFERRED = false, DELIMITER = ',', COLLATABLE = false);
CREATE TYPE gidx (INPUT = gidx_in, OUTPUT = gidx_out, STORAGE = extended, CATEGORY = 'U', PREFERRED = false, DELIMITER = ',', COLLATABLE = false);
CREATE TYPE geography (INPUT = geography_in, OUTPUT = geography_out, TYPMOD_IN = geography_typmod_in, TYPMOD_OUT = geography_typmod_out, STORAGE = extended, CATEGORY = 'U', PREFERRED = false, DELIMITER = ':', COLLATABLE = false);
CREATE TYPE geometry_dump AS (path integer[], geom geometry);
CREATE TYPE valid_detail AS (valid boolean, reason character varying, location geometry);
CREATE TABLE spatial_ref_sys (srid integer NOT NULL, auth_name character varying(256), auth_srid integer, srtext character varying(2048), proj4text character varying(2048));
CREATE VIEW geography_columns AS SELECT NULL::name AS f_table_catalog, NULL::name AS f_table_schema, NULL::name AS f_table_name, NULL::name AS f_geography_column, NULL::integer AS coord_dimension, NULL::integer AS srid, NULL::text AS type;
CREATE VIEW geometry_columns AS SELECT NULL::character varying(256) AS f_table_catalog, NULL::name AS f_table_schema, NULL::name AS f_table_name, NULL::name AS f_geometry_column, NULL::integer AS coord_dimension, NULL::integer AS srid, NULL::character varying(30) AS type;
ALTER TABLE spatial_ref_sys ADD CONSTRAINT spatial_ref_sys_srid_check CHECK (((srid > 0) AND (srid <= 998999)));
ALTER TABLE spatial_ref_sys ADD CONSTRAINT spatial_ref_sys_pkey PRIMARY KEY (srid);
CREATE RULE geometry_columns_delete AS
    ON DELETE TO geometry_columns DO INSTEAD NOTHING;
CREATE RULE geometry_columns_insert AS
    ON INSERT TO geometry_columns DO INSTEAD NOTHING;
CREATE RULE geometry_columns_update AS
    ON UPDATE TO geometry_columns DO INSTEAD NOTHING;
CREATE AGGREGATE st_memunion(geometry) (SFUNC = trueup_state_0, STYPE = geometry);
CREATE AGGREGATE st_extent(geometry) (SFUNC = trueup_state_1, STYPE = box2d);
CREATE AGGREGATE st_3dextent(geometry) (SFUNC = trueup_state_2, STYPE = box3d);
CREATE AGGREGATE st_memcollect(geometry) (SFUNC = trueup_state_3, STYPE = geometry);
CREATE AGGREGATE st_union(geometry) (SFUNC = trueup_state_4, STYPE = geometry);
CREATE AGGREGATE st_union(geometry, gridsize double precision) (SFUNC = trueup_state_5, STYPE = geometry);
CREATE AGGREGATE st_collect(geometry) (SFUNC = trueup_state_6, STYPE = geometry);
CREATE AGGREGATE st_clusterintersecting(geometry) (SFUNC = trueup_state_7, STYPE = geometry[]);
CREATE AGGREGATE st_clusterwithin(geometry, double precision) (SFUNC = trueup_state_8, STYPE = geometry[]);
CREATE AGGREGATE st_polygonize(geometry) (SFUNC = trueup_state_9, STYPE = geometry);
CREATE AGGREGATE st_makeline(geometry) (SFUNC = trueup_state_10, STYPE = geometry);
CREATE AGGREGATE st_asgeobuf(anyelement) (SFUNC = trueup_state_11, STYPE = bytea);
CREATE AGGREGATE st_asgeobuf(anyelement, text) (SFUNC = trueup_state_12, STYPE = bytea);
CREATE AGGREGATE st_asmvt(anyelement) (SFUNC = trueup_state_13, STYPE = bytea);
CREATE AGGREGATE st_asmvt(anyelement, text) (SFUNC = trueup_state_14, STYPE = bytea);
CREATE AGGREGATE st_asmvt(anyelement, text, integer) (SFUNC = trueup_state_15, STYPE = bytea);
CREATE AGGREGATE st_asmvt(anyelement, text, integer, text) (SFUNC = trueup_state_16, STYPE = bytea);
CREATE AGGREGATE st_asmvt(anyelement, text, integer, text, text) (SFUNC = trueup_state_17, STYPE = bytea);
CREATE AGGREGATE st_asflatgeobuf(anyelement) (SFUNC = trueup_state_18, STYPE = bytea);
CREATE AGGREGATE st_asflatgeobuf(anyelement, boolean) (SFUNC = trueup_state_19, STYPE = bytea);
CREATE AGGREGATE st_asflatgeobuf(anyelement, boolean, text) (SFUNC = trueup_state_20, STYPE = bytea);
CREATE CAST (geometry AS geometry) WITH FUNCTION geometry(geometry,integer,boolean) AS IMPLICIT;
CREATE CAST (geometry AS point) WITH FUNCTION point(geometry);
CREATE CAST (point AS geometry) WITH FUNCTION geometry(point);
CREATE CAST (geometry AS path) WITH FUNCTION path(geometry);
CREATE CAST (path AS geometry) WITH FUNCTION geometry(path);
CREATE CAST (geometry AS polygon) WITH FUNCTION polygon(geometry);
CREATE CAST (polygon AS geometry) WITH FUNCTION geometry(polygon);
CREATE CAST (geometry AS box2d) WITH FUNCTION box2d(geometry) AS IMPLICIT;
CREATE CAST (geometry AS box3d) WITH FUNCTION box3d(geometry) AS IMPLICIT;
CREATE CAST (geometry AS box) WITH FUNCTION box(geometry) AS ASSIGNMENT;
CREATE CAST (box3d AS box2d) WITH FUNCTION box2d(box3d) AS IMPLICIT;
CREATE CAST (box2d AS box3d) WITH FUNCTION box3d(box2d) AS IMPLICIT;
CREATE CAST (box2d AS geometry) WITH FUNCTION geometry(box2d) AS IMPLICIT;
CREATE CAST (box3d AS box) WITH FUNCTION box(box3d) AS IMPLICIT;
CREATE CAST (box3d AS geometry) WITH FUNCTION geometry(box3d) AS IMPLICIT;
CREATE CAST (text AS geometry) WITH FUNCTION geometry(text) AS IMPLICIT;
CREATE CAST (geometry AS text) WITH FUNCTION text(geometry) AS IMPLICIT;
CREATE CAST (bytea AS geometry) WITH FUNCTION geometry(bytea) AS IMPLICIT;
CREATE CAST (geometry AS bytea) WITH FUNCTION bytea(geometry) AS IMPLICIT;
CREATE CAST (geometry AS json) WITH FUNCTION json(geometry);
CREATE CAST (geometry AS jsonb) WITH FUNCTION jsonb(geometry);
CREATE CAST (geography AS geography) WITH FUNCTION geography(geography,integer,boolean) AS IMPLICIT;
CREATE CAST (bytea AS geography) WITH FUNCTION geography(bytea) AS IMPLICIT;
CREATE CAST (geography AS bytea) WITH FUNCTION bytea(geography) AS IMPLICIT;
CREATE CAST (geometry AS geography) WITH FUNCTION geography(geometry) AS IMPLICIT;
CREATE CAST (geography AS geometry) WITH FUNCTION geometry(geography);
CREATE OPERATOR < (FUNCTION = geometry_lt, LEFTARG = geometry, RIGHTARG = geometry, COMMUTATOR = OPERATOR(>), NEGATOR = OPERATOR(>=));
CREATE OPERATOR <= (FUNCTION = geometry_le, LEFTARG = geometry, RIGHTARG = geometry, COMMUTATOR = OPERATOR(>=), NEGATOR = OPERATOR(>));
CREATE OPERATOR > (FUNCTION = geometry_gt, LEFTARG = geometry, RIGHTARG = geometry, COMMUTATOR = OPERATOR(<), NEGATOR = OPERATOR(<=));
CREATE OPERATOR >= (FUNCTION = geometry_ge, LEFTARG = geometry, RIGHTARG = geometry, COMMUTATOR = OPERATOR(<=), NEGATOR = OPERATOR(<));
CREATE OPERATOR = (FUNCTION = geometry_eq, LEFTARG = geometry, RIGHTARG = geometry, COMMUTATOR = OPERATOR(=), HASHES, MERGES);
CREATE OPERATOR && (FUNCTION = geometry_overlaps, LEFTARG = geometry, RIGHTARG = geometry, COMMUTATOR = OPERATOR(&&));
CREATE OPERATOR ~= (FUNCTION = geometry_same, LEFTARG = geometry, RIGHTARG = geometry);
CREATE OPERATOR <-> (FUNCTION = geometry_distance_centroid, LEFTARG = geometry, RIGHTARG = geometry, COMMUTATOR = OPERATOR(<->));
CREATE OPERATOR <#> (FUNCTION = geometry_distance_box, LEFTARG = geometry, RIGHTARG = geometry, COMMUTATOR = OPERATOR(<#>));
CREATE OPERATOR ~ (FUNCTION = geometry_contains, LEFTARG = geometry, RIGHTARG = geometry, COMMUTATOR = OPERATOR(@));
CREATE OPERATOR @ (FUNCTION = geometry_within, LEFTARG = geometry, RIGHTARG = geometry, COMMUTATOR = OPERATOR(~));
CREATE OPERATOR << (FUNCTION = geometry_left, LEFTARG = geometry, RIGHTARG = geometry, COMMUTATOR = OPERATOR(>>));
CREATE OPERATOR &< (FUNCTION = geometry_overleft, LEFTARG = geometry, RIGHTARG = geometry);
CREATE OPERATOR <<| (FUNCTION = geometry_below, LEFTARG = geometry, RIGHTARG = geometry, COMMUTATOR = OPERATOR(|>>));
CREATE OPERATOR &<| (FUNCTION = geometry_overbelow, LEFTARG = geometry, RIGHTARG = geometry);
CREATE OPERATOR &> (FUNCTION = geometry_overright, LEFTARG = geometry, RIGHTARG = geometry);
CREATE OPERATOR >> (FUNCTION = geometry_right, LEFTARG = geometry, RIGHTARG = geometry, COMMUTATOR = OPERATOR(<<));
CREATE OPERATOR |&> (FUNCTION = geometry_overabove, LEFTARG = geometry, RIGHTARG = geometry);
CREATE OPERATOR |>> (FUNCTION = geometry_above, LEFTARG = geometry, RIGHTARG = geometry, COMMUTATOR = OPERATOR(<<|));
CREATE OPERATOR &&& (FUNCTION = geometry_overlaps_nd, LEFTARG = geometry, RIGHTARG = geometry, COMMUTATOR = OPERATOR(&&&));
CREATE OPERATOR ~~ (FUNCTION = geometry_contains_nd, LEFTARG = geometry, RIGHTARG = geometry, COMMUTATOR = OPERATOR(@@));
CREATE OPERATOR @@ (FUNCTION = geometry_within_nd, LEFTARG = geometry, RIGHTARG = geometry, COMMUTATOR = OPERATOR(~~));
CREATE OPERATOR ~~= (FUNCTION = geometry_same_nd, LEFTARG = geometry, RIGHTARG = geometry, COMMUTATOR = OPERATOR(~~=));
CREATE OPERATOR <<->> (FUNCTION = geometry_distance_centroid_nd, LEFTARG = geometry, RIGHTARG = geometry, COMMUTATOR = OPERATOR(<<->>));
CREATE OPERATOR |=| (FUNCTION = geometry_distance_cpa, LEFTARG = geometry, RIGHTARG = geometry, COMMUTATOR = OPERATOR(|=|));
CREATE OPERATOR && (FUNCTION = geography_overlaps, LEFTARG = geography, RIGHTARG = geography, COMMUTATOR = OPERATOR(&&));
CREATE OPERATOR <-> (FUNCTION = geography_distance_knn, LEFTARG = geography, RIGHTARG = geography, COMMUTATOR = OPERATOR(<->));
CREATE OPERATOR && (FUNCTION = overlaps_geog, LEFTARG = gidx, RIGHTARG = geography, COMMUTATOR = OPERATOR(&&));
CREATE OPERATOR && (FUNCTION = overlaps_geog, LEFTARG = gidx, RIGHTARG = gidx, COMMUTATOR = OPERATOR(&&));
CREATE OPERATOR && (FUNCTION = overlaps_geog, LEFTARG = geography, RIGHTARG = gidx, COMMUTATOR = OPERATOR(&&));
CREATE OPERATOR < (FUNCTION = geography_lt, LEFTARG = geography, RIGHTARG = geography, COMMUTATOR = OPERATOR(>), NEGATOR = OPERATOR(>=));
CREATE OPERATOR <= (FUNCTION = geography_le, LEFTARG = geography, RIGHTARG = geography, COMMUTATOR = OPERATOR(>=), NEGATOR = OPERATOR(>));
CREATE OPERATOR > (FUNCTION = geography_gt, LEFTARG = geography, RIGHTARG = geography, COMMUTATOR = OPERATOR(<), NEGATOR = OPERATOR(<=));
CREATE OPERATOR >= (FUNCTION = geography_ge, LEFTARG = geography, RIGHTARG = geography, COMMUTATOR = OPERATOR(<=), NEGATOR = OPERATOR(<));
CREATE OPERATOR = (FUNCTION = geography_eq, LEFTARG = geography, RIGHTARG = geography, COMMUTATOR = OPERATOR(=));
CREATE OPERATOR ~ (FUNCTION = contains_2d, LEFTARG = box2df, RIGHTARG = geometry, COMMUTATOR = OPERATOR(@));
CREATE OPERATOR @ (FUNCTION = is_contained_2d, LEFTARG = box2df, RIGHTARG = geometry, COMMUTATOR = OPERATOR(~));
CREATE OPERATOR && (FUNCTION = overlaps_2d, LEFTARG = box2df, RIGHTARG = geometry, COMMUTATOR = OPERATOR(&&));
CREATE OPERATOR && (FUNCTION = overlaps_2d, LEFTARG = box2df, RIGHTARG = box2df, COMMUTATOR = OPERATOR(&&));
CREATE OPERATOR ~ (FUNCTION = contains_2d, LEFTARG = box2df, RIGHTARG = box2df, COMMUTATOR = OPERATOR(@));
CREATE OPERATOR @ (FUNCTION = is_contained_2d, LEFTARG = box2df, RIGHTARG = box2df, COMMUTATOR = OPERATOR(~));
CREATE OPERATOR ~ (FUNCTION = contains_2d, LEFTARG = geometry, RIGHTARG = box2df, COMMUTATOR = OPERATOR(@));
CREATE OPERATOR @ (FUNCTION = is_contained_2d, LEFTARG = geometry, RIGHTARG = box2df, COMMUTATOR = OPERATOR(~));
CREATE OPERATOR && (FUNCTION = overlaps_2d, LEFTARG = geometry, RIGHTARG = box2df, COMMUTATOR = OPERATOR(&&));
CREATE OPERATOR &&& (FUNCTION = overlaps_nd, LEFTARG = gidx, RIGHTARG = geometry, COMMUTATOR = OPERATOR(&&&));
CREATE OPERATOR &&& (FUNCTION = overlaps_nd, LEFTARG = gidx, RIGHTARG = gidx, COMMUTATOR = OPERATOR(&&&));
CREATE OPERATOR &&& (FUNCTION = overlaps_nd, LEFTARG = geometry, RIGHTARG = gidx, COMMUTATOR = OPERATOR(&&&));
CREATE OPERATOR &/& (FUNCTION = geometry_overlaps_3d, LEFTARG = geometry, RIGHTARG = geometry, COMMUTATOR = OPERATOR(&/&));
CREATE OPERATOR @>> (FUNCTION = geometry_contains_3d, LEFTARG = geometry, RIGHTARG = geometry, COMMUTATOR = OPERATOR(<<@));
CREATE OPERATOR <<@ (FUNCTION = geometry_contained_3d, LEFTARG = geometry, RIGHTARG = geometry, COMMUTATOR = OPERATOR(@>>));
CREATE OPERATOR ~== (FUNCTION = geometry_same_3d, LEFTARG = geometry, RIGHTARG = geometry, COMMUTATOR = OPERATOR(~==));
CREATE OPERATOR CLASS btree_geometry_ops DEFAULT FOR TYPE geometry USING btree AS OPERATOR 1 <(geometry,geometry), OPERATOR 2 <=(geometry,geometry), OPERATOR 3 =(geometry,geometry), OPERATOR 4 >=(geometry,geometry), OPERATOR 5 >(geometry,geometry), FUNCTION 1 geometry_cmp(geometry,geometry);
CREATE OPERATOR CLASS hash_geometry_ops DEFAULT FOR TYPE geometry USING hash AS OPERATOR 1 =(geometry,geometry), FUNCTION 1 geometry_hash(geometry);
CREATE OPERATOR CLASS gist_geometry_ops_2d DEFAULT FOR TYPE geometry USING gist AS OPERATOR 1 <<(geometry,geometry), OPERATOR 2 &<(geometry,geometry), OPERATOR 3 &&(geometry,geometry), OPERATOR 4 &>(geometry,geometry), OPERATOR 5 >>(geometry,geometry), OPERATOR 6 ~=(geometry,geometry), OPERATOR 7 ~(geometry,geometry), OPERATOR 8 @(geometry,geometry), OPERATOR 9 &<|(geometry,geometry), OPERATOR 10 <<|(geometry,geometry), OPERATOR 11 |>>(geometry,geometry), OPERATOR 12 |&>(geometry,geometry), OPERATOR 13 <->(geometry,geometry) FOR ORDER BY pg_catalog.float_ops, OPERATOR 14 <#>(geometry,geometry) FOR ORDER BY pg_catalog.float_ops, STORAGE box2df;
CREATE OPERATOR CLASS gist_geometry_ops_nd FOR TYPE geometry USING gist AS OPERATOR 3 &&&(geometry,geometry), OPERATOR 6 ~~=(geometry,geometry), OPERATOR 7 ~~(geometry,geometry), OPERATOR 8 @@(geometry,geometry), OPERATOR 13 <<->>(geometry,geometry) FOR ORDER BY pg_catalog.float_ops, OPERATOR 20 |=|(geometry,geometry) FOR ORDER BY pg_catalog.float_ops, STORAGE gidx;
CREATE OPERATOR CLASS gist_geography_ops DEFAULT FOR TYPE geography USING gist AS OPERATOR 3 &&(geography,geography), OPERATOR 13 <->(geography,geography) FOR ORDER BY pg_catalog.float_ops, STORAGE gidx;
CREATE OPERATOR CLASS brin_geography_inclusion_ops DEFAULT FOR TYPE geography USING brin AS OPERATOR 3 &&(geography,gidx), OPERATOR 3 &&(geography,geography), STORAGE gidx;
CREATE OPERATOR CLASS btree_geography_ops DEFAULT FOR TYPE geography USING btree AS OPERATOR 1 <(geography,geography), OPERATOR 2 <=(geography,geography), OPERATOR 3 =(geography,geography), OPERATOR 4 >=(geography,geography), OPERATOR 5 >(geography,geography), FUNCTION 1 geography_cmp(geography,geography);
CREATE OPERATOR CLASS brin_geometry_inclusion_ops_2d DEFAULT FOR TYPE geometry USING brin AS OPERATOR 3 &&(geometry,geometry), OPERATOR 3 &&(geometry,box2df), OPERATOR 7 ~(geometry,geometry), OPERATOR 7 ~(geometry,box2df), OPERATOR 8 @(geometry,geometry), OPERATOR 8 @(geometry,box2df), STORAGE box2df;
CREATE OPERATOR CLASS brin_geometry_inclusion_ops_3d FOR TYPE geometry USING brin AS OPERATOR 3 &&&(geometry,geometry), OPERATOR 3 &&&(geometry,gidx), STORAGE gidx;
CREATE OPERATOR CLASS brin_geometry_inclusion_ops_4d FOR TYPE geometry USING brin AS OPERATOR 3 &&&(geometry,geometry), OPERATOR 3 &&&(geometry,gidx), STORAGE gidx;
CREATE OPERATOR CLASS spgist_geometry_ops_2d DEFAULT FOR TYPE geometry USING spgist AS OPERATOR 1 <<(geometry,geometry), OPERATOR 2 &<(geometry,geometry), OPERATOR 3 &&(geometry,geometry), OPERATOR 4 &>(geometry,geometry), OPERATOR 5 >>(geometry,geometry), OPERATOR 6 ~=(geometry,geometry), OPERATOR 7 ~(geometry,geometry), OPERATOR 8 @(geometry,geometry), OPERATOR 9 &<|(geometry,geometry), OPERATOR 10 <<|(geometry,geometry), OPERATOR 11 |>>(geometry,geometry), OPERATOR 12 |&>(geometry,geometry);
CREATE OPERATOR CLASS spgist_geometry_ops_3d FOR TYPE geometry USING spgist AS OPERATOR 3 &/&(geometry,geometry), OPERATOR 6 ~==(geometry,geometry), OPERATOR 7 @>>(geometry,geometry), OPERATOR 8 <<@(geometry,geometry);
CREATE OPERATOR CLASS spgist_geometry_ops_nd FOR TYPE geometry USING spgist AS OPERATOR 3 &&&(geometry,geometry), OPERATOR 6 ~~=(geometry,geometry), OPERATOR 7 ~~(geometry,geometry), OPERATOR 8 @@(geometry,geometry);
CREATE OPERATOR CLASS spgist_geography_ops_nd DEFAULT FOR TYPE geography USING spgist AS OPERATOR 3 &&(geography,geography);
CREATE FUNCTION % RETURNS % AS 'SELECT NULL' LANGUAGE sql:
  trueup_state_0(geometry, geometry) -> geometry
  trueup_state_1(box2d, geometry) -> box2d
  trueup_state_10(geometry, geometry) -> geometry
  trueup_state_11(bytea, anyelement) -> bytea
  trueup_state_12(bytea, anyelement, text) -> bytea
  trueup_state_13(bytea, anyelement) -> bytea
  trueup_state_14(bytea, anyelement, text) -> bytea
  trueup_state_15(bytea, anyelement, text, integer) -> bytea
  trueup_state_16(bytea, anyelement, text, integer, text) -> bytea
  trueup_state_17(bytea, anyelement, text, integer, text, text) -> bytea
  trueup_state_18(bytea, anyelement) -> bytea
  trueup_state_19(bytea, anyelement, boolean) -> bytea
  trueup_state_2(box3d, geometry) -> box3d
  trueup_state_20(bytea, anyelement, boolean, text) -> bytea
  trueup_state_3(geometry, geometry) -> geometry
  trueup_state_4(geometry, geometry) -> geometry
  trueup_state_5(geometry, geometry, double precision) -> geometry
  trueup_state_6(geometry, geometry) -> geometry
  trueup_state_7(geometry[], geometry) -> geometry[]
  trueup_state_8(geometry[], geometry, double precision) -> geometry[]
  trueup_state_9(geometry, geometry) -> geometry
CREATE FUNCTION % RETURNS % IMMUTABLE:
  _postgis_scripts_pgsql_version() -> text
  _st_dwithinuncached(geography, geography, double precision) -> boolean
  postgis_full_version() -> text
  postgis_geos_version() -> text
  postgis_lib_build_date() -> text
  postgis_lib_revision() -> text
  postgis_lib_version() -> text
  postgis_liblwgeom_version() -> text
  postgis_libxml_version() -> text
  postgis_proj_version() -> text
  postgis_scripts_build_date() -> text
  postgis_scripts_installed() -> text
  postgis_scripts_released() -> text
  postgis_svn_version() -> text
  postgis_version() -> text
  postgis_wagyu_version() -> text
CREATE FUNCTION % RETURNS % IMMUTABLE PARALLEL SAFE:
  _st_asgml(integer, geometry, integer, integer, text, text) -> text
  _st_asx3d(integer, geometry, integer, integer, text) -> text
  _st_geomfromgml(text, integer) -> geometry
  _st_voronoi(g1 geometry, clip geometry DEFAULT NULL::geometry, tolerance double precision DEFAULT 0.0, return_polygons boolean DEFAULT true) -> geometry
  _st_within(geom1 geometry, geom2 geometry) -> boolean
  st_asbinary(geography, text) -> bytea
  st_asgml(geom geometry, maxdecimaldigits integer DEFAULT 15, options integer DEFAULT 0) -> text
  st_asgml(version integer, geom geometry, maxdecimaldigits integer DEFAULT 15, options integer DEFAULT 0, nprefix text DEFAULT NULL::text, id text DEFAULT NULL::text) -> text
  st_asmvtgeom(geom geometry, bounds box2d, extent integer DEFAULT 4096, buffer integer DEFAULT 256, clip_geom boolean DEFAULT true) -> geometry
  st_astwkb(geom geometry, prec integer DEFAULT NULL::integer, prec_z integer DEFAULT NULL::integer, prec_m integer DEFAULT NULL::integer, with_sizes boolean DEFAULT NULL::boolean, with_boxes boolean DEFAULT NULL::boolean) -> bytea
  st_astwkb(geom geometry[], ids bigint[], prec integer DEFAULT NULL::integer, prec_z integer DEFAULT NULL::integer, prec_m integer DEFAULT NULL::integer, with_sizes boolean DEFAULT NULL::boolean, with_boxes boolean DEFAULT NULL::boolean) -> bytea
  st_asx3d(geom geometry, maxdecimaldigits integer DEFAULT 15, options integer DEFAULT 0) -> text
  st_box2dfromgeohash(text, integer DEFAULT NULL::integer) -> box2d
  st_collect(geom1 geometry, geom2 geometry) -> geometry
  st_combinebbox(box2d, geometry) -> box2d
  st_combinebbox(box3d, box3d) -> box3d
  st_combinebbox(box3d, geometry) -> box3d
  st_coveredby(text, text) -> boolean
  st_covers(text, text) -> boolean
  st_dwithin(text, text, double precision) -> boolean
  st_filterbym(geometry, double precision, double precision DEFAULT NULL::double precision, boolean DEFAULT false) -> geometry
  st_geometricmedian(g geometry, tolerance double precision DEFAULT NULL::double precision, max_iter integer DEFAULT 10000, fail_if_not_converged boolean DEFAULT false) -> geometry
  st_geomfromgeohash(text, integer DEFAULT NULL::integer) -> geometry
  st_intersects(text, text) -> boolean
  st_letters(letters text, font json DEFAULT NULL::json) -> geometry
  st_pointfromgeohash(text, integer DEFAULT NULL::integer) -> geometry
  st_project(geog geography, distance double precision, azimuth double precision) -> geography
  st_quantizecoordinates(g geometry, prec_x integer, prec_y integer DEFAULT NULL::integer, prec_z integer DEFAULT NULL::integer, prec_m integer DEFAULT NULL::integer) -> geometry
  st_voronoilines(g1 geometry, tolerance double precision DEFAULT 0.0, extend_to geometry DEFAULT NULL::geometry) -> geometry
  st_voronoipolygons(g1 geometry, tolerance double precision DEFAULT 0.0, extend_to geometry DEFAULT NULL::geometry) -> geometry
CREATE FUNCTION % RETURNS % IMMUTABLE PARALLEL SAFE LANGUAGE internal AS 'trigger_in':
  pgis_asflatgeobuf_finalfn(internal) -> bytea
  pgis_asflatgeobuf_transfn(internal, anyelement) -> internal
  pgis_asflatgeobuf_transfn(internal, anyelement, boolean) -> internal
  pgis_asflatgeobuf_transfn(internal, anyelement, boolean, text) -> internal
  pgis_asgeobuf_finalfn(internal) -> bytea
  pgis_asgeobuf_transfn(internal, anyelement) -> internal
  pgis_asgeobuf_transfn(internal, anyelement, text) -> internal
  pgis_asmvt_combinefn(internal, internal) -> internal
  pgis_asmvt_deserialfn(bytea, internal) -> internal
  pgis_asmvt_finalfn(internal) -> bytea
  pgis_asmvt_serialfn(internal) -> bytea
  pgis_asmvt_transfn(internal, anyelement) -> internal
  pgis_asmvt_transfn(internal, anyelement, text) -> internal
  pgis_asmvt_transfn(internal, anyelement, text, integer) -> internal
  pgis_asmvt_transfn(internal, anyelement, text, integer, text) -> internal
  pgis_asmvt_transfn(internal, anyelement, text, integer, text, text) -> internal
  pgis_geometry_union_parallel_combinefn(internal, internal) -> internal
  pgis_geometry_union_parallel_transfn(internal, geometry) -> internal
  pgis_geometry_union_parallel_transfn(internal, geometry, double precision) -> internal
CREATE FUNCTION % RETURNS % IMMUTABLE PARALLEL SAFE LANGUAGE sql AS 'SELECT NULL':
  st_fromflatgeobuf(anyelement, bytea) -> SETOF anyelement
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT:
  _postgis_deprecate(oldname text, newname text, version text) -> void
  _st_distancetree(geography, geography) -> double precision
  _st_distancetree(geography, geography, double precision, boolean) -> double precision
  _st_distanceuncached(geography, geography) -> double precision
  _st_distanceuncached(geography, geography, boolean) -> double precision
  _st_distanceuncached(geography, geography, double precision, boolean) -> double precision
  _st_dwithinuncached(geography, geography, double precision, boolean) -> boolean
  _st_pointoutside(geography) -> geography
  overlaps_geog(geography, gidx) -> boolean
  overlaps_geog(gidx, geography) -> boolean
  overlaps_geog(gidx, gidx) -> boolean
  postgis_libprotobuf_version() -> text
  st_distancesphere(geom1 geometry, geom2 geometry, radius double precision) -> double precision
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT PARALLEL SAFE:
  _st_3ddfullywithin(geom1 geometry, geom2 geometry, double precision) -> boolean
  _st_3ddwithin(geom1 geometry, geom2 geometry, double precision) -> boolean
  _st_3dintersects(geom1 geometry, geom2 geometry) -> boolean
  _st_bestsrid(geography) -> integer
  _st_bestsrid(geography, geography) -> integer
  _st_contains(geom1 geometry, geom2 geometry) -> boolean
  _st_containsproperly(geom1 geometry, geom2 geometry) -> boolean
  _st_coveredby(geog1 geography, geog2 geography) -> boolean
  _st_coveredby(geom1 geometry, geom2 geometry) -> boolean
  _st_covers(geog1 geography, geog2 geography) -> boolean
  _st_covers(geom1 geometry, geom2 geometry) -> boolean
  _st_crosses(geom1 geometry, geom2 geometry) -> boolean
  _st_dfullywithin(geom1 geometry, geom2 geometry, double precision) -> boolean
  _st_dwithin(geog1 geography, geog2 geography, tolerance double precision, use_spheroid boolean DEFAULT true) -> boolean
  _st_dwithin(geom1 geometry, geom2 geometry, double precision) -> boolean
  _st_equals(geom1 geometry, geom2 geometry) -> boolean
  _st_expand(geography, double precision) -> geography
  _st_intersects(geom1 geometry, geom2 geometry) -> boolean
  _st_linecrossingdirection(line1 geometry, line2 geometry) -> integer
  _st_longestline(geom1 geometry, geom2 geometry) -> geometry
  _st_maxdistance(geom1 geometry, geom2 geometry) -> double precision
  _st_orderingequals(geom1 geometry, geom2 geometry) -> boolean
  _st_overlaps(geom1 geometry, geom2 geometry) -> boolean
  _st_sortablehash(geom geometry) -> bigint
  _st_touches(geom1 geometry, geom2 geometry) -> boolean
  box(box3d) -> box
  box(geometry) -> box
  box2d(box3d) -> box2d
  box2d(geometry) -> box2d
  box3d(box2d) -> box3d
  box3d(geometry) -> box3d
  box3dtobox(box3d) -> box
  bytea(geography) -> bytea
  bytea(geometry) -> bytea
  contains_2d(box2df, box2df) -> boolean
  contains_2d(box2df, geometry) -> boolean
  contains_2d(geometry, box2df) -> boolean
  equals(geom1 geometry, geom2 geometry) -> boolean
  geography(bytea) -> geography
  geography(geography, integer, boolean) -> geography
  geography(geometry) -> geography
  geography_cmp(geography, geography) -> integer
  geography_distance_knn(geography, geography) -> double precision
  geography_eq(geography, geography) -> boolean
  geography_ge(geography, geography) -> boolean
  geography_gt(geography, geography) -> boolean
  geography_le(geography, geography) -> boolean
  geography_lt(geography, geography) -> boolean
  geography_overlaps(geography, geography) -> boolean
  geography_send(geography) -> bytea
  geometry(box2d) -> geometry
  geometry(box3d) -> geometry
  geometry(bytea) -> geometry
  geometry(geography) -> geometry
  geometry(geometry, integer, boolean) -> geometry
  geometry(path) -> geometry
  geometry(point) -> geometry
  geometry(polygon) -> geometry
  geometry(text) -> geometry
  geometry_above(geom1 geometry, geom2 geometry) -> boolean
  geometry_below(geom1 geometry, geom2 geometry) -> boolean
  geometry_cmp(geom1 geometry, geom2 geometry) -> integer
  geometry_contained_3d(geom1 geometry, geom2 geometry) -> boolean
  geometry_contains(geom1 geometry, geom2 geometry) -> boolean
  geometry_contains_3d(geom1 geometry, geom2 geometry) -> boolean
  geometry_contains_nd(geometry, geometry) -> boolean
  geometry_distance_box(geom1 geometry, geom2 geometry) -> double precision
  geometry_distance_centroid(geom1 geometry, geom2 geometry) -> double precision
  geometry_distance_centroid_nd(geometry, geometry) -> double precision
  geometry_distance_cpa(geometry, geometry) -> double precision
  geometry_eq(geom1 geometry, geom2 geometry) -> boolean
  geometry_ge(geom1 geometry, geom2 geometry) -> boolean
  geometry_gt(geom1 geometry, geom2 geometry) -> boolean
  geometry_hash(geometry) -> integer
  geometry_le(geom1 geometry, geom2 geometry) -> boolean
  geometry_left(geom1 geometry, geom2 geometry) -> boolean
  geometry_lt(geom1 geometry, geom2 geometry) -> boolean
  geometry_overabove(geom1 geometry, geom2 geometry) -> boolean
  geometry_overbelow(geom1 geometry, geom2 geometry) -> boolean
  geometry_overlaps(geom1 geometry, geom2 geometry) -> boolean
  geometry_overlaps_3d(geom1 geometry, geom2 geometry) -> boolean
  geometry_overlaps_nd(geometry, geometry) -> boolean
  geometry_overleft(geom1 geometry, geom2 geometry) -> boolean
  geometry_overright(geom1 geometry, geom2 geometry) -> boolean
  geometry_right(geom1 geometry, geom2 geometry) -> boolean
  geometry_same(geom1 geometry, geom2 geometry) -> boolean
  geometry_same_3d(geom1 geometry, geom2 geometry) -> boolean
  geometry_same_nd(geometry, geometry) -> boolean
  geometry_send(geometry) -> bytea
  geometry_within(geom1 geometry, geom2 geometry) -> boolean
  geometry_within_nd(geometry, geometry) -> boolean
  geometrytype(geography) -> text
  geometrytype(geometry) -> text
  geomfromewkb(bytea) -> geometry
  geomfromewkt(text) -> geometry
  get_proj4_from_srid(integer) -> text
  is_contained_2d(box2df, box2df) -> boolean
  is_contained_2d(box2df, geometry) -> boolean
  is_contained_2d(geometry, box2df) -> boolean
  json(geometry) -> json
  jsonb(geometry) -> jsonb
  overlaps_2d(box2df, box2df) -> boolean
  overlaps_2d(box2df, geometry) -> boolean
  overlaps_2d(geometry, box2df) -> boolean
  overlaps_nd(geometry, gidx) -> boolean
  overlaps_nd(gidx, geometry) -> boolean
  overlaps_nd(gidx, gidx) -> boolean
  path(geometry) -> path
  point(geometry) -> point
  polygon(geometry) -> polygon
  postgis_addbbox(geometry) -> geometry
  postgis_dropbbox(geometry) -> geometry
  postgis_geos_noop(geometry) -> geometry
  postgis_getbbox(geometry) -> box2d
  postgis_hasbbox(geometry) -> boolean
  postgis_libjson_version() -> text
  postgis_noop(geometry) -> geometry
  postgis_transform_geometry(geom geometry, text, text, integer) -> geometry
  postgis_type_name(geomname character varying, coord_dimension integer, use_new_name boolean DEFAULT true) -> character varying
  postgis_typmod_dims(integer) -> integer
  postgis_typmod_srid(integer) -> integer
  postgis_typmod_type(integer) -> text
  st_3dclosestpoint(geom1 geometry, geom2 geometry) -> geometry
  st_3ddfullywithin(geom1 geometry, geom2 geometry, double precision) -> boolean
  st_3ddistance(geom1 geometry, geom2 geometry) -> double precision
  st_3ddwithin(geom1 geometry, geom2 geometry, double precision) -> boolean
  st_3dintersects(geom1 geometry, geom2 geometry) -> boolean
  st_3dlength(geometry) -> double precision
  st_3dlineinterpolatepoint(geometry, double precision) -> geometry
  st_3dlongestline(geom1 geometry, geom2 geometry) -> geometry
  st_3dmakebox(geom1 geometry, geom2 geometry) -> box3d
  st_3dmaxdistance(geom1 geometry, geom2 geometry) -> double precision
  st_3dperimeter(geometry) -> double precision
  st_3dshortestline(geom1 geometry, geom2 geometry) -> geometry
  st_addmeasure(geometry, double precision, double precision) -> geometry
  st_addpoint(geom1 geometry, geom2 geometry) -> geometry
  st_addpoint(geom1 geometry, geom2 geometry, integer) -> geometry
  st_affine(geometry, double precision, double precision, double precision, double precision, double precision, double precision) -> geometry
  st_affine(geometry, double precision, double precision, double precision, double precision, double precision, double precision, double precision, double precision, double precision, double precision, double precision, double precision) -> geometry
  st_angle(line1 geometry, line2 geometry) -> double precision
  st_angle(pt1 geometry, pt2 geometry, pt3 geometry, pt4 geometry DEFAULT '0101000000000000000000F87F000000000000F87F'::geometry) -> double precision
  st_area(geog geography, use_spheroid boolean DEFAULT true) -> double precision
  st_area(geometry) -> double precision
  st_area(text) -> double precision
  st_area2d(geometry) -> double precision
  st_asbinary(geography) -> bytea
  st_asbinary(geometry) -> bytea
  st_asbinary(geometry, text) -> bytea
  st_asencodedpolyline(geom geometry, nprecision integer DEFAULT 5) -> text
  st_asewkb(geometry) -> bytea
  st_asewkb(geometry, text) -> bytea
  st_asewkt(geography) -> text
  st_asewkt(geography, integer) -> text
  st_asewkt(geometry) -> text
  st_asewkt(geometry, integer) -> text
  st_asewkt(text) -> text
  st_asgeojson(geog geography, maxdecimaldigits integer DEFAULT 9, options integer DEFAULT 0) -> text
  st_asgeojson(geom geometry, maxdecimaldigits integer DEFAULT 9, options integer DEFAULT 8) -> text
  st_asgeojson(text) -> text
  st_asgml(geog geography, maxdecimaldigits integer DEFAULT 15, options integer DEFAULT 0, nprefix text DEFAULT 'gml'::text, id text DEFAULT ''::text) -> text
  st_asgml(text) -> text
  st_asgml(version integer, geog geography, maxdecimaldigits integer DEFAULT 15, options integer DEFAULT 0, nprefix text DEFAULT 'gml'::text, id text DEFAULT ''::text) -> text
  st_ashexewkb(geometry) -> text
  st_ashexewkb(geometry, text) -> text
  st_askml(geog geography, maxdecimaldigits integer DEFAULT 15, nprefix text DEFAULT ''::text) -> text
  st_askml(geom geometry, maxdecimaldigits integer DEFAULT 15, nprefix text DEFAULT ''::text) -> text
  st_askml(text) -> text
  st_aslatlontext(geom geometry, tmpl text DEFAULT ''::text) -> text
  st_asmarc21(geom geometry, format text DEFAULT 'hdddmmss'::text) -> text
  st_assvg(geog geography, rel integer DEFAULT 0, maxdecimaldigits integer DEFAULT 15) -> text
  st_assvg(geom geometry, rel integer DEFAULT 0, maxdecimaldigits integer DEFAULT 15) -> text
  st_assvg(text) -> text
  st_astext(geography) -> text
  st_astext(geography, integer) -> text
  st_astext(geometry) -> text
  st_astext(geometry, integer) -> text
  st_astext(text) -> text
  st_azimuth(geog1 geography, geog2 geography) -> double precision
  st_azimuth(geom1 geometry, geom2 geometry) -> double precision
  st_bdmpolyfromtext(text, integer) -> geometry
  st_bdpolyfromtext(text, integer) -> geometry
  st_boundary(geometry) -> geometry
  st_boundingdiagonal(geom geometry, fits boolean DEFAULT false) -> geometry
  st_buffer(geography, double precision) -> geography
  st_buffer(geography, double precision, integer) -> geography
  st_buffer(geography, double precision, text) -> geography
  st_buffer(geom geometry, radius double precision, options text DEFAULT ''::text) -> geometry
  st_buffer(geom geometry, radius double precision, quadsegs integer) -> geometry
  st_buffer(text, double precision) -> geometry
  st_buffer(text, double precision, integer) -> geometry
  st_buffer(text, double precision, text) -> geometry
  st_buildarea(geometry) -> geometry
  st_centroid(geography, use_spheroid boolean DEFAULT true) -> geography
  st_centroid(geometry) -> geometry
  st_centroid(text) -> geometry
  st_chaikinsmoothing(geometry, integer DEFAULT 1, boolean DEFAULT false) -> geometry
  st_cleangeometry(geometry) -> geometry
  st_clipbybox2d(geom geometry, box box2d) -> geometry
  st_closestpoint(geom1 geometry, geom2 geometry) -> geometry
  st_closestpointofapproach(geometry, geometry) -> double precision
  st_clusterintersecting(geometry[]) -> geometry[]
  st_clusterwithin(geometry[], double precision) -> geometry[]
  st_collect(geometry[]) -> geometry
  st_collectionextract(geometry) -> geometry
  st_collectionextract(geometry, integer) -> geometry
  st_collectionhomogenize(geometry) -> geometry
  st_concavehull(param_geom geometry, param_pctconvex double precision, param_allow_holes boolean DEFAULT false) -> geometry
  st_contains(geom1 geometry, geom2 geometry) -> boolean
  st_containsproperly(geom1 geometry, geom2 geometry) -> boolean
  st_convexhull(geometry) -> geometry
  st_coorddim(geometry geometry) -> smallint
  st_coveredby(geog1 geography, geog2 geography) -> boolean
  st_coveredby(geom1 geometry, geom2 geometry) -> boolean
  st_covers(geog1 geography, geog2 geography) -> boolean
  st_covers(geom1 geometry, geom2 geometry) -> boolean
  st_cpawithin(geometry, geometry, double precision) -> boolean
  st_crosses(geom1 geometry, geom2 geometry) -> boolean
  st_curvetoline(geom geometry, tol double precision DEFAULT 32, toltype integer DEFAULT 0, flags integer DEFAULT 0) -> geometry
  st_delaunaytriangles(g1 geometry, tolerance double precision DEFAULT 0.0, flags integer DEFAULT 0) -> geometry
  st_dfullywithin(geom1 geometry, geom2 geometry, double precision) -> boolean
  st_difference(geom1 geometry, geom2 geometry, gridsize double precision DEFAULT '-1.0'::numeric) -> geometry
  st_dimension(geometry) -> integer
  st_disjoint(geom1 geometry, geom2 geometry) -> boolean
  st_distance(geog1 geography, geog2 geography, use_spheroid boolean DEFAULT true) -> double precision
  st_distance(geom1 geometry, geom2 geometry) -> double precision
  st_distance(text, text) -> double precision
  st_distancecpa(geometry, geometry) -> double precision
  st_distancesphere(geom1 geometry, geom2 geometry) -> double precision
  st_distancespheroid(geom1 geometry, geom2 geometry) -> double precision
  st_distancespheroid(geom1 geometry, geom2 geometry, spheroid) -> double precision
  st_dwithin(geog1 geography, geog2 geography, tolerance double precision, use_spheroid boolean DEFAULT true) -> boolean
  st_dwithin(geom1 geometry, geom2 geometry, double precision) -> boolean
  st_endpoint(geometry) -> geometry
  st_envelope(geometry) -> geometry
  st_equals(geom1 geometry, geom2 geometry) -> boolean
  st_expand(box box2d, dx double precision, dy double precision) -> box2d
  st_expand(box box3d, dx double precision, dy double precision, dz double precision DEFAULT 0) -> box3d
  st_expand(box2d, double precision) -> box2d
  st_expand(box3d, double precision) -> box3d
  st_expand(geom geometry, dx double precision, dy double precision, dz double precision DEFAULT 0, dm double precision DEFAULT 0) -> geometry
  st_expand(geometry, double precision) -> geometry
  st_exteriorring(geometry) -> geometry
  st_flipcoordinates(geometry) -> geometry
  st_force2d(geometry) -> geometry
  st_force3d(geom geometry, zvalue double precision DEFAULT 0.0) -> geometry
  st_force3dm(geom geometry, mvalue double precision DEFAULT 0.0) -> geometry
  st_force3dz(geom geometry, zvalue double precision DEFAULT 0.0) -> geometry
  st_force4d(geom geometry, zvalue double precision DEFAULT 0.0, mvalue double precision DEFAULT 0.0) -> geometry
  st_forcecollection(geometry) -> geometry
  st_forcecurve(geometry) -> geometry
  st_forcepolygonccw(geometry) -> geometry
  st_forcepolygoncw(geometry) -> geometry
  st_forcerhr(geometry) -> geometry
  st_forcesfs(geometry) -> geometry
  st_forcesfs(geometry, version text) -> geometry
  st_frechetdistance(geom1 geometry, geom2 geometry, double precision DEFAULT '-1'::integer) -> double precision
  st_fromflatgeobuftotable(text, text, bytea) -> void
  st_generatepoints(area geometry, npoints integer, seed integer) -> geometry
  st_geogfromtext(text) -> geography
  st_geogfromwkb(bytea) -> geography
  st_geographyfromtext(text) -> geography
  st_geohash(geog geography, maxchars integer DEFAULT 0) -> text
  st_geohash(geom geometry, maxchars integer DEFAULT 0) -> text
  st_geomcollfromtext(text) -> geometry
  st_geomcollfromtext(text, integer) -> geometry
  st_geomcollfromwkb(bytea) -> geometry
  st_geomcollfromwkb(bytea, integer) -> geometry
  st_geometryfromtext(text) -> geometry
  st_geometryfromtext(text, integer) -> geometry
  st_geometryn(geometry, integer) -> geometry
  st_geometrytype(geometry) -> text
  st_geomfromewkb(bytea) -> geometry
  st_geomfromewkt(text) -> geometry
  st_geomfromgeojson(json) -> geometry
  st_geomfromgeojson(jsonb) -> geometry
  st_geomfromgeojson(text) -> geometry
  st_geomfromgml(text) -> geometry
  st_geomfromgml(text, integer) -> geometry
  st_geomfromkml(text) -> geometry
  st_geomfrommarc21(marc21xml text) -> geometry
  st_geomfromtext(text) -> geometry
  st_geomfromtext(text, integer) -> geometry
  st_geomfromtwkb(bytea) -> geometry
  st_geomfromwkb(bytea) -> geometry
  st_geomfromwkb(bytea, integer) -> geometry
  st_gmltosql(text) -> geometry
  st_gmltosql(text, integer) -> geometry
  st_hasarc(geometry geometry) -> boolean
  st_hausdorffdistance(geom1 geometry, geom2 geometry) -> double precision
  st_hausdorffdistance(geom1 geometry, geom2 geometry, double precision) -> double precision
  st_hexagon(size double precision, cell_i integer, cell_j integer, origin geometry DEFAULT '010100000000000000000000000000000000000000'::geometry) -> geometry
  st_interiorringn(geometry, integer) -> geometry
  st_interpolatepoint(line geometry, point geometry) -> double precision
  st_intersection(geography, geography) -> geography
  st_intersection(geom1 geometry, geom2 geometry, gridsize double precision DEFAULT '-1'::integer) -> geometry
  st_intersection(text, text) -> geometry
  st_intersects(geog1 geography, geog2 geography) -> boolean
  st_intersects(geom1 geometry, geom2 geometry) -> boolean
  st_isclosed(geometry) -> boolean
  st_iscollection(geometry) -> boolean
  st_isempty(geometry) -> boolean
  st_ispolygonccw(geometry) -> boolean
  st_ispolygoncw(geometry) -> boolean
  st_isring(geometry) -> boolean
  st_issimple(geometry) -> boolean
  st_isvalid(geometry) -> boolean
  st_isvalid(geometry, integer) -> boolean
  st_isvaliddetail(geom geometry, flags integer DEFAULT 0) -> valid_detail
  st_isvalidreason(geometry) -> text
  st_isvalidreason(geometry, integer) -> text
  st_isvalidtrajectory(geometry) -> boolean
  st_length(geog geography, use_spheroid boolean DEFAULT true) -> double precision
  st_length(geometry) -> double precision
  st_length(text) -> double precision
  st_length2d(geometry) -> double precision
  st_length2dspheroid(geometry, spheroid) -> double precision
  st_lengthspheroid(geometry, spheroid) -> double precision
  st_linecrossingdirection(line1 geometry, line2 geometry) -> integer
  st_linefromencodedpolyline(txtin text, nprecision integer DEFAULT 5) -> geometry
  st_linefrommultipoint(geometry) -> geometry
  st_linefromtext(text) -> geometry
  st_linefromtext(text, integer) -> geometry
  st_linefromwkb(bytea) -> geometry
  st_linefromwkb(bytea, integer) -> geometry
  st_lineinterpolatepoint(geometry, double precision) -> geometry
  st_lineinterpolatepoints(geometry, double precision, repeat boolean DEFAULT true) -> geometry
  st_linelocatepoint(geom1 geometry, geom2 geometry) -> double precision
  st_linemerge(geometry) -> geometry
  st_linemerge(geometry, boolean) -> geometry
  st_linestringfromwkb(bytea) -> geometry
  st_linestringfromwkb(bytea, integer) -> geometry
  st_linesubstring(geometry, double precision, double precision) -> geometry
  st_linetocurve(geometry geometry) -> geometry
  st_locatealong(geometry geometry, measure double precision, leftrightoffset double precision DEFAULT 0.0) -> geometry
  st_locatebetween(geometry geometry, frommeasure double precision, tomeasure double precision, leftrightoffset double precision DEFAULT 0.0) -> geometry
  st_locatebetweenelevations(geometry geometry, fromelevation double precision, toelevation double precision) -> geometry
  st_longestline(geom1 geometry, geom2 geometry) -> geometry
  st_m(geometry) -> double precision
  st_makebox2d(geom1 geometry, geom2 geometry) -> box2d
  st_makeenvelope(double precision, double precision, double precision, double precision, integer DEFAULT 0) -> geometry
  st_makeline(geom1 geometry, geom2 geometry) -> geometry
  st_makeline(geometry[]) -> geometry
  st_makepoint(double precision, double precision) -> geometry
  st_makepoint(double precision, double precision, double precision) -> geometry
  st_makepoint(double precision, double precision, double precision, double precision) -> geometry
  st_makepointm(double precision, double precision, double precision) -> geometry
  st_makepolygon(geometry) -> geometry
  st_makepolygon(geometry, geometry[]) -> geometry
  st_makevalid(geom geometry, params text) -> geometry
  st_makevalid(geometry) -> geometry
  st_maxdistance(geom1 geometry, geom2 geometry) -> double precision
  st_maximuminscribedcircle(geometry, OUT center geometry, OUT nearest geometry, OUT radius double precision) -> record
  st_memsize(geometry) -> integer
  st_minimumboundingcircle(inputgeom geometry, segs_per_quarter integer DEFAULT 48) -> geometry
  st_minimumboundingradius(geometry, OUT center geometry, OUT radius double precision) -> record
  st_minimumclearance(geometry) -> double precision
  st_minimumclearanceline(geometry) -> geometry
  st_mlinefromtext(text) -> geometry
  st_mlinefromtext(text, integer) -> geometry
  st_mlinefromwkb(bytea) -> geometry
  st_mlinefromwkb(bytea, integer) -> geometry
  st_mpointfromtext(text) -> geometry
  st_mpointfromtext(text, integer) -> geometry
  st_mpointfromwkb(bytea) -> geometry
  st_mpointfromwkb(bytea, integer) -> geometry
  st_mpolyfromtext(text) -> geometry
  st_mpolyfromtext(text, integer) -> geometry
  st_mpolyfromwkb(bytea) -> geometry
  st_mpolyfromwkb(bytea, integer) -> geometry
  st_multi(geometry) -> geometry
  st_multilinefromwkb(bytea) -> geometry
  st_multilinestringfromtext(text) -> geometry
  st_multilinestringfromtext(text, integer) -> geometry
  st_multipointfromtext(text) -> geometry
  st_multipointfromwkb(bytea) -> geometry
  st_multipointfromwkb(bytea, integer) -> geometry
  st_multipolyfromwkb(bytea) -> geometry
  st_multipolyfromwkb(bytea, integer) -> geometry
  st_multipolygonfromtext(text) -> geometry
  st_multipolygonfromtext(text, integer) -> geometry
  st_ndims(geometry) -> smallint
  st_node(g geometry) -> geometry
  st_normalize(geom geometry) -> geometry
  st_npoints(geometry) -> integer
  st_nrings(geometry) -> integer
  st_numgeometries(geometry) -> integer
  st_numinteriorring(geometry) -> integer
  st_numinteriorrings(geometry) -> integer
  st_numpatches(geometry) -> integer
  st_numpoints(geometry) -> integer
  st_offsetcurve(line geometry, distance double precision, params text DEFAULT ''::text) -> geometry
  st_orderingequals(geom1 geometry, geom2 geometry) -> boolean
  st_orientedenvelope(geometry) -> geometry
  st_overlaps(geom1 geometry, geom2 geometry) -> boolean
  st_patchn(geometry, integer) -> geometry
  st_perimeter(geog geography, use_spheroid boolean DEFAULT true) -> double precision
  st_perimeter(geometry) -> double precision
  st_perimeter2d(geometry) -> double precision
  st_point(double precision, double precision) -> geometry
  st_point(double precision, double precision, srid integer) -> geometry
  st_pointfromtext(text) -> geometry
  st_pointfromtext(text, integer) -> geometry
  st_pointfromwkb(bytea) -> geometry
  st_pointfromwkb(bytea, integer) -> geometry
  st_pointinsidecircle(geometry, double precision, double precision, double precision) -> boolean
  st_pointm(xcoordinate double precision, ycoordinate double precision, mcoordinate double precision, srid integer DEFAULT 0) -> geometry
  st_pointn(geometry, integer) -> geometry
  st_pointonsurface(geometry) -> geometry
  st_points(geometry) -> geometry
  st_pointz(xcoordinate double precision, ycoordinate double precision, zcoordinate double precision, srid integer DEFAULT 0) -> geometry
  st_pointzm(xcoordinate double precision, ycoordinate double precision, zcoordinate double precision, mcoordinate double precision, srid integer DEFAULT 0) -> geometry
  st_polyfromtext(text) -> geometry
  st_polyfromtext(text, integer) -> geometry
  st_polyfromwkb(bytea) -> geometry
  st_polyfromwkb(bytea, integer) -> geometry
  st_polygon(geometry, integer) -> geometry
  st_polygonfromtext(text) -> geometry
  st_polygonfromtext(text, integer) -> geometry
  st_polygonfromwkb(bytea) -> geometry
  st_polygonfromwkb(bytea, integer) -> geometry
  st_polygonize(geometry[]) -> geometry
  st_reduceprecision(geom geometry, gridsize double precision) -> geometry
  st_relate(geom1 geometry, geom2 geometry) -> text
  st_relate(geom1 geometry, geom2 geometry, integer) -> text
  st_relate(geom1 geometry, geom2 geometry, text) -> boolean
  st_relatematch(text, text) -> boolean
  st_removepoint(geometry, integer) -> geometry
  st_removerepeatedpoints(geom geometry, tolerance double precision DEFAULT 0.0) -> geometry
  st_reverse(geometry) -> geometry
  st_rotate(geometry, double precision) -> geometry
  st_rotate(geometry, double precision, double precision, double precision) -> geometry
  st_rotate(geometry, double precision, geometry) -> geometry
  st_rotatex(geometry, double precision) -> geometry
  st_rotatey(geometry, double precision) -> geometry
  st_rotatez(geometry, double precision) -> geometry
  st_scale(geometry, double precision, double precision) -> geometry
  st_scale(geometry, double precision, double precision, double precision) -> geometry
  st_scale(geometry, geometry) -> geometry
  st_scale(geometry, geometry, origin geometry) -> geometry
  st_scroll(geometry, geometry) -> geometry
  st_segmentize(geog geography, max_segment_length double precision) -> geography
  st_segmentize(geometry, double precision) -> geometry
  st_seteffectivearea(geometry, double precision DEFAULT '-1'::integer, integer DEFAULT 1) -> geometry
  st_setpoint(geometry, integer, geometry) -> geometry
  st_setsrid(geog geography, srid integer) -> geography
  st_setsrid(geom geometry, srid integer) -> geometry
  st_sharedpaths(geom1 geometry, geom2 geometry) -> geometry
  st_shiftlongitude(geometry) -> geometry
  st_shortestline(geom1 geometry, geom2 geometry) -> geometry
  st_simplify(geometry, double precision) -> geometry
  st_simplify(geometry, double precision, boolean) -> geometry
  st_simplifypolygonhull(geom geometry, vertex_fraction double precision, is_outer boolean DEFAULT true) -> geometry
  st_simplifypreservetopology(geometry, double precision) -> geometry
  st_simplifyvw(geometry, double precision) -> geometry
  st_snap(geom1 geometry, geom2 geometry, double precision) -> geometry
  st_snaptogrid(geom1 geometry, geom2 geometry, double precision, double precision, double precision, double precision) -> geometry
  st_snaptogrid(geometry, double precision) -> geometry
  st_snaptogrid(geometry, double precision, double precision) -> geometry
  st_snaptogrid(geometry, double precision, double precision, double precision, double precision) -> geometry
  st_split(geom1 geometry, geom2 geometry) -> geometry
  st_square(size double precision, cell_i integer, cell_j integer, origin geometry DEFAULT '010100000000000000000000000000000000000000'::geometry) -> geometry
  st_srid(geog geography) -> integer
  st_srid(geom geometry) -> integer
  st_startpoint(geometry) -> geometry
  st_summary(geography) -> text
  st_summary(geometry) -> text
  st_symdifference(geom1 geometry, geom2 geometry, gridsize double precision DEFAULT '-1.0'::numeric) -> geometry
  st_tileenvelope(zoom integer, x integer, y integer, bounds geometry DEFAULT '0102000020110F00000200000093107C45F81B73C193107C45F81B73C193107C45F81B734193107C45F81B7341'::geometry, margin double precision DEFAULT 0.0) -> geometry
  st_touches(geom1 geometry, geom2 geometry) -> boolean
  st_transform(geom geometry, from_proj text, to_proj text) -> geometry
  st_transform(geom geometry, from_proj text, to_srid integer) -> geometry
  st_transform(geom geometry, to_proj text) -> geometry
  st_transform(geometry, integer) -> geometry
  st_translate(geometry, double precision, double precision) -> geometry
  st_translate(geometry, double precision, double precision, double precision) -> geometry
  st_transscale(geometry, double precision, double precision, double precision, double precision) -> geometry
  st_triangulatepolygon(g1 geometry) -> geometry
  st_unaryunion(geometry, gridsize double precision DEFAULT '-1.0'::numeric) -> geometry
  st_union(geom1 geometry, geom2 geometry) -> geometry
  st_union(geom1 geometry, geom2 geometry, gridsize double precision) -> geometry
  st_union(geometry[]) -> geometry
  st_within(geom1 geometry, geom2 geometry) -> boolean
  st_wkbtosql(wkb bytea) -> geometry
  st_wkttosql(text) -> geometry
  st_wrapx(geom geometry, wrap double precision, move double precision) -> geometry
  st_x(geometry) -> double precision
  st_xmax(box3d) -> double precision
  st_xmin(box3d) -> double precision
  st_y(geometry) -> double precision
  st_ymax(box3d) -> double precision
  st_ymin(box3d) -> double precision
  st_z(geometry) -> double precision
  st_zmax(box3d) -> double precision
  st_zmflag(geometry) -> smallint
  st_zmin(box3d) -> double precision
  text(geometry) -> text
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT PARALLEL SAFE LANGUAGE internal AS 'textin':
  box2d_in(cstring) -> box2d
  box2df_in(cstring) -> box2df
  box3d_in(cstring) -> box3d
  geography_in(cstring, oid, integer) -> geography
  geometry_in(cstring) -> geometry
  gidx_in(cstring) -> gidx
  spheroid_in(cstring) -> spheroid
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT PARALLEL SAFE LANGUAGE internal AS 'textout':
  box2d_out(box2d) -> cstring
  box2df_out(box2df) -> cstring
  box3d_out(box3d) -> cstring
  geography_out(geography) -> cstring
  geometry_out(geometry) -> cstring
  gidx_out(gidx) -> cstring
  spheroid_out(spheroid) -> cstring
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT PARALLEL SAFE LANGUAGE internal AS 'trigger_in':
  geography_recv(internal, oid, integer) -> geography
  geography_spgist_choose_nd(internal, internal) -> void
  geography_spgist_compress_nd(internal) -> internal
  geography_spgist_config_nd(internal, internal) -> void
  geography_spgist_inner_consistent_nd(internal, internal) -> void
  geography_spgist_leaf_consistent_nd(internal, internal) -> boolean
  geography_spgist_picksplit_nd(internal, internal) -> void
  geography_typmod_in(cstring[]) -> integer
  geography_typmod_out(integer) -> cstring
  geometry_recv(internal) -> geometry
  geometry_sortsupport(internal) -> void
  geometry_spgist_choose_2d(internal, internal) -> void
  geometry_spgist_choose_3d(internal, internal) -> void
  geometry_spgist_choose_nd(internal, internal) -> void
  geometry_spgist_compress_2d(internal) -> internal
  geometry_spgist_compress_3d(internal) -> internal
  geometry_spgist_compress_nd(internal) -> internal
  geometry_spgist_config_2d(internal, internal) -> void
  geometry_spgist_config_3d(internal, internal) -> void
  geometry_spgist_config_nd(internal, internal) -> void
  geometry_spgist_inner_consistent_2d(internal, internal) -> void
  geometry_spgist_inner_consistent_3d(internal, internal) -> void
  geometry_spgist_inner_consistent_nd(internal, internal) -> void
  geometry_spgist_leaf_consistent_2d(internal, internal) -> boolean
  geometry_spgist_leaf_consistent_3d(internal, internal) -> boolean
  geometry_spgist_leaf_consistent_nd(internal, internal) -> boolean
  geometry_spgist_picksplit_2d(internal, internal) -> void
  geometry_spgist_picksplit_3d(internal, internal) -> void
  geometry_spgist_picksplit_nd(internal, internal) -> void
  geometry_typmod_in(cstring[]) -> integer
  geometry_typmod_out(integer) -> cstring
  pgis_geometry_union_parallel_deserialfn(bytea, internal) -> internal
  pgis_geometry_union_parallel_finalfn(internal) -> geometry
  pgis_geometry_union_parallel_serialfn(internal) -> bytea
  st_clusterdbscan(geometry, eps double precision, minpoints integer) -> integer WINDOW
  st_swapordinates(geom geometry, ords cstring) -> geometry
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql AS 'SELECT NULL':
  st_dump(geometry) -> SETOF geometry_dump
  st_dumppoints(geometry) -> SETOF geometry_dump
  st_dumprings(geometry) -> SETOF geometry_dump
  st_dumpsegments(geometry) -> SETOF geometry_dump
  st_hexagongrid(size double precision, bounds geometry, OUT geom geometry, OUT i integer, OUT j integer) -> SETOF record
  st_squaregrid(size double precision, bounds geometry, OUT geom geometry, OUT i integer, OUT j integer) -> SETOF record
  st_subdivide(geom geometry, maxvertices integer DEFAULT 256, gridsize double precision DEFAULT '-1.0'::numeric) -> SETOF geometry
CREATE FUNCTION % RETURNS % STABLE:
  _postgis_pgsql_version() -> text
CREATE FUNCTION % RETURNS % STABLE STRICT:
  _postgis_index_extent(tbl regclass, col text) -> box2d
  addgeometrycolumn(schema_name character varying, table_name character varying, column_name character varying, new_srid integer, new_type character varying, new_dim integer, use_typmod boolean DEFAULT true) -> text
  st_estimatedextent(text, text) -> box2d
  st_estimatedextent(text, text, text) -> box2d
  st_estimatedextent(text, text, text, boolean) -> box2d
CREATE FUNCTION % RETURNS % STABLE STRICT PARALLEL SAFE:
  find_srid(character varying, character varying, character varying) -> integer
  postgis_constraint_dims(geomschema text, geomtable text, geomcolumn text) -> integer
  postgis_constraint_srid(geomschema text, geomtable text, geomcolumn text) -> integer
  postgis_constraint_type(geomschema text, geomtable text, geomcolumn text) -> character varying
  st_findextent(text, text) -> box2d
  st_findextent(text, text, text) -> box2d
CREATE FUNCTION % RETURNS % STABLE STRICT PARALLEL SAFE LANGUAGE internal AS 'trigger_in':
  st_asgeojson(r record, geom_column text DEFAULT ''::text, maxdecimaldigits integer DEFAULT 9, pretty_bool boolean DEFAULT false) -> text
CREATE FUNCTION % RETURNS % VOLATILE:
  addauth(text) -> boolean
  checkauth(text, text) -> integer
  checkauth(text, text, text) -> integer
  disablelongtransactions() -> text
  enablelongtransactions() -> text
  gettransactionid() -> xid
  longtransactionsenabled() -> boolean
  populate_geometry_columns(tbl_oid oid, use_typmod boolean DEFAULT true) -> integer
  populate_geometry_columns(use_typmod boolean DEFAULT true) -> text
  postgis_extensions_upgrade() -> text
  st_symmetricdifference(geom1 geometry, geom2 geometry) -> geometry
CREATE FUNCTION % RETURNS % VOLATILE LANGUAGE internal AS 'trigger_in':
  checkauthtrigger() -> trigger
  geog_brin_inclusion_add_value(internal, internal, internal, internal) -> boolean
  geography_gist_compress(internal) -> internal
  geography_gist_consistent(internal, geography, integer) -> boolean
  geography_gist_decompress(internal) -> internal
  geography_gist_distance(internal, geography, integer) -> double precision
  geography_gist_penalty(internal, internal, internal) -> internal
  geography_gist_picksplit(internal, internal) -> internal
  geography_gist_same(box2d, box2d, internal) -> internal
  geography_gist_union(bytea, internal) -> internal
  postgis_cache_bbox() -> trigger
  postgis_index_supportfn(internal) -> internal
CREATE FUNCTION % RETURNS % VOLATILE PARALLEL SAFE LANGUAGE internal AS 'trigger_in':
  geom2d_brin_inclusion_add_value(internal, internal, internal, internal) -> boolean
  geom3d_brin_inclusion_add_value(internal, internal, internal, internal) -> boolean
  geom4d_brin_inclusion_add_value(internal, internal, internal, internal) -> boolean
  geometry_gist_compress_2d(internal) -> internal
  geometry_gist_compress_nd(internal) -> internal
  geometry_gist_consistent_2d(internal, geometry, integer) -> boolean
  geometry_gist_consistent_nd(internal, geometry, integer) -> boolean
  geometry_gist_decompress_2d(internal) -> internal
  geometry_gist_decompress_nd(internal) -> internal
  geometry_gist_distance_2d(internal, geometry, integer) -> double precision
  geometry_gist_distance_nd(internal, geometry, integer) -> double precision
  geometry_gist_penalty_2d(internal, internal, internal) -> internal
  geometry_gist_penalty_nd(internal, internal, internal) -> internal
  geometry_gist_picksplit_2d(internal, internal) -> internal
  geometry_gist_picksplit_nd(internal, internal) -> internal
  geometry_gist_same_2d(geom1 geometry, geom2 geometry, internal) -> internal
  geometry_gist_same_nd(geometry, geometry, internal) -> internal
  geometry_gist_union_2d(bytea, internal) -> internal
  geometry_gist_union_nd(bytea, internal) -> internal
  gserialized_gist_joinsel_2d(internal, oid, internal, smallint) -> double precision
  gserialized_gist_joinsel_nd(internal, oid, internal, smallint) -> double precision
  gserialized_gist_sel_2d(internal, oid, internal, integer) -> double precision
  gserialized_gist_sel_nd(internal, oid, internal, integer) -> double precision
  pgis_geometry_accum_transfn(internal, geometry) -> internal
  pgis_geometry_accum_transfn(internal, geometry, double precision) -> internal
  pgis_geometry_accum_transfn(internal, geometry, double precision, integer) -> internal
  pgis_geometry_clusterintersecting_finalfn(internal) -> geometry[]
  pgis_geometry_clusterwithin_finalfn(internal) -> geometry[]
  pgis_geometry_collect_finalfn(internal) -> geometry
  pgis_geometry_makeline_finalfn(internal) -> geometry
  pgis_geometry_polygonize_finalfn(internal) -> geometry
CREATE FUNCTION % RETURNS % VOLATILE STRICT:
  addgeometrycolumn(catalog_name character varying, schema_name character varying, table_name character varying, column_name character varying, new_srid_in integer, new_type character varying, new_dim integer, use_typmod boolean DEFAULT true) -> text
  addgeometrycolumn(table_name character varying, column_name character varying, new_srid integer, new_type character varying, new_dim integer, use_typmod boolean DEFAULT true) -> text
  dropgeometrycolumn(catalog_name character varying, schema_name character varying, table_name character varying, column_name character varying) -> text
  dropgeometrycolumn(schema_name character varying, table_name character varying, column_name character varying) -> text
  dropgeometrycolumn(table_name character varying, column_name character varying) -> text
  dropgeometrytable(catalog_name character varying, schema_name character varying, table_name character varying) -> text
  dropgeometrytable(schema_name character varying, table_name character varying) -> text
  dropgeometrytable(table_name character varying) -> text
  lockrow(text, text, text) -> integer
  lockrow(text, text, text, text) -> integer
  lockrow(text, text, text, text, timestamp without time zone) -> integer
  lockrow(text, text, text, timestamp without time zone) -> integer
  unlockrows(text) -> integer
  updategeometrysrid(catalogn_name character varying, schema_name character varying, table_name character varying, column_name character varying, new_srid_in integer) -> text
  updategeometrysrid(character varying, character varying, character varying, integer) -> text
  updategeometrysrid(character varying, character varying, integer) -> text
CREATE FUNCTION % RETURNS % VOLATILE STRICT LANGUAGE internal AS 'trigger_in':
  geography_analyze(internal) -> boolean
  geometry_analyze(internal) -> boolean
  geometry_gist_sortsupport_2d(internal) -> void
  st_clusterkmeans(geom geometry, k integer, max_radius double precision DEFAULT NULL::double precision) -> integer WINDOW
CREATE FUNCTION % RETURNS % VOLATILE STRICT PARALLEL SAFE:
  _postgis_join_selectivity(regclass, text, regclass, text, text DEFAULT '2'::text) -> double precision
  _postgis_selectivity(tbl regclass, att_name text, geom geometry, mode text DEFAULT '2'::text) -> double precision
  _postgis_stats(tbl regclass, att_name text, text DEFAULT '2'::text) -> text
  st_generatepoints(area geometry, npoints integer) -> geometry

-- by hand: how modifiers are printed, which is code (PostGIS manual, "geometry" and "geography" type modifiers): a shape in the
-- spelling of OGC Simple Features with its dimensions, and a spatial reference unless that is unknown, which a geography's never is.
CREATE FUNCTION trueup.postgis_modifier(words text[], unsaid integer) RETURNS text LANGUAGE sql AS '
  SELECT CASE WHEN coalesce(shape, ''geometry'') = ''geometry'' AND coalesce(dimensions, '''') = '''' AND reference = 0 THEN '''' ELSE
    concat(coalesce((SELECT name FROM unnest(''{Geometry,Point,LineString,Polygon,MultiPoint,MultiLineString,MultiPolygon,GeometryCollection,CircularString,CompoundCurve,CurvePolygon,MultiCurve,MultiSurface,PolyhedralSurface,Triangle,Tin}''::text[]) name
      WHERE lower(name) = shape), shape), upper(dimensions), nullif(concat('','', nullif(reference, 0)), '','')) END
  FROM (SELECT p.found[1] AS shape, p.found[2] AS dimensions,
      coalesce(nullif(greatest(CASE WHEN words[2] ~ ''^\s*-?\d+\s*$'' THEN words[2]::integer ELSE 0 END, 0), 0), unsaid) AS reference
    FROM (SELECT regexp_match(lower(words[1]), ''^\s*(.*?)\s*(zm|z|m)?\s*$'') AS found) p) said';
CREATE FUNCTION trueup.geometry_typmod_in(words text[]) RETURNS text[] LANGUAGE sql AS 'SELECT ARRAY[trueup.postgis_modifier(words, 0)]';
CREATE FUNCTION trueup.geography_typmod_in(words text[]) RETURNS text[] LANGUAGE sql AS 'SELECT ARRAY[trueup.postgis_modifier(words, 4326)]';
