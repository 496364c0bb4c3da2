//! Proofs: plans that are right are proven with their way back, and plans that were broken on purpose are found out.

use std::path::Path;

use trueup::catalog::{Catalog, Id, Object};
use trueup::diff::scope::Scope;
use trueup::model::{self, Project, project::Manage};
use trueup::plan::step::Hazard;
use trueup::plan::{self, Plan};
use trueup::proof::{self, Claim, Proof, Verdict};
use trueup::shadow::{self, Request};

use crate::support::{Started, major, root};

/// Two models, and the plan from one to the other.
struct Rig {
    runtime: tokio::runtime::Runtime,
    request: Request,
    live: Catalog,
    desired: Catalog,
    plan: Plan,
}

impl Rig {
    fn new() -> Rig {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let request = Request { major: Some(major()), ..Request::default() };
        let read = |name: &str| {
            let path = root().join("tests/proof").join(name);
            let model = model::load(&path, &Project::default()).unwrap_or_else(|e| panic!("{e}"));
            let desired = runtime.block_on(shadow::desired(&model, &request)).unwrap_or_else(|e| panic!("{e}"));
            desired.catalog
        };
        let (mut live, desired) = (read("before.yaml"), read("after.yaml"));
        live.source.role = "app".into();
        live.source.superuser = false;
        live.source.database = "shop".into();
        live.roles.insert("app".into());
        for object in live.objects.values_mut().filter(|o| o.owner.is_none()) {
            object.owner = Some("app".into());
        }
        let differences = trueup::diff::diff(&live, &desired, |id| id.schema() == "shop");
        let plan = plan::plan(&live, &desired, &differences, |_| None).unwrap_or_else(|e| panic!("{e}"));
        Rig { runtime, request, live, desired, plan }
    }

    fn prove(&self, plan: &Plan) -> (Proof, Option<proof::Back>) {
        let scope = Scope { manage: Manage::Declared, schemas: ["shop".to_string()].into(), ..Scope::default() };
        let claim = Claim { plan, live: &self.live, desired: &self.desired, scope: &scope, renames: &[], request: &self.request };
        let proven = self.runtime.block_on(proof::prove(&claim)).unwrap_or_else(|e| panic!("{e}"));
        (proven.proof, proven.back)
    }

    /// The plan, broken; what the proof says of it.
    fn broken(&self, breaking: impl Fn(&mut Plan)) -> String {
        let mut plan = self.plan.clone();
        breaking(&mut plan);
        let (proof, back) = self.prove(&plan);
        assert_eq!(proof.forward, Verdict::Failed, "{proof:?}");
        assert!(back.is_none(), "a plan that is wrong has no way back");
        proof.problems.iter().map(|p| format!("{}: {}\n", p.step.map_or("end".to_string(), |s| s.to_string()), p.what)).collect()
    }
}

/// The place of the step whose statement holds this text.
fn step(plan: &Plan, text: &str) -> usize {
    let found: Vec<usize> = (0..plan.steps.len()).filter(|i| plan.steps[*i].sql.contains(text)).collect();
    assert_eq!(found.len(), 1, "{text} in\n{}", plan.sql());
    found[0]
}

#[test]
fn broken_plans_are_found_out() {
    let rig = Rig::new();
    let (proof, back) = rig.prove(&rig.plan);
    assert_eq!((proof.forward, proof.reverse), (Verdict::Proven, Verdict::Proven), "{proof:#?}\n{}", rig.plan.sql());
    assert_eq!(proof.without_rows, Vec::<String>::new());
    assert_eq!(proof.tables_kept, 3, "{proof:#?}");
    assert!(back.is_some_and(|b| b.steps.iter().any(|s| s.sql.contains("ADD COLUMN notes"))), "the way back brings the column");

    let lies = |text: &'static str, hazard: Hazard| {
        rig.broken(move |p| {
            let at = step(p, text);
            assert!(p.steps[at].hazards.contains(&hazard), "{:?}", p.steps[at]);
            p.steps[at].hazards.retain(|h| *h != hazard);
        })
    };
    let said = lies("DROP COLUMN notes", Hazard::DataLoss);
    assert!(said.contains("column notes of shop.customers is gone with its values, and no step says so"), "{said}");
    let said = lies("ALTER COLUMN total TYPE", Hazard::TableRewrite);
    assert!(said.contains("it writes every row of shop.orders anew and does not say so"), "{said}");

    let said = rig.broken(|p| {
        let at = step(p, "CREATE POLICY");
        p.steps[at].sql = "SELECT 1".into();
    });
    assert!(said.contains("policy shop.orders.own differs from the model afterwards (it is missing)"), "{said}");
    let said = rig.broken(|p| {
        let (column, view) = (step(p, "ADD COLUMN city"), step(p, "CREATE VIEW"));
        let sql = std::mem::take(&mut p.steps[column].sql);
        p.steps[column].sql = std::mem::replace(&mut p.steps[view].sql, sql);
    });
    assert!(said.contains("does not exist"), "{said}");
    // What is nobody's business: a view of another schema goes with what it reads.
    let said = rig.broken(|p| {
        let at = step(p, "DROP COLUMN notes");
        p.steps[at].sql.push_str(" CASCADE");
        let mut more = p.steps[at].clone();
        more.sql = "DROP VIEW IF EXISTS reports.cities".into();
        p.steps[at].sql.push_str("; DROP VIEW reports.cities");
    });
    assert!(said.contains("view reports.cities is outside of what is managed, and gone afterwards"), "{said}");
    // Values that are overwritten.
    let said = rig.broken(|p| {
        let at = step(p, "ADD COLUMN city");
        p.steps[at].sql.push_str("; UPDATE shop.customers SET email = email || 'x'");
    });
    assert!(said.contains("the values of shop.customers.email are not what they were"), "{said}");
    let said = rig.broken(|p| {
        let at = step(p, "ADD COLUMN city");
        p.steps[at].sql.push_str("; DELETE FROM shop.orders");
    });
    assert!(said.contains("shop.orders had 3 rows and has 0, and no step says so"), "{said}");
}

#[test]
fn rights_that_the_role_lacks_show() {
    let mut rig = Rig::new();
    rig.live.roles.insert("guest".into());
    for role in ["app", "guest"] {
        rig.live.objects.insert(Id::global("role", role), Object::default());
    }
    rig.live.source.role = "guest".into();
    rig.plan.role = "guest".into();
    let (proof, _) = rig.prove(&rig.plan);
    assert_eq!(proof.forward, Verdict::Failed);
    let first = &proof.problems[0];
    assert!(first.step.is_some() && first.what.contains("role guest may not: "), "{first:?}");
}

#[test]
fn the_program_refuses_what_is_not_proven() {
    let run = |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_trueup"));
        command.current_dir(root()).args(arguments);
        Started::from(command).end()
    };
    let vital = ["plan", "schema/vital", "--db", "snapshots/vital-remote.yaml"];
    let proven = run(&[&vital[..], &["--prove", "always"]].concat());
    assert_eq!(proven.code, 0, "{}{}", proven.stdout, proven.stderr);
    assert!(proven.stdout.contains("proof   converges, 5 tables keep their rows, reverse proven"), "{}", proven.stdout);
    let never = run(&[&vital[..], &["--prove", "never"]].concat());
    assert!(!never.stdout.contains("proof"), "{}", never.stdout);
    assert!(Path::new("snapshots/vital-remote.yaml").is_relative());
}
