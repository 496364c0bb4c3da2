//! Everything about one kind of object in one room.
//!
//! Each folder holds what a kind looks like in YAML, its catalog query, its attributes, and its create, alter and drop
//! with their locks and hazards. Nothing outside this folder names a kind: the core asks the [`Kind`] trait. A new kind
//! is one folder and one line in [`KINDS`].

pub mod aside;
pub mod asks;
pub mod facets;
pub mod family;
pub mod keep;
mod options;
pub mod secret;
mod settings;
mod single;
pub mod yaml;

mod access_method;
mod aggregate;
mod attached;
mod base_type;
mod cast;
mod change;
mod collation;
mod column;
mod composite_type;
mod constraint;
mod conversion;
mod database;
mod default;
mod default_privileges;
mod domain;
mod enum_type;
mod event_trigger;
mod exchange;
mod extension;
mod foreign_data_wrapper;
mod foreign_server;
mod foreign_table;
mod function;
mod index;
mod language;
mod lookup;
mod materialized_view;
mod membership;
mod operator;
mod operator_class;
mod operator_family;
mod parameter;
mod parent_table;
mod policy;
mod publication;
mod range_type;
pub mod role;
mod rule;
mod schema;
mod sequence;
mod statistics;
mod subscription;
mod system_privileges;
mod table;
mod text_search_code;
mod text_search_configuration;
mod text_search_dictionary;
mod transform;
mod trigger;
mod user_mapping;
mod view;
mod view_column;
mod weight;

use crate::catalog::{Attrs, Catalog, Id, KindName, Object, Privileges};
use crate::plan::step::{Draft, Road};
use asks::{Asked, Question};
pub use change::{Along, Alter, Anew, Beside, Change, Judges, Reference};
pub(crate) use column::PATIENCE;
pub use column::former;
pub use facets::Grants;
use family::{Heritage, Parent, Relation};
use keep::{Again, Kept};
pub use lookup::{by_word, find, is_part_of, object_named, of, rank};
pub use weight::Weight;
use yaml::Section;

/// Every kind, in the order in which objects are usually created; drops go the other way.
pub static KINDS: &[&dyn Kind] = &[
    &role::Role,
    &membership::Membership,
    &parameter::Parameter,
    &database::Database,
    &schema::Schema,
    &extension::Extension,
    &default_privileges::DefaultPrivileges,
    &collation::Collation,
    &enum_type::EnumType,
    &domain::Domain,
    &composite_type::CompositeType,
    &base_type::shell::ShellType,
    &base_type::BaseType,
    &range_type::RangeType,
    &sequence::Sequence,
    &language::Language,
    &function::FUNCTION,
    &function::PROCEDURE,
    &aggregate::Aggregate,
    &cast::Cast,
    &transform::Transform,
    &conversion::Conversion,
    &operator::Operator,
    &access_method::AccessMethod,
    &operator_family::OperatorFamily,
    &operator_class::OperatorClass,
    &text_search_code::PARSER,
    &text_search_code::TEMPLATE,
    &text_search_dictionary::TextSearchDictionary,
    &text_search_configuration::TextSearchConfiguration,
    &foreign_data_wrapper::ForeignDataWrapper,
    &foreign_server::ForeignServer,
    &user_mapping::UserMapping,
    &table::Table,
    &foreign_table::ForeignTable,
    &parent_table::ParentTable,
    &column::Column,
    &default::Default,
    &sequence::identity::IdentitySequence,
    &constraint::PRIMARY_KEY,
    &constraint::UNIQUE,
    &constraint::EXCLUSION,
    &constraint::CHECK,
    &index::Index,
    &statistics::Statistics,
    &view::View,
    &materialized_view::MaterializedView,
    &view_column::VIEW_COLUMN,
    &view_column::ATTRIBUTE,
    &constraint::FOREIGN_KEY,
    &trigger::Trigger,
    &rule::Rule,
    &publication::Publication,
    &publication::members::Table,
    &publication::members::Schema,
    &subscription::Subscription,
    &event_trigger::EventTrigger,
    &system_privileges::SystemPrivileges,
    &policy::Policy,
];

/// What stands for the name of the database in statements that need it ([`Kind::names_database`]): the plan knows it.
pub const THIS_DATABASE: &str = "${database}";

/// What a room tells the core.
///
/// Statements are written from a catalog's objects, never from YAML. All names in them are qualified.
pub trait Kind: Sync {
    /// The name in ids: `materialized_view`.
    fn name(&self) -> KindName;

    /// What people call one and many of them: `materialized view`, `materialized views`.
    fn label(&self) -> (&'static str, &'static str);

    /// The query that reads this kind from a catalog of the given major version, in the row contract of
    /// [`crate::catalog::read`]. Kinds that are read together share one; it then belongs to one of them.
    fn catalog_sql(&self, major: u32) -> Option<&'static str> {
        let _ = major;
        None
    }

    /// How it is written in YAML, for kinds that are written.
    fn section(&self) -> Option<&'static Section> {
        None
    }

    /// Turns one entry of the section into declarations.
    fn declare(&self, entry: &yaml::Entry<'_>, out: &mut yaml::Declarer<'_>) {
        let _ = (entry, out);
    }

    /// Writes an object in YAML; `None` for what its parent writes.
    fn write(&self, id: &Id, object: &Object, catalog: &Catalog) -> Option<yaml::Out> {
        let _ = (id, object, catalog);
        None
    }

    /// Whether an entry of which nothing is said but its name says something: for what comes with something else, it does not.
    fn is_said_when_empty(&self) -> bool {
        true
    }

    /// What COMMENT ON and DROP call it: `TABLE public.agents`, `POLICY p ON public.agents`.
    fn sql_name(&self, id: &Id) -> String;

    /// Whether PostgreSQL keeps comments on it (manual, sql-comment).
    fn has_comment(&self) -> bool {
        true
    }

    /// What ALTER ... OWNER TO calls it, for kinds that have an owner.
    fn owner_name(&self, id: &Id) -> Option<String> {
        let _ = id;
        None
    }

    /// Its privileges, for kinds that have them.
    fn grants(&self) -> Option<Grants> {
        None
    }

    /// The letters of the privileges that its owner holds to begin with; `None` for kinds without privileges.
    fn privilege_letters(&self, object: &Object) -> Option<&'static str> {
        let _ = object;
        self.grants().map(|g| g.letters)
    }

    /// Who owns it from the beginning, for what comes with every database.
    fn first_owner(&self, id: &Id, major: u32) -> Option<&'static str> {
        let _ = (id, major);
        None
    }

    /// What it is granted from the beginning, where that is not the built-in state of its kind.
    fn first_privileges(&self, id: &Id, major: u32) -> Option<Privileges> {
        let _ = (id, major);
        None
    }

    /// The statements that create it. `folded` are the children that [`Kind::clause`] put into the statement.
    fn create(&self, id: &Id, object: &Object, folded: &[(&Id, &Object)]) -> Vec<Draft>;

    /// Whether only who owns the table that it is on can make one.
    fn made_by_owner(&self) -> bool {
        true
    }

    /// The statements that drop it.
    fn drop(&self, id: &Id, object: &Object) -> Vec<Draft>;

    /// Whether its creation may be part of its parent's CREATE statement.
    fn folds(&self, id: &Id, object: &Object) -> bool {
        let _ = (id, object);
        false
    }

    /// What the server takes for one thing when it stands twice in one CREATE statement, for kinds that it merges there.
    fn merges(&self, object: &Object) -> Option<String> {
        let _ = object;
        None
    }

    /// Its clause inside its parent's CREATE statement.
    fn clause(&self, id: &Id, object: &Object) -> Option<String> {
        let _ = (id, object);
        None
    }

    /// Another way to create it, instead of the first statement of [`Kind::create`], for what has to look at the catalogs for that.
    fn online(&self, id: &Id, object: &Object, live: &Catalog, desired: &Catalog) -> Option<Road> {
        let _ = (id, object, live, desired);
        None
    }

    /// Whether something runs because of it when a row of its table changes.
    fn reacts(&self) -> bool {
        false
    }

    /// The statements that make it anew under another name, drop what there is and take its name, for what can be used until then:
    /// in the place of [`Kind::drop`] and the first of [`Kind::create`].
    fn beside(&self, id: &Id, live: &Object, desired: &Object) -> Option<Vec<Draft>> {
        let _ = (id, live, desired);
        None
    }

    /// How it is changed by making it anew beside what is there, for what can be used until then: in the place of what
    /// [`Kind::alter`] says.
    fn anew(&self, anew: &Anew<'_>) -> Option<Beside> {
        let _ = anew;
        None
    }

    /// How it comes along when a column that it is of is made anew under another name; `None` if it cannot.
    fn along(&self, id: &Id, object: &Object, from: &str, to: &str) -> Option<Along> {
        let _ = (id, object, from, to);
        None
    }

    /// The statements that go on with making it where an apply was stopped in the midst of that.
    fn finish(&self, id: &Id, live: &Object) -> Vec<Draft> {
        let _ = (id, live);
        Vec::new()
    }

    /// How it becomes what is desired. Every attribute in `change` must be taken.
    fn alter(&self, change: &mut Change<'_>) -> Alter;

    /// What its coming or its change asks of the rows that are there.
    fn asks(&self, asked: &Asked<'_>) -> Vec<Question> {
        let _ = asked;
        Vec::new()
    }

    /// The statement that renames it to `to`, for kinds that can be renamed.
    fn rename(&self, id: &Id, to: &str) -> Option<Draft> {
        let _ = (id, to);
        None
    }

    /// Whether it is made of named parts that are no objects (an enum's labels), and this is one. A part is renamed by
    /// [`Kind::rename`] with an id below that of the whole.
    fn has_part(&self, object: &Object, name: &str) -> bool {
        let _ = (object, name);
        false
    }

    /// How much a difference matters: of the whole object, or of one attribute.
    fn weight(&self, attr: Option<&str>) -> Weight {
        match attr {
            Some("comment") => Weight::Cosmetic,
            Some("privileges" | "owner" | "security_labels") => Weight::Security,
            _ => Weight::Breaking,
        }
    }

    /// Whether an attribute is compared that the desired side has (`said`) or has not, on servers of which this is the older: not a
    /// name that the server gives when nobody says one.
    fn compares(&self, attr: &str, said: bool, major: u32) -> bool {
        let _ = (attr, said, major);
        true
    }

    /// Whether the server itself rebuilds it when the type of a column that it depends on changes.
    fn follows_type_change(&self) -> bool {
        false
    }

    /// Whether it lives on when the type that it is made of is exchanged under it (a column).
    fn moves_between_types(&self) -> bool {
        false
    }

    /// Whether its values follow from an expression, so that it is made again rather than moved to another type.
    fn is_computed(&self, object: &Object) -> bool {
        let _ = object;
        false
    }

    /// Whether dropping one destroys rows.
    fn holds_data(&self) -> bool {
        false
    }

    /// What it says of all rows of its table.
    fn judges(&self, id: &Id, object: &Object) -> Judges {
        let _ = (id, object);
        Judges::Nothing
    }

    /// Whether it holds the next value of a column.
    fn holds_next_value(&self) -> bool {
        false
    }

    /// How what is in it outlives its being dropped and made again, or goes over into what comes in its place.
    fn keep(&self, again: &Again<'_>) -> Option<Kept> {
        let _ = again;
        None
    }

    /// Whether it has a query (pg_get_viewdef), which is read apart into the attribute `query`.
    fn has_query(&self) -> bool {
        false
    }

    /// The kind that `manage` has to name before it is managed, for what belongs to the whole server.
    fn asked_as(&self) -> Option<KindName> {
        None
    }

    /// Whether the model's words are what is desired, without being built: what belongs to the whole server, or to the place
    /// where a database is.
    fn as_written(&self) -> bool {
        false
    }

    /// Whether something happens by itself where it is: a connection to another server, a function that runs at statements of
    /// others. It is left out where a catalog is only rebuilt.
    fn acts_by_itself(&self) -> bool {
        false
    }

    /// Whether it is what others name as owners and in grants.
    fn is_role(&self) -> bool {
        false
    }

    /// Whether its statements have [`THIS_DATABASE`] in them.
    fn names_database(&self) -> bool {
        false
    }

    /// What it needs that pg_depend says nothing of.
    fn needed(&self, id: &Id) -> Vec<Id> {
        let _ = id;
        Vec::new()
    }

    /// Whether SECURITY LABEL takes it (manual, sql-security-label), by the name that COMMENT ON has for it.
    fn takes_labels(&self) -> bool {
        false
    }

    /// What stands after ON in GRANT, where that is not its name.
    fn grant_target(&self, id: &Id) -> Option<String> {
        let _ = id;
        None
    }

    /// Whether its privileges are only compared when the model says something of them.
    fn grants_only_when_written(&self) -> bool {
        false
    }

    /// Whether it is only compared when the model (or the other side) says something of it.
    fn only_when_listed(&self) -> bool {
        false
    }

    /// The schema that it brings objects of its own making to, for what brings any (an extension).
    fn fills_schema<'a>(&self, object: &'a Object) -> Option<&'a str> {
        let _ = object;
        None
    }

    /// Whether it says of what it belongs to that that is a part of another of its kind: a partition.
    fn makes_part(&self, object: &Object) -> bool {
        let _ = object;
        false
    }

    /// Whether PostgreSQL reserves making one to superusers. Its statements are then made of names alone, never of SQL that
    /// somebody wrote.
    fn reserved(&self) -> bool {
        false
    }

    /// The object with which it is or is not in scope, when that is not said by where it stands (a table in a publication).
    fn counts_with(&self, id: &Id) -> Option<Id> {
        let _ = id;
        None
    }

    /// Whether PostgreSQL wants its owner to be a superuser.
    fn owner_is_superuser(&self) -> bool {
        false
    }

    /// Whether its statements may hold placeholders of secrets ([`secret`]).
    fn holds_secrets(&self) -> bool {
        false
    }

    /// Whether objects live in it by their schema's name.
    fn contains_objects(&self) -> bool {
        false
    }

    /// Objects of different kinds that answer the same here cannot have the same name in the same place at once.
    fn namespace(&self) -> &'static str {
        self.name()
    }

    /// What has to be said again of an object of which some columns go and others come: PostgreSQL may have forgotten it.
    fn forgets(&self, id: &Id, object: &Object) -> Vec<Draft> {
        let _ = (id, object);
        Vec::new()
    }

    /// How its rows are divided among its parts: a partitioned table's. It is made anew when that changes.
    fn division<'o>(&self, object: &'o Object) -> Option<&'o str> {
        let _ = object;
        None
    }

    /// Whether its rows are in its parts.
    fn is_divided(&self, object: &Object) -> bool {
        self.division(object).is_some()
    }

    /// Whether clients name it in FROM: a table, a view.
    fn is_relation(&self) -> bool {
        self.grants().is_some_and(|g| g.on == "TABLE")
    }

    /// Whether an index of its own name comes with it, which takes a name among the relations.
    fn owns_index(&self) -> bool {
        false
    }

    /// Whether dropping what owns it (pg_depend's automatic entries) is how it is dropped.
    fn goes_with_owner(&self) -> bool {
        false
    }

    /// The query for the name of what the current transaction has made, where that is not the name that is written (a type's
    /// schema may be left out).
    fn made(&self) -> Option<&'static str> {
        None
    }

    /// The empty object that comes before it, where it and what it is made of need each other (a type and its functions): those
    /// need that one instead.
    fn shell(&self, id: &Id) -> Option<Id> {
        let _ = id;
        None
    }

    /// Whether dropping it drops what needs it in the same statement.
    fn takes_along(&self) -> bool {
        false
    }

    /// For what can be tied to a table's column: itself without that, and the statement that ties it. PostgreSQL ties together
    /// only what has one owner, so on somebody else's table this is how it is made.
    fn untied(&self, id: &Id, object: &Object) -> Option<(Object, Draft)> {
        let _ = (id, object);
        None
    }

    /// Whether its steps come after all others: what it says is about objects made later.
    fn comes_last(&self) -> bool {
        false
    }

    /// The roles that it names, beside owner and grantees.
    fn roles<'a>(&self, object: &'a Object) -> Vec<&'a str> {
        let _ = object;
        Vec::new()
    }

    /// Gives the roles of [`Kind::roles`] other names; an id that holds one changes with it.
    fn rename_roles(&self, id: &mut Id, object: &mut Object, to: &dyn Fn(&str) -> Option<String>) {
        let _ = (id, object, to);
    }

    /// The table that an object makes the child of another one, and of which.
    fn parent(&self, id: &Id, object: &Object) -> Option<(Relation, Parent)> {
        let _ = (id, object);
        None
    }

    /// Whether it joins a table to its parent, and drops of it part them ([`Kind::parent`]).
    fn joins(&self) -> bool {
        false
    }

    /// What it may follow on a parent of its table ([`family`]): PostgreSQL does to it what it does to that. The first that
    /// there is counts.
    fn leaders(&self, id: &Id, object: &Object, parent: &Relation) -> Vec<Id> {
        let _ = (id, object, parent);
        Vec::new()
    }

    /// What it has from its leader; `None` when that does not bring it.
    fn handed_down(&self, id: &Id, leader: &Id, from: &Object, heritage: Heritage) -> Option<Attrs> {
        let _ = (id, leader, heritage);
        Some(from.attrs.clone())
    }

    /// Whether attaching a table to its parent brings it, or takes what fits for it.
    fn comes_by_attaching(&self) -> bool {
        false
    }

    /// Whether a leader that does not bring it takes it in when it is made.
    fn is_taken_in(&self, object: &Object) -> bool {
        let _ = object;
        false
    }

    /// Whether it lets the rows be that are there already: tables that follow later than it have none, and get it without that.
    fn spares_rows(&self, object: &Object) -> bool {
        let _ = object;
        false
    }

    /// What gives it its own name when it has come with its leader.
    fn named(&self, id: &Id, object: &Object) -> Vec<Draft> {
        let _ = (id, object);
        Vec::new()
    }

    /// Text in which other objects are named without PostgreSQL knowing (a function's body): used for ordering only.
    fn loose_text<'a>(&self, object: &'a Object) -> Option<&'a str> {
        let _ = object;
        None
    }
}
