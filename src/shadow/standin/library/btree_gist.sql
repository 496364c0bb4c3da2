-- btree_gist, as the extension itself lists its members; written by library.rs.
-- version: 1.7
CREATE TYPE gbtreekey4;
CREATE TYPE gbtreekey8;
CREATE TYPE gbtreekey16;
CREATE TYPE gbtreekey32;
CREATE TYPE gbtreekey_var;
CREATE TYPE gbtreekey2;
CREATE TYPE gbtreekey4 (INPUT = gbtreekey4_in, OUTPUT = gbtreekey4_out, STORAGE = extended, CATEGORY = 'U', PREFERRED = false, DELIMITER = ',', COLLATABLE = false);
CREATE TYPE gbtreekey8 (INPUT = gbtreekey8_in, OUTPUT = gbtreekey8_out, STORAGE = extended, CATEGORY = 'U', PREFERRED = false, DELIMITER = ',', COLLATABLE = false);
CREATE TYPE gbtreekey16 (INPUT = gbtreekey16_in, OUTPUT = gbtreekey16_out, STORAGE = extended, CATEGORY = 'U', PREFERRED = false, DELIMITER = ',', COLLATABLE = false);
CREATE TYPE gbtreekey32 (INPUT = gbtreekey32_in, OUTPUT = gbtreekey32_out, STORAGE = extended, CATEGORY = 'U', PREFERRED = false, DELIMITER = ',', COLLATABLE = false);
CREATE TYPE gbtreekey_var (INPUT = gbtreekey_var_in, OUTPUT = gbtreekey_var_out, STORAGE = extended, CATEGORY = 'U', PREFERRED = false, DELIMITER = ',', COLLATABLE = false);
CREATE TYPE gbtreekey2 (INPUT = gbtreekey2_in, OUTPUT = gbtreekey2_out, STORAGE = extended, CATEGORY = 'U', PREFERRED = false, DELIMITER = ',', COLLATABLE = false);
CREATE OPERATOR <-> (FUNCTION = cash_dist, LEFTARG = money, RIGHTARG = money, COMMUTATOR = OPERATOR(<->));
CREATE OPERATOR <-> (FUNCTION = date_dist, LEFTARG = date, RIGHTARG = date, COMMUTATOR = OPERATOR(<->));
CREATE OPERATOR <-> (FUNCTION = float4_dist, LEFTARG = real, RIGHTARG = real, COMMUTATOR = OPERATOR(<->));
CREATE OPERATOR <-> (FUNCTION = float8_dist, LEFTARG = double precision, RIGHTARG = double precision, COMMUTATOR = OPERATOR(<->));
CREATE OPERATOR <-> (FUNCTION = int2_dist, LEFTARG = smallint, RIGHTARG = smallint, COMMUTATOR = OPERATOR(<->));
CREATE OPERATOR <-> (FUNCTION = int4_dist, LEFTARG = integer, RIGHTARG = integer, COMMUTATOR = OPERATOR(<->));
CREATE OPERATOR <-> (FUNCTION = int8_dist, LEFTARG = bigint, RIGHTARG = bigint, COMMUTATOR = OPERATOR(<->));
CREATE OPERATOR <-> (FUNCTION = interval_dist, LEFTARG = interval, RIGHTARG = interval, COMMUTATOR = OPERATOR(<->));
CREATE OPERATOR <-> (FUNCTION = oid_dist, LEFTARG = oid, RIGHTARG = oid, COMMUTATOR = OPERATOR(<->));
CREATE OPERATOR <-> (FUNCTION = time_dist, LEFTARG = time without time zone, RIGHTARG = time without time zone, COMMUTATOR = OPERATOR(<->));
CREATE OPERATOR <-> (FUNCTION = ts_dist, LEFTARG = timestamp without time zone, RIGHTARG = timestamp without time zone, COMMUTATOR = OPERATOR(<->));
CREATE OPERATOR <-> (FUNCTION = tstz_dist, LEFTARG = timestamp with time zone, RIGHTARG = timestamp with time zone, COMMUTATOR = OPERATOR(<->));
CREATE OPERATOR CLASS gist_oid_ops DEFAULT FOR TYPE oid USING gist AS OPERATOR 1 <(oid,oid), OPERATOR 2 <=(oid,oid), OPERATOR 3 =(oid,oid), OPERATOR 4 >=(oid,oid), OPERATOR 5 >(oid,oid), OPERATOR 6 <>(oid,oid), OPERATOR 15 <->(oid,oid) FOR ORDER BY pg_catalog.oid_ops, STORAGE gbtreekey8;
CREATE OPERATOR CLASS gist_int2_ops DEFAULT FOR TYPE smallint USING gist AS OPERATOR 1 <(smallint,smallint), OPERATOR 2 <=(smallint,smallint), OPERATOR 3 =(smallint,smallint), OPERATOR 4 >=(smallint,smallint), OPERATOR 5 >(smallint,smallint), OPERATOR 6 <>(smallint,smallint), OPERATOR 15 <->(smallint,smallint) FOR ORDER BY pg_catalog.integer_ops, STORAGE gbtreekey4;
CREATE OPERATOR CLASS gist_int4_ops DEFAULT FOR TYPE integer USING gist AS OPERATOR 1 <(integer,integer), OPERATOR 2 <=(integer,integer), OPERATOR 3 =(integer,integer), OPERATOR 4 >=(integer,integer), OPERATOR 5 >(integer,integer), OPERATOR 6 <>(integer,integer), OPERATOR 15 <->(integer,integer) FOR ORDER BY pg_catalog.integer_ops, STORAGE gbtreekey8;
CREATE OPERATOR CLASS gist_int8_ops DEFAULT FOR TYPE bigint USING gist AS OPERATOR 1 <(bigint,bigint), OPERATOR 2 <=(bigint,bigint), OPERATOR 3 =(bigint,bigint), OPERATOR 4 >=(bigint,bigint), OPERATOR 5 >(bigint,bigint), OPERATOR 6 <>(bigint,bigint), OPERATOR 15 <->(bigint,bigint) FOR ORDER BY pg_catalog.integer_ops, STORAGE gbtreekey16;
CREATE OPERATOR CLASS gist_float4_ops DEFAULT FOR TYPE real USING gist AS OPERATOR 1 <(real,real), OPERATOR 2 <=(real,real), OPERATOR 3 =(real,real), OPERATOR 4 >=(real,real), OPERATOR 5 >(real,real), OPERATOR 6 <>(real,real), OPERATOR 15 <->(real,real) FOR ORDER BY pg_catalog.float_ops, STORAGE gbtreekey8;
CREATE OPERATOR CLASS gist_float8_ops DEFAULT FOR TYPE double precision USING gist AS OPERATOR 1 <(double precision,double precision), OPERATOR 2 <=(double precision,double precision), OPERATOR 3 =(double precision,double precision), OPERATOR 4 >=(double precision,double precision), OPERATOR 5 >(double precision,double precision), OPERATOR 6 <>(double precision,double precision), OPERATOR 15 <->(double precision,double precision) FOR ORDER BY pg_catalog.float_ops, STORAGE gbtreekey16;
CREATE OPERATOR CLASS gist_timestamp_ops DEFAULT FOR TYPE timestamp without time zone USING gist AS OPERATOR 1 <(timestamp without time zone,timestamp without time zone), OPERATOR 2 <=(timestamp without time zone,timestamp without time zone), OPERATOR 3 =(timestamp without time zone,timestamp without time zone), OPERATOR 4 >=(timestamp without time zone,timestamp without time zone), OPERATOR 5 >(timestamp without time zone,timestamp without time zone), OPERATOR 6 <>(timestamp without time zone,timestamp without time zone), OPERATOR 15 <->(timestamp without time zone,timestamp without time zone) FOR ORDER BY pg_catalog.interval_ops, STORAGE gbtreekey16;
CREATE OPERATOR CLASS gist_timestamptz_ops DEFAULT FOR TYPE timestamp with time zone USING gist AS OPERATOR 1 <(timestamp with time zone,timestamp with time zone), OPERATOR 2 <=(timestamp with time zone,timestamp with time zone), OPERATOR 3 =(timestamp with time zone,timestamp with time zone), OPERATOR 4 >=(timestamp with time zone,timestamp with time zone), OPERATOR 5 >(timestamp with time zone,timestamp with time zone), OPERATOR 6 <>(timestamp with time zone,timestamp with time zone), OPERATOR 15 <->(timestamp with time zone,timestamp with time zone) FOR ORDER BY pg_catalog.interval_ops, STORAGE gbtreekey16;
CREATE OPERATOR CLASS gist_time_ops DEFAULT FOR TYPE time without time zone USING gist AS OPERATOR 1 <(time without time zone,time without time zone), OPERATOR 2 <=(time without time zone,time without time zone), OPERATOR 3 =(time without time zone,time without time zone), OPERATOR 4 >=(time without time zone,time without time zone), OPERATOR 5 >(time without time zone,time without time zone), OPERATOR 6 <>(time without time zone,time without time zone), OPERATOR 15 <->(time without time zone,time without time zone) FOR ORDER BY pg_catalog.interval_ops, STORAGE gbtreekey16;
CREATE OPERATOR CLASS gist_timetz_ops DEFAULT FOR TYPE time with time zone USING gist AS OPERATOR 1 <(time with time zone,time with time zone), OPERATOR 2 <=(time with time zone,time with time zone), OPERATOR 3 =(time with time zone,time with time zone), OPERATOR 4 >=(time with time zone,time with time zone), OPERATOR 5 >(time with time zone,time with time zone), OPERATOR 6 <>(time with time zone,time with time zone), STORAGE gbtreekey16;
CREATE OPERATOR CLASS gist_date_ops DEFAULT FOR TYPE date USING gist AS OPERATOR 1 <(date,date), OPERATOR 2 <=(date,date), OPERATOR 3 =(date,date), OPERATOR 4 >=(date,date), OPERATOR 5 >(date,date), OPERATOR 6 <>(date,date), OPERATOR 15 <->(date,date) FOR ORDER BY pg_catalog.integer_ops, STORAGE gbtreekey8;
CREATE OPERATOR CLASS gist_interval_ops DEFAULT FOR TYPE interval USING gist AS OPERATOR 1 <(interval,interval), OPERATOR 2 <=(interval,interval), OPERATOR 3 =(interval,interval), OPERATOR 4 >=(interval,interval), OPERATOR 5 >(interval,interval), OPERATOR 6 <>(interval,interval), OPERATOR 15 <->(interval,interval) FOR ORDER BY pg_catalog.interval_ops, STORAGE gbtreekey32;
CREATE OPERATOR CLASS gist_cash_ops DEFAULT FOR TYPE money USING gist AS OPERATOR 1 <(money,money), OPERATOR 2 <=(money,money), OPERATOR 3 =(money,money), OPERATOR 4 >=(money,money), OPERATOR 5 >(money,money), OPERATOR 6 <>(money,money), OPERATOR 15 <->(money,money) FOR ORDER BY pg_catalog.money_ops, STORAGE gbtreekey16;
CREATE OPERATOR CLASS gist_macaddr_ops DEFAULT FOR TYPE macaddr USING gist AS OPERATOR 1 <(macaddr,macaddr), OPERATOR 2 <=(macaddr,macaddr), OPERATOR 3 =(macaddr,macaddr), OPERATOR 4 >=(macaddr,macaddr), OPERATOR 5 >(macaddr,macaddr), OPERATOR 6 <>(macaddr,macaddr), STORAGE gbtreekey16;
CREATE OPERATOR CLASS gist_text_ops DEFAULT FOR TYPE text USING gist AS OPERATOR 1 <(text,text), OPERATOR 2 <=(text,text), OPERATOR 3 =(text,text), OPERATOR 4 >=(text,text), OPERATOR 5 >(text,text), OPERATOR 6 <>(text,text), STORAGE gbtreekey_var;
CREATE OPERATOR CLASS gist_bpchar_ops DEFAULT FOR TYPE character USING gist AS OPERATOR 1 <(character,character), OPERATOR 2 <=(character,character), OPERATOR 3 =(character,character), OPERATOR 4 >=(character,character), OPERATOR 5 >(character,character), OPERATOR 6 <>(character,character), STORAGE gbtreekey_var;
CREATE OPERATOR CLASS gist_bytea_ops DEFAULT FOR TYPE bytea USING gist AS OPERATOR 1 <(bytea,bytea), OPERATOR 2 <=(bytea,bytea), OPERATOR 3 =(bytea,bytea), OPERATOR 4 >=(bytea,bytea), OPERATOR 5 >(bytea,bytea), OPERATOR 6 <>(bytea,bytea), STORAGE gbtreekey_var;
CREATE OPERATOR CLASS gist_numeric_ops DEFAULT FOR TYPE numeric USING gist AS OPERATOR 1 <(numeric,numeric), OPERATOR 2 <=(numeric,numeric), OPERATOR 3 =(numeric,numeric), OPERATOR 4 >=(numeric,numeric), OPERATOR 5 >(numeric,numeric), OPERATOR 6 <>(numeric,numeric), STORAGE gbtreekey_var;
CREATE OPERATOR CLASS gist_bit_ops DEFAULT FOR TYPE bit USING gist AS OPERATOR 1 <(bit,bit), OPERATOR 2 <=(bit,bit), OPERATOR 3 =(bit,bit), OPERATOR 4 >=(bit,bit), OPERATOR 5 >(bit,bit), OPERATOR 6 <>(bit,bit), STORAGE gbtreekey_var;
CREATE OPERATOR CLASS gist_vbit_ops DEFAULT FOR TYPE bit varying USING gist AS OPERATOR 1 <(bit varying,bit varying), OPERATOR 2 <=(bit varying,bit varying), OPERATOR 3 =(bit varying,bit varying), OPERATOR 4 >=(bit varying,bit varying), OPERATOR 5 >(bit varying,bit varying), OPERATOR 6 <>(bit varying,bit varying), STORAGE gbtreekey_var;
CREATE OPERATOR CLASS gist_inet_ops DEFAULT FOR TYPE inet USING gist AS OPERATOR 1 <(inet,inet), OPERATOR 2 <=(inet,inet), OPERATOR 3 =(inet,inet), OPERATOR 4 >=(inet,inet), OPERATOR 5 >(inet,inet), OPERATOR 6 <>(inet,inet), STORAGE gbtreekey16;
CREATE OPERATOR CLASS gist_cidr_ops DEFAULT FOR TYPE cidr USING gist AS STORAGE gbtreekey16;
CREATE OPERATOR CLASS gist_uuid_ops DEFAULT FOR TYPE uuid USING gist AS OPERATOR 1 <(uuid,uuid), OPERATOR 2 <=(uuid,uuid), OPERATOR 3 =(uuid,uuid), OPERATOR 4 >=(uuid,uuid), OPERATOR 5 >(uuid,uuid), OPERATOR 6 <>(uuid,uuid), STORAGE gbtreekey32;
CREATE OPERATOR CLASS gist_macaddr8_ops DEFAULT FOR TYPE macaddr8 USING gist AS OPERATOR 1 <(macaddr8,macaddr8), OPERATOR 2 <=(macaddr8,macaddr8), OPERATOR 3 =(macaddr8,macaddr8), OPERATOR 4 >=(macaddr8,macaddr8), OPERATOR 5 >(macaddr8,macaddr8), OPERATOR 6 <>(macaddr8,macaddr8), STORAGE gbtreekey16;
CREATE OPERATOR CLASS gist_enum_ops DEFAULT FOR TYPE anyenum USING gist AS OPERATOR 1 <(anyenum,anyenum), OPERATOR 2 <=(anyenum,anyenum), OPERATOR 3 =(anyenum,anyenum), OPERATOR 4 >=(anyenum,anyenum), OPERATOR 5 >(anyenum,anyenum), OPERATOR 6 <>(anyenum,anyenum), STORAGE gbtreekey8;
CREATE OPERATOR CLASS gist_bool_ops DEFAULT FOR TYPE boolean USING gist AS OPERATOR 1 <(boolean,boolean), OPERATOR 2 <=(boolean,boolean), OPERATOR 3 =(boolean,boolean), OPERATOR 4 >=(boolean,boolean), OPERATOR 5 >(boolean,boolean), OPERATOR 6 <>(boolean,boolean), STORAGE gbtreekey2;
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT LANGUAGE internal AS 'trigger_in':
  gbt_bool_compress(internal) -> internal
  gbt_bool_consistent(internal, boolean, smallint, oid, internal) -> boolean
  gbt_bool_fetch(internal) -> internal
  gbt_bool_penalty(internal, internal, internal) -> internal
  gbt_bool_picksplit(internal, internal) -> internal
  gbt_bool_same(gbtreekey2, gbtreekey2, internal) -> internal
  gbt_bool_union(internal, internal) -> gbtreekey2
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT PARALLEL SAFE:
  cash_dist(money, money) -> money
  date_dist(date, date) -> integer
  float4_dist(real, real) -> real
  float8_dist(double precision, double precision) -> double precision
  int2_dist(smallint, smallint) -> smallint
  int4_dist(integer, integer) -> integer
  int8_dist(bigint, bigint) -> bigint
  interval_dist(interval, interval) -> interval
  oid_dist(oid, oid) -> oid
  time_dist(time without time zone, time without time zone) -> interval
  ts_dist(timestamp without time zone, timestamp without time zone) -> interval
  tstz_dist(timestamp with time zone, timestamp with time zone) -> interval
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT PARALLEL SAFE LANGUAGE internal AS 'textin':
  gbtreekey16_in(cstring) -> gbtreekey16
  gbtreekey2_in(cstring) -> gbtreekey2
  gbtreekey32_in(cstring) -> gbtreekey32
  gbtreekey4_in(cstring) -> gbtreekey4
  gbtreekey8_in(cstring) -> gbtreekey8
  gbtreekey_var_in(cstring) -> gbtreekey_var
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT PARALLEL SAFE LANGUAGE internal AS 'textout':
  gbtreekey16_out(gbtreekey16) -> cstring
  gbtreekey2_out(gbtreekey2) -> cstring
  gbtreekey32_out(gbtreekey32) -> cstring
  gbtreekey4_out(gbtreekey4) -> cstring
  gbtreekey8_out(gbtreekey8) -> cstring
  gbtreekey_var_out(gbtreekey_var) -> cstring
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT PARALLEL SAFE LANGUAGE internal AS 'trigger_in':
  gbt_bit_compress(internal) -> internal
  gbt_bit_consistent(internal, bit, smallint, oid, internal) -> boolean
  gbt_bit_penalty(internal, internal, internal) -> internal
  gbt_bit_picksplit(internal, internal) -> internal
  gbt_bit_same(gbtreekey_var, gbtreekey_var, internal) -> internal
  gbt_bit_union(internal, internal) -> gbtreekey_var
  gbt_bpchar_compress(internal) -> internal
  gbt_bpchar_consistent(internal, character, smallint, oid, internal) -> boolean
  gbt_bytea_compress(internal) -> internal
  gbt_bytea_consistent(internal, bytea, smallint, oid, internal) -> boolean
  gbt_bytea_penalty(internal, internal, internal) -> internal
  gbt_bytea_picksplit(internal, internal) -> internal
  gbt_bytea_same(gbtreekey_var, gbtreekey_var, internal) -> internal
  gbt_bytea_union(internal, internal) -> gbtreekey_var
  gbt_cash_compress(internal) -> internal
  gbt_cash_consistent(internal, money, smallint, oid, internal) -> boolean
  gbt_cash_distance(internal, money, smallint, oid, internal) -> double precision
  gbt_cash_fetch(internal) -> internal
  gbt_cash_penalty(internal, internal, internal) -> internal
  gbt_cash_picksplit(internal, internal) -> internal
  gbt_cash_same(gbtreekey16, gbtreekey16, internal) -> internal
  gbt_cash_union(internal, internal) -> gbtreekey16
  gbt_date_compress(internal) -> internal
  gbt_date_consistent(internal, date, smallint, oid, internal) -> boolean
  gbt_date_distance(internal, date, smallint, oid, internal) -> double precision
  gbt_date_fetch(internal) -> internal
  gbt_date_penalty(internal, internal, internal) -> internal
  gbt_date_picksplit(internal, internal) -> internal
  gbt_date_same(gbtreekey8, gbtreekey8, internal) -> internal
  gbt_date_union(internal, internal) -> gbtreekey8
  gbt_decompress(internal) -> internal
  gbt_enum_compress(internal) -> internal
  gbt_enum_consistent(internal, anyenum, smallint, oid, internal) -> boolean
  gbt_enum_fetch(internal) -> internal
  gbt_enum_penalty(internal, internal, internal) -> internal
  gbt_enum_picksplit(internal, internal) -> internal
  gbt_enum_same(gbtreekey8, gbtreekey8, internal) -> internal
  gbt_enum_union(internal, internal) -> gbtreekey8
  gbt_float4_compress(internal) -> internal
  gbt_float4_consistent(internal, real, smallint, oid, internal) -> boolean
  gbt_float4_distance(internal, real, smallint, oid, internal) -> double precision
  gbt_float4_fetch(internal) -> internal
  gbt_float4_penalty(internal, internal, internal) -> internal
  gbt_float4_picksplit(internal, internal) -> internal
  gbt_float4_same(gbtreekey8, gbtreekey8, internal) -> internal
  gbt_float4_union(internal, internal) -> gbtreekey8
  gbt_float8_compress(internal) -> internal
  gbt_float8_consistent(internal, double precision, smallint, oid, internal) -> boolean
  gbt_float8_distance(internal, double precision, smallint, oid, internal) -> double precision
  gbt_float8_fetch(internal) -> internal
  gbt_float8_penalty(internal, internal, internal) -> internal
  gbt_float8_picksplit(internal, internal) -> internal
  gbt_float8_same(gbtreekey16, gbtreekey16, internal) -> internal
  gbt_float8_union(internal, internal) -> gbtreekey16
  gbt_inet_compress(internal) -> internal
  gbt_inet_consistent(internal, inet, smallint, oid, internal) -> boolean
  gbt_inet_penalty(internal, internal, internal) -> internal
  gbt_inet_picksplit(internal, internal) -> internal
  gbt_inet_same(gbtreekey16, gbtreekey16, internal) -> internal
  gbt_inet_union(internal, internal) -> gbtreekey16
  gbt_int2_compress(internal) -> internal
  gbt_int2_consistent(internal, smallint, smallint, oid, internal) -> boolean
  gbt_int2_distance(internal, smallint, smallint, oid, internal) -> double precision
  gbt_int2_fetch(internal) -> internal
  gbt_int2_penalty(internal, internal, internal) -> internal
  gbt_int2_picksplit(internal, internal) -> internal
  gbt_int2_same(gbtreekey4, gbtreekey4, internal) -> internal
  gbt_int2_union(internal, internal) -> gbtreekey4
  gbt_int4_compress(internal) -> internal
  gbt_int4_consistent(internal, integer, smallint, oid, internal) -> boolean
  gbt_int4_distance(internal, integer, smallint, oid, internal) -> double precision
  gbt_int4_fetch(internal) -> internal
  gbt_int4_penalty(internal, internal, internal) -> internal
  gbt_int4_picksplit(internal, internal) -> internal
  gbt_int4_same(gbtreekey8, gbtreekey8, internal) -> internal
  gbt_int4_union(internal, internal) -> gbtreekey8
  gbt_int8_compress(internal) -> internal
  gbt_int8_consistent(internal, bigint, smallint, oid, internal) -> boolean
  gbt_int8_distance(internal, bigint, smallint, oid, internal) -> double precision
  gbt_int8_fetch(internal) -> internal
  gbt_int8_penalty(internal, internal, internal) -> internal
  gbt_int8_picksplit(internal, internal) -> internal
  gbt_int8_same(gbtreekey16, gbtreekey16, internal) -> internal
  gbt_int8_union(internal, internal) -> gbtreekey16
  gbt_intv_compress(internal) -> internal
  gbt_intv_consistent(internal, interval, smallint, oid, internal) -> boolean
  gbt_intv_decompress(internal) -> internal
  gbt_intv_distance(internal, interval, smallint, oid, internal) -> double precision
  gbt_intv_fetch(internal) -> internal
  gbt_intv_penalty(internal, internal, internal) -> internal
  gbt_intv_picksplit(internal, internal) -> internal
  gbt_intv_same(gbtreekey32, gbtreekey32, internal) -> internal
  gbt_intv_union(internal, internal) -> gbtreekey32
  gbt_macad8_compress(internal) -> internal
  gbt_macad8_consistent(internal, macaddr8, smallint, oid, internal) -> boolean
  gbt_macad8_fetch(internal) -> internal
  gbt_macad8_penalty(internal, internal, internal) -> internal
  gbt_macad8_picksplit(internal, internal) -> internal
  gbt_macad8_same(gbtreekey16, gbtreekey16, internal) -> internal
  gbt_macad8_union(internal, internal) -> gbtreekey16
  gbt_macad_compress(internal) -> internal
  gbt_macad_consistent(internal, macaddr, smallint, oid, internal) -> boolean
  gbt_macad_fetch(internal) -> internal
  gbt_macad_penalty(internal, internal, internal) -> internal
  gbt_macad_picksplit(internal, internal) -> internal
  gbt_macad_same(gbtreekey16, gbtreekey16, internal) -> internal
  gbt_macad_union(internal, internal) -> gbtreekey16
  gbt_numeric_compress(internal) -> internal
  gbt_numeric_consistent(internal, numeric, smallint, oid, internal) -> boolean
  gbt_numeric_penalty(internal, internal, internal) -> internal
  gbt_numeric_picksplit(internal, internal) -> internal
  gbt_numeric_same(gbtreekey_var, gbtreekey_var, internal) -> internal
  gbt_numeric_union(internal, internal) -> gbtreekey_var
  gbt_oid_compress(internal) -> internal
  gbt_oid_consistent(internal, oid, smallint, oid, internal) -> boolean
  gbt_oid_distance(internal, oid, smallint, oid, internal) -> double precision
  gbt_oid_fetch(internal) -> internal
  gbt_oid_penalty(internal, internal, internal) -> internal
  gbt_oid_picksplit(internal, internal) -> internal
  gbt_oid_same(gbtreekey8, gbtreekey8, internal) -> internal
  gbt_oid_union(internal, internal) -> gbtreekey8
  gbt_text_compress(internal) -> internal
  gbt_text_consistent(internal, text, smallint, oid, internal) -> boolean
  gbt_text_penalty(internal, internal, internal) -> internal
  gbt_text_picksplit(internal, internal) -> internal
  gbt_text_same(gbtreekey_var, gbtreekey_var, internal) -> internal
  gbt_text_union(internal, internal) -> gbtreekey_var
  gbt_time_compress(internal) -> internal
  gbt_time_consistent(internal, time without time zone, smallint, oid, internal) -> boolean
  gbt_time_distance(internal, time without time zone, smallint, oid, internal) -> double precision
  gbt_time_fetch(internal) -> internal
  gbt_time_penalty(internal, internal, internal) -> internal
  gbt_time_picksplit(internal, internal) -> internal
  gbt_time_same(gbtreekey16, gbtreekey16, internal) -> internal
  gbt_time_union(internal, internal) -> gbtreekey16
  gbt_timetz_compress(internal) -> internal
  gbt_timetz_consistent(internal, time with time zone, smallint, oid, internal) -> boolean
  gbt_ts_compress(internal) -> internal
  gbt_ts_consistent(internal, timestamp without time zone, smallint, oid, internal) -> boolean
  gbt_ts_distance(internal, timestamp without time zone, smallint, oid, internal) -> double precision
  gbt_ts_fetch(internal) -> internal
  gbt_ts_penalty(internal, internal, internal) -> internal
  gbt_ts_picksplit(internal, internal) -> internal
  gbt_ts_same(gbtreekey16, gbtreekey16, internal) -> internal
  gbt_ts_union(internal, internal) -> gbtreekey16
  gbt_tstz_compress(internal) -> internal
  gbt_tstz_consistent(internal, timestamp with time zone, smallint, oid, internal) -> boolean
  gbt_tstz_distance(internal, timestamp with time zone, smallint, oid, internal) -> double precision
  gbt_uuid_compress(internal) -> internal
  gbt_uuid_consistent(internal, uuid, smallint, oid, internal) -> boolean
  gbt_uuid_fetch(internal) -> internal
  gbt_uuid_penalty(internal, internal, internal) -> internal
  gbt_uuid_picksplit(internal, internal) -> internal
  gbt_uuid_same(gbtreekey32, gbtreekey32, internal) -> internal
  gbt_uuid_union(internal, internal) -> gbtreekey32
  gbt_var_decompress(internal) -> internal
  gbt_var_fetch(internal) -> internal
