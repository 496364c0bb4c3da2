-- btree_gin, as the extension itself lists its members; written by library.rs.
-- version: 1.3
CREATE OPERATOR CLASS int2_ops DEFAULT FOR TYPE smallint USING gin AS OPERATOR 1 <(smallint,smallint), OPERATOR 2 <=(smallint,smallint), OPERATOR 3 =(smallint,smallint), OPERATOR 4 >=(smallint,smallint), OPERATOR 5 >(smallint,smallint);
CREATE OPERATOR CLASS int4_ops DEFAULT FOR TYPE integer USING gin AS OPERATOR 1 <(integer,integer), OPERATOR 2 <=(integer,integer), OPERATOR 3 =(integer,integer), OPERATOR 4 >=(integer,integer), OPERATOR 5 >(integer,integer);
CREATE OPERATOR CLASS int8_ops DEFAULT FOR TYPE bigint USING gin AS OPERATOR 1 <(bigint,bigint), OPERATOR 2 <=(bigint,bigint), OPERATOR 3 =(bigint,bigint), OPERATOR 4 >=(bigint,bigint), OPERATOR 5 >(bigint,bigint);
CREATE OPERATOR CLASS float4_ops DEFAULT FOR TYPE real USING gin AS OPERATOR 1 <(real,real), OPERATOR 2 <=(real,real), OPERATOR 3 =(real,real), OPERATOR 4 >=(real,real), OPERATOR 5 >(real,real);
CREATE OPERATOR CLASS float8_ops DEFAULT FOR TYPE double precision USING gin AS OPERATOR 1 <(double precision,double precision), OPERATOR 2 <=(double precision,double precision), OPERATOR 3 =(double precision,double precision), OPERATOR 4 >=(double precision,double precision), OPERATOR 5 >(double precision,double precision);
CREATE OPERATOR CLASS money_ops DEFAULT FOR TYPE money USING gin AS OPERATOR 1 <(money,money), OPERATOR 2 <=(money,money), OPERATOR 3 =(money,money), OPERATOR 4 >=(money,money), OPERATOR 5 >(money,money);
CREATE OPERATOR CLASS oid_ops DEFAULT FOR TYPE oid USING gin AS OPERATOR 1 <(oid,oid), OPERATOR 2 <=(oid,oid), OPERATOR 3 =(oid,oid), OPERATOR 4 >=(oid,oid), OPERATOR 5 >(oid,oid);
CREATE OPERATOR CLASS timestamp_ops DEFAULT FOR TYPE timestamp without time zone USING gin AS OPERATOR 1 <(timestamp without time zone,timestamp without time zone), OPERATOR 2 <=(timestamp without time zone,timestamp without time zone), OPERATOR 3 =(timestamp without time zone,timestamp without time zone), OPERATOR 4 >=(timestamp without time zone,timestamp without time zone), OPERATOR 5 >(timestamp without time zone,timestamp without time zone);
CREATE OPERATOR CLASS timestamptz_ops DEFAULT FOR TYPE timestamp with time zone USING gin AS OPERATOR 1 <(timestamp with time zone,timestamp with time zone), OPERATOR 2 <=(timestamp with time zone,timestamp with time zone), OPERATOR 3 =(timestamp with time zone,timestamp with time zone), OPERATOR 4 >=(timestamp with time zone,timestamp with time zone), OPERATOR 5 >(timestamp with time zone,timestamp with time zone);
CREATE OPERATOR CLASS time_ops DEFAULT FOR TYPE time without time zone USING gin AS OPERATOR 1 <(time without time zone,time without time zone), OPERATOR 2 <=(time without time zone,time without time zone), OPERATOR 3 =(time without time zone,time without time zone), OPERATOR 4 >=(time without time zone,time without time zone), OPERATOR 5 >(time without time zone,time without time zone);
CREATE OPERATOR CLASS timetz_ops DEFAULT FOR TYPE time with time zone USING gin AS OPERATOR 1 <(time with time zone,time with time zone), OPERATOR 2 <=(time with time zone,time with time zone), OPERATOR 3 =(time with time zone,time with time zone), OPERATOR 4 >=(time with time zone,time with time zone), OPERATOR 5 >(time with time zone,time with time zone);
CREATE OPERATOR CLASS date_ops DEFAULT FOR TYPE date USING gin AS OPERATOR 1 <(date,date), OPERATOR 2 <=(date,date), OPERATOR 3 =(date,date), OPERATOR 4 >=(date,date), OPERATOR 5 >(date,date);
CREATE OPERATOR CLASS interval_ops DEFAULT FOR TYPE interval USING gin AS OPERATOR 1 <(interval,interval), OPERATOR 2 <=(interval,interval), OPERATOR 3 =(interval,interval), OPERATOR 4 >=(interval,interval), OPERATOR 5 >(interval,interval);
CREATE OPERATOR CLASS macaddr_ops DEFAULT FOR TYPE macaddr USING gin AS OPERATOR 1 <(macaddr,macaddr), OPERATOR 2 <=(macaddr,macaddr), OPERATOR 3 =(macaddr,macaddr), OPERATOR 4 >=(macaddr,macaddr), OPERATOR 5 >(macaddr,macaddr);
CREATE OPERATOR CLASS inet_ops DEFAULT FOR TYPE inet USING gin AS OPERATOR 1 <(inet,inet), OPERATOR 2 <=(inet,inet), OPERATOR 3 =(inet,inet), OPERATOR 4 >=(inet,inet), OPERATOR 5 >(inet,inet);
CREATE OPERATOR CLASS cidr_ops DEFAULT FOR TYPE cidr USING gin AS ;
CREATE OPERATOR CLASS text_ops DEFAULT FOR TYPE text USING gin AS OPERATOR 1 <(text,text), OPERATOR 2 <=(text,text), OPERATOR 3 =(text,text), OPERATOR 4 >=(text,text), OPERATOR 5 >(text,text);
CREATE OPERATOR CLASS varchar_ops DEFAULT FOR TYPE character varying USING gin AS ;
CREATE OPERATOR CLASS char_ops DEFAULT FOR TYPE "char" USING gin AS OPERATOR 1 <("char","char"), OPERATOR 2 <=("char","char"), OPERATOR 3 =("char","char"), OPERATOR 4 >=("char","char"), OPERATOR 5 >("char","char");
CREATE OPERATOR CLASS bytea_ops DEFAULT FOR TYPE bytea USING gin AS OPERATOR 1 <(bytea,bytea), OPERATOR 2 <=(bytea,bytea), OPERATOR 3 =(bytea,bytea), OPERATOR 4 >=(bytea,bytea), OPERATOR 5 >(bytea,bytea);
CREATE OPERATOR CLASS bit_ops DEFAULT FOR TYPE bit USING gin AS OPERATOR 1 <(bit,bit), OPERATOR 2 <=(bit,bit), OPERATOR 3 =(bit,bit), OPERATOR 4 >=(bit,bit), OPERATOR 5 >(bit,bit);
CREATE OPERATOR CLASS varbit_ops DEFAULT FOR TYPE bit varying USING gin AS OPERATOR 1 <(bit varying,bit varying), OPERATOR 2 <=(bit varying,bit varying), OPERATOR 3 =(bit varying,bit varying), OPERATOR 4 >=(bit varying,bit varying), OPERATOR 5 >(bit varying,bit varying);
CREATE OPERATOR CLASS numeric_ops DEFAULT FOR TYPE numeric USING gin AS OPERATOR 1 <(numeric,numeric), OPERATOR 2 <=(numeric,numeric), OPERATOR 3 =(numeric,numeric), OPERATOR 4 >=(numeric,numeric), OPERATOR 5 >(numeric,numeric);
CREATE OPERATOR CLASS macaddr8_ops DEFAULT FOR TYPE macaddr8 USING gin AS OPERATOR 1 <(macaddr8,macaddr8), OPERATOR 2 <=(macaddr8,macaddr8), OPERATOR 3 =(macaddr8,macaddr8), OPERATOR 4 >=(macaddr8,macaddr8), OPERATOR 5 >(macaddr8,macaddr8);
CREATE OPERATOR CLASS enum_ops DEFAULT FOR TYPE anyenum USING gin AS OPERATOR 1 <(anyenum,anyenum), OPERATOR 2 <=(anyenum,anyenum), OPERATOR 3 =(anyenum,anyenum), OPERATOR 4 >=(anyenum,anyenum), OPERATOR 5 >(anyenum,anyenum);
CREATE OPERATOR CLASS uuid_ops DEFAULT FOR TYPE uuid USING gin AS OPERATOR 1 <(uuid,uuid), OPERATOR 2 <=(uuid,uuid), OPERATOR 3 =(uuid,uuid), OPERATOR 4 >=(uuid,uuid), OPERATOR 5 >(uuid,uuid);
CREATE OPERATOR CLASS name_ops DEFAULT FOR TYPE name USING gin AS OPERATOR 1 <(name,name), OPERATOR 2 <=(name,name), OPERATOR 3 =(name,name), OPERATOR 4 >=(name,name), OPERATOR 5 >(name,name);
CREATE OPERATOR CLASS bool_ops DEFAULT FOR TYPE boolean USING gin AS OPERATOR 1 <(boolean,boolean), OPERATOR 2 <=(boolean,boolean), OPERATOR 3 =(boolean,boolean), OPERATOR 4 >=(boolean,boolean), OPERATOR 5 >(boolean,boolean);
CREATE OPERATOR CLASS bpchar_ops DEFAULT FOR TYPE character USING gin AS OPERATOR 1 <(character,character), OPERATOR 2 <=(character,character), OPERATOR 3 =(character,character), OPERATOR 4 >=(character,character), OPERATOR 5 >(character,character);
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT:
  gin_enum_cmp(anyenum, anyenum) -> integer
  gin_numeric_cmp(numeric, numeric) -> integer
CREATE FUNCTION % RETURNS % IMMUTABLE STRICT LANGUAGE internal AS 'trigger_in':
  gin_btree_consistent(internal, smallint, anyelement, integer, internal, internal) -> boolean
  gin_compare_prefix_anyenum(anyenum, anyenum, smallint, internal) -> integer
  gin_compare_prefix_bit(bit, bit, smallint, internal) -> integer
  gin_compare_prefix_bool(boolean, boolean, smallint, internal) -> integer
  gin_compare_prefix_bpchar(character, character, smallint, internal) -> integer
  gin_compare_prefix_bytea(bytea, bytea, smallint, internal) -> integer
  gin_compare_prefix_char("char", "char", smallint, internal) -> integer
  gin_compare_prefix_cidr(cidr, cidr, smallint, internal) -> integer
  gin_compare_prefix_date(date, date, smallint, internal) -> integer
  gin_compare_prefix_float4(real, real, smallint, internal) -> integer
  gin_compare_prefix_float8(double precision, double precision, smallint, internal) -> integer
  gin_compare_prefix_inet(inet, inet, smallint, internal) -> integer
  gin_compare_prefix_int2(smallint, smallint, smallint, internal) -> integer
  gin_compare_prefix_int4(integer, integer, smallint, internal) -> integer
  gin_compare_prefix_int8(bigint, bigint, smallint, internal) -> integer
  gin_compare_prefix_interval(interval, interval, smallint, internal) -> integer
  gin_compare_prefix_macaddr(macaddr, macaddr, smallint, internal) -> integer
  gin_compare_prefix_macaddr8(macaddr8, macaddr8, smallint, internal) -> integer
  gin_compare_prefix_money(money, money, smallint, internal) -> integer
  gin_compare_prefix_name(name, name, smallint, internal) -> integer
  gin_compare_prefix_numeric(numeric, numeric, smallint, internal) -> integer
  gin_compare_prefix_oid(oid, oid, smallint, internal) -> integer
  gin_compare_prefix_text(text, text, smallint, internal) -> integer
  gin_compare_prefix_time(time without time zone, time without time zone, smallint, internal) -> integer
  gin_compare_prefix_timestamp(timestamp without time zone, timestamp without time zone, smallint, internal) -> integer
  gin_compare_prefix_timestamptz(timestamp with time zone, timestamp with time zone, smallint, internal) -> integer
  gin_compare_prefix_timetz(time with time zone, time with time zone, smallint, internal) -> integer
  gin_compare_prefix_uuid(uuid, uuid, smallint, internal) -> integer
  gin_compare_prefix_varbit(bit varying, bit varying, smallint, internal) -> integer
  gin_extract_query_anyenum(anyenum, internal, smallint, internal, internal) -> internal
  gin_extract_query_bit(bit, internal, smallint, internal, internal) -> internal
  gin_extract_query_bool(boolean, internal, smallint, internal, internal) -> internal
  gin_extract_query_bpchar(character, internal, smallint, internal, internal) -> internal
  gin_extract_query_bytea(bytea, internal, smallint, internal, internal) -> internal
  gin_extract_query_char("char", internal, smallint, internal, internal) -> internal
  gin_extract_query_cidr(cidr, internal, smallint, internal, internal) -> internal
  gin_extract_query_date(date, internal, smallint, internal, internal) -> internal
  gin_extract_query_float4(real, internal, smallint, internal, internal) -> internal
  gin_extract_query_float8(double precision, internal, smallint, internal, internal) -> internal
  gin_extract_query_inet(inet, internal, smallint, internal, internal) -> internal
  gin_extract_query_int2(smallint, internal, smallint, internal, internal) -> internal
  gin_extract_query_int4(integer, internal, smallint, internal, internal) -> internal
  gin_extract_query_int8(bigint, internal, smallint, internal, internal) -> internal
  gin_extract_query_interval(interval, internal, smallint, internal, internal) -> internal
  gin_extract_query_macaddr(macaddr, internal, smallint, internal, internal) -> internal
  gin_extract_query_macaddr8(macaddr8, internal, smallint, internal, internal) -> internal
  gin_extract_query_money(money, internal, smallint, internal, internal) -> internal
  gin_extract_query_name(name, internal, smallint, internal, internal) -> internal
  gin_extract_query_numeric(numeric, internal, smallint, internal, internal) -> internal
  gin_extract_query_oid(oid, internal, smallint, internal, internal) -> internal
  gin_extract_query_text(text, internal, smallint, internal, internal) -> internal
  gin_extract_query_time(time without time zone, internal, smallint, internal, internal) -> internal
  gin_extract_query_timestamp(timestamp without time zone, internal, smallint, internal, internal) -> internal
  gin_extract_query_timestamptz(timestamp with time zone, internal, smallint, internal, internal) -> internal
  gin_extract_query_timetz(time with time zone, internal, smallint, internal, internal) -> internal
  gin_extract_query_uuid(uuid, internal, smallint, internal, internal) -> internal
  gin_extract_query_varbit(bit varying, internal, smallint, internal, internal) -> internal
  gin_extract_value_anyenum(anyenum, internal) -> internal
  gin_extract_value_bit(bit, internal) -> internal
  gin_extract_value_bool(boolean, internal) -> internal
  gin_extract_value_bpchar(character, internal) -> internal
  gin_extract_value_bytea(bytea, internal) -> internal
  gin_extract_value_char("char", internal) -> internal
  gin_extract_value_cidr(cidr, internal) -> internal
  gin_extract_value_date(date, internal) -> internal
  gin_extract_value_float4(real, internal) -> internal
  gin_extract_value_float8(double precision, internal) -> internal
  gin_extract_value_inet(inet, internal) -> internal
  gin_extract_value_int2(smallint, internal) -> internal
  gin_extract_value_int4(integer, internal) -> internal
  gin_extract_value_int8(bigint, internal) -> internal
  gin_extract_value_interval(interval, internal) -> internal
  gin_extract_value_macaddr(macaddr, internal) -> internal
  gin_extract_value_macaddr8(macaddr8, internal) -> internal
  gin_extract_value_money(money, internal) -> internal
  gin_extract_value_name(name, internal) -> internal
  gin_extract_value_numeric(numeric, internal) -> internal
  gin_extract_value_oid(oid, internal) -> internal
  gin_extract_value_text(text, internal) -> internal
  gin_extract_value_time(time without time zone, internal) -> internal
  gin_extract_value_timestamp(timestamp without time zone, internal) -> internal
  gin_extract_value_timestamptz(timestamp with time zone, internal) -> internal
  gin_extract_value_timetz(time with time zone, internal) -> internal
  gin_extract_value_uuid(uuid, internal) -> internal
  gin_extract_value_varbit(bit varying, internal) -> internal
