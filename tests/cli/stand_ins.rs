//! Extensions that the shadow's server does not have.

use crate::support::{Database, folder, trueup};

const VECTORS: &str = r#"
schema: public
extensions:
  vector: {schema: public}
tables:
  documents:
    columns:
      id: bigint not null
      embedding: vector(3)
      zero: vector(3) not null default '[0,0,0]'
    indexes:
      by_distance: using hnsw (embedding vector_cosine_ops) with (m = 16, ef_construction = 64)
      by_half: using hnsw ((embedding::halfvec(3)) halfvec_l2_ops)
views:
  near:
    query: select id, embedding <=> '[1,2,3]' as distance, avg(embedding) over () as mean from documents
functions:
  nearest(query vector, k integer):
    definition: returns setof bigint language sql stable
    body: select id from documents order by embedding <=> query limit k
"#;

/// On a machine that has pgvector nothing is stood in for, and the rest is the same.
#[test]
fn pgvector_is_known() {
    let database = Database::new();
    let here = database.rows("SELECT name FROM pg_available_extensions WHERE name = 'vector'").is_empty();
    let model = folder("stand_in_vector", &[("model.yaml", VECTORS.as_bytes())]).join("model.yaml");
    let model = model.to_str().expect("a path");
    let check = trueup(&["check", model]);
    if here {
        assert!(check.stderr.contains("stood in for from the library"), "{}", check.stderr);
    }
    check.expect(0);
    let plan = trueup(&["plan", model, "--db", &database.url(), "--sql"]).expect(0);
    for said in [
        "CREATE EXTENSION vector SCHEMA public;",
        "embedding public.vector(3)",
        "zero public.vector(3) DEFAULT '[0,0,0]'::public.vector NOT NULL",
        "USING hnsw (embedding public.vector_cosine_ops) WITH (m='16', ef_construction='64');",
        "USING hnsw (((embedding)::public.halfvec(3)) public.halfvec_l2_ops);",
        "(embedding OPERATOR(public.<=>) '[1,2,3]'::public.vector) AS distance",
    ] {
        assert!(plan.replace("documents.", "").contains(said), "{said}\n{plan}");
    }
}

/// An extension that no server has: entered in the catalog of the live side by hand.
const MADE: &str = "
    INSERT INTO pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
    VALUES (pg_nextoid('pg_extension', 'oid', 'pg_extension_oid_index'), 'handmade', 10, 'public'::regnamespace, true, '1.2');
    CREATE TYPE span;
    CREATE FUNCTION span_in(cstring) RETURNS span LANGUAGE internal IMMUTABLE STRICT AS 'textin';
    CREATE FUNCTION span_out(span) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
    CREATE FUNCTION span_words(cstring[]) RETURNS integer LANGUAGE internal IMMUTABLE STRICT AS 'numerictypmodin';
    CREATE FUNCTION span_said(integer) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'numerictypmodout';
    CREATE TYPE span (INPUT = span_in, OUTPUT = span_out, TYPMOD_IN = span_words, TYPMOD_OUT = span_said);
    CREATE FUNCTION far(span, span) RETURNS float8 LANGUAGE sql IMMUTABLE AS 'SELECT 1.0::float8';
    CREATE OPERATOR <-> (LEFTARG = span, RIGHTARG = span, FUNCTION = far, COMMUTATOR = <->);
    CREATE ACCESS METHOD near TYPE INDEX HANDLER gisthandler;
    CREATE OPERATOR CLASS span_ops DEFAULT FOR TYPE span USING near AS OPERATOR 1 <-> (span, span) FOR ORDER BY float_ops,
      FUNCTION 1 gist_box_consistent(internal, box, smallint, oid, internal), FUNCTION 2 gist_box_union(internal, internal),
      FUNCTION 5 gist_box_penalty(internal, internal, internal), FUNCTION 6 gist_box_picksplit(internal, internal),
      FUNCTION 7 gist_box_same(box, box, internal);
    CREATE TABLE span_kinds (id integer PRIMARY KEY, of span);
    ALTER EXTENSION handmade ADD TYPE span;
    ALTER EXTENSION handmade ADD FUNCTION span_in(cstring);
    ALTER EXTENSION handmade ADD FUNCTION span_out(span);
    ALTER EXTENSION handmade ADD FUNCTION span_words(cstring[]);
    ALTER EXTENSION handmade ADD FUNCTION span_said(integer);
    ALTER EXTENSION handmade ADD FUNCTION far(span, span);
    ALTER EXTENSION handmade ADD OPERATOR <-> (span, span);
    ALTER EXTENSION handmade ADD ACCESS METHOD near;
    ALTER EXTENSION handmade ADD OPERATOR FAMILY span_ops USING near;
    ALTER EXTENSION handmade ADD OPERATOR CLASS span_ops USING near;
    ALTER EXTENSION handmade ADD TABLE span_kinds";

/// Its type prints `span(7)` as `span(7,0)`, one of its tables is referred to, and its own constraints and indexes are nobody's.
const HANDMADE: &str = "
schema: public
extensions:
  handmade: {schema: public}
tables:
  rides:
    columns:
      id: bigint not null
      of: span(7)
      kind: integer
    foreign_keys:
      rides_kind_fkey: (kind) references span_kinds (id)
    indexes:
      by_of: using near (of)
views:
  short:
    query: select id, of <-> 'a' as d, of::span(3) as less from rides
";

#[test]
fn the_live_database_tells_what_an_extension_brings() {
    let database = Database::new();
    database.sql(MADE);
    database.sql("CREATE INDEX by_kind ON span_kinds (id); GRANT SELECT ON span_kinds TO app_reader");
    let text = HANDMADE;
    let model = folder("stand_in_live", &[("model.yaml", text.as_bytes())]).join("model.yaml");
    let model = model.to_str().expect("a path");
    let apply = trueup(&["apply", model, "--db", &database.url(), "--auto-approve"]);
    assert!(
        apply.stderr.contains("handmade 1.2 is not on the shadow's server: stood in for from the live database"),
        "{}",
        apply.stderr
    );
    assert!(!apply.stderr.contains("could not be made"), "{}", apply.stderr);
    apply.expect(0);
    trueup(&["drift", model, "--db", &database.url()]).expect(0);
    // Where nobody knows it, that is said.
    let check = trueup(&["check", model]);
    assert!(check.stderr.contains("an empty one stands in for it"), "{}", check.stderr);
}

/// What was built once with the members that one database has is not taken for another one.
#[test]
fn the_members_of_each_live_database_count() {
    let (one, other) = (Database::new(), Database::new());
    one.sql(MADE);
    other.sql(&MADE.replace("numerictypmod", "varchartypmod"));
    let model = folder("stand_in_members", &[("model.yaml", HANDMADE.as_bytes())]).join("model.yaml");
    let model = model.to_str().expect("a path");
    for (database, printed) in [(&one, "span(7,0)"), (&other, "span(7)")] {
        trueup(&["apply", model, "--db", &database.url(), "--auto-approve"]).expect(0);
        assert_eq!(trueup(&["plan", model, "--db", &database.url(), "--sql"]).expect(0), "-- no changes\n");
        let column =
            "SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'rides'::regclass AND attname = 'of'";
        assert_eq!(database.rows(column), [printed]);
    }
    // In the other order: the newest is what is in the cache.
    assert_eq!(trueup(&["plan", model, "--db", &one.url(), "--sql"]).expect(0), "-- no changes\n");
}

const PLACES: &str = "
schema: public
extensions:
  postgis: {schema: public}
tables:
  places:
    columns:
      id: bigint not null
      thing: geometry
      shape: geometry(geometry)
      point: geometry(POINT)
      high: geometry(pointz,3857)
      flat: geography(point)
      line: geography(LineString,4326)
      every: geometry(Geometry,4326)
      old: geometry(MultiPolygon,-1)
      reference: integer
      built: geography(Point,4326) generated always as (ST_SetSRID(ST_MakePoint(0, 0), 4326)::geography) stored
    checks:
      places_valid: ST_IsValid(thing)
    foreign_keys:
      places_reference_fkey: (reference) references spatial_ref_sys (srid)
    indexes:
      by_flat: using gist (flat)
      by_point: using gist (point gist_geometry_ops_nd)
      by_high: using brin (high)
views:
  near:
    query: |
      select id, ST_Distance(flat, line) as d, point <-> thing as k, flat::geography(point) as again,
        ST_ClusterDBSCAN(thing, 1, 2) over () as cluster
      from places where thing && point and ST_DWithin(flat, line, 100)
materialized_views:
  whole:
    query: select ST_Union(point) as u, ST_MakeLine(point order by id) as l from places
";

/// Types, functions, operator classes and aggregates from the library, and the modifiers of types as PostGIS prints them.
#[test]
fn postgis_is_known() {
    let database = Database::new();
    let model = folder("stand_in_postgis", &[("model.yaml", PLACES.as_bytes())]).join("model.yaml");
    let plan = trueup(&["plan", model.to_str().expect("a path"), "--db", &database.url(), "--sql"]).expect(0);
    for said in [
        "thing public.geometry,",
        "shape public.geometry,",
        "point public.geometry(Point),",
        "high public.geometry(PointZ,3857),",
        "flat public.geography(Point,4326),",
        "line public.geography(LineString,4326),",
        "every public.geometry(Geometry,4326),",
        "old public.geometry(MultiPolygon),",
        "USING gist (point public.gist_geometry_ops_nd);",
        "USING brin (high);",
        "AS again",
    ] {
        assert!(plan.contains(said), "{said}\n{plan}");
    }
    assert!(!plan.contains("spatial_ref_sys_pkey"), "{plan}");
}

/// With the real one on the live side and none in the shadow, there is no difference: from the live side's members, and from the
/// library where a snapshot is all there is.
#[test]
#[ignore = "wants PostGIS on the machine's PostgreSQL"]
fn postgis_is_the_same() {
    let database = Database::new();
    let model = folder("stand_in_real", &[("model.yaml", PLACES.as_bytes())]).join("model.yaml");
    let (model, url) = (model.to_str().expect("a path"), database.url());
    let apply = trueup(&["apply", model, "--db", &url, "--shadow", "fetched", "--auto-approve"]);
    assert!(apply.stderr.contains("stood in for from the library"), "{}", apply.stderr);
    apply.expect(0);
    let drift = trueup(&["drift", model, "--db", &url, "--shadow", "fetched"]);
    assert!(drift.stderr.contains("stood in for from the live database"), "{}", drift.stderr);
    assert!(!drift.stderr.contains("could not be made"), "{}", drift.stderr);
    drift.expect(0);
    trueup(&["drift", model, "--db", &url, "--shadow", "installed"]).expect(0);
    let snapshot = folder("stand_in_real_snapshot", &[]).join("live.yaml");
    let snapshot = snapshot.to_str().expect("a path");
    trueup(&["snapshot", "--db", &url, "--out", snapshot]).expect(0);
    trueup(&["drift", model, "--db", snapshot, "--shadow", "fetched"]).expect(0);
}

/// A version counts where the model writes one: every server brings its own.
#[test]
fn an_extension_may_have_any_version() {
    let database = Database::new();
    database.sql("CREATE EXTENSION citext VERSION '1.5'");
    let plan = |version: &str| {
        let text = format!("schema: public\nextensions:\n  citext: {{schema: public{version}}}\n");
        let model = folder("extension_version", &[("model.yaml", text.as_bytes())]).join("model.yaml");
        trueup(&["plan", model.to_str().expect("a path"), "--db", &database.url(), "--sql"]).expect(0)
    };
    assert_eq!(plan(""), "-- no changes\n");
    assert_eq!(plan(", version: '1.5'"), "-- no changes\n");
    assert!(plan(", version: '1.6'").contains("ALTER EXTENSION citext UPDATE TO '1.6';"));
}
