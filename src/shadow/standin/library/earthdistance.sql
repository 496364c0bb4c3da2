-- earthdistance, as the extension itself lists its members; written by library.rs.
-- version: 1.1
-- requires: cube
CREATE DOMAIN earth AS cube;
CREATE OPERATOR <@> (FUNCTION = geo_distance, LEFTARG = point, RIGHTARG = point, COMMUTATOR = OPERATOR(<@>));
CREATE FUNCTION % RETURNS % IMMUTABLE PARALLEL SAFE:
  earth() -> double precision
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT PARALLEL SAFE:
  earth_box(earth, double precision) -> cube
  earth_distance(earth, earth) -> double precision
  gc_to_sec(double precision) -> double precision
  geo_distance(point, point) -> double precision
  latitude(earth) -> double precision
  ll_to_earth(double precision, double precision) -> earth
  longitude(earth) -> double precision
  sec_to_gc(double precision) -> double precision
