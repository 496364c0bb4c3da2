//! What `plan` and `apply` do about the proof.

use clap::ValueEnum;

use super::common::Compared;
use super::{End, output};
use crate::diagnostic::Failure;
use crate::plan::Plan;
use crate::proof::{self, Claim, Proof, Verdict};

/// When a plan is proven.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum When {
    /// Where it can be, unless the database is very large; what was not proven is said.
    #[default]
    Auto,
    /// What cannot be proven is refused.
    Always,
    /// Not at all.
    Never,
}

/// Whether and how plans are proven.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct ProveArgs {
    /// Whether the plan and its way back are run in the shadow first
    ///
    /// `auto`: where that can be done, and unless the database has more than 50,000 objects. `always`: a plan that is not proven is
    /// refused. `never`: not at all.
    #[arg(long, value_name = "WHEN", value_enum, default_value_t, env = "TRUEUP_PROVE", hide_env_values = true)]
    prove: When,
}

impl ProveArgs {
    /// Proves only what must be proven.
    #[must_use]
    pub fn only_always(&self) -> ProveArgs {
        ProveArgs { prove: if self.prove == When::Always { When::Always } else { When::Never } }
    }
}

/// How many objects a live side may have before `auto` takes it as too large to rebuild.
const LARGE: usize = 50_000;

/// Proves a plan, as far as that is wanted, and notes the result in it.
///
/// # Errors
/// No server to be had.
pub async fn prove(args: &ProveArgs, compared: &Compared, plan: &mut Plan) -> Result<(), Failure> {
    prove_claim(args, &claim(compared, &plan.clone()), plan).await
}

/// What a plan claims to do.
pub fn claim<'a>(compared: &'a Compared, plan: &'a Plan) -> Claim<'a> {
    Claim {
        plan,
        live: compared.live_now.as_ref().unwrap_or(&compared.live.catalog),
        desired: &compared.desired.catalog,
        scope: &compared.scope,
        renames: &compared.renames,
        request: &compared.request,
    }
}

/// As [`prove`], of a plan that comes from somewhere else.
///
/// # Errors
/// No server to be had.
pub async fn prove_claim(args: &ProveArgs, claim: &Claim<'_>, plan: &mut Plan) -> Result<(), Failure> {
    if args.prove == When::Never || plan.is_empty() {
        return Ok(());
    }
    let live = claim.live;
    if args.prove == When::Auto && live.objects.len() > LARGE {
        plan.proof = Some(Proof::none(format!("the database has {} objects: say --prove always", live.objects.len())));
        return Ok(());
    }
    let proven = proof::prove(claim).await?;
    plan.proof = Some(proven.proof);
    plan.back = proven.back;
    Ok(())
}

/// How the run ends when the proof does not allow it to go on.
pub fn refused(args: &ProveArgs, plan: &Plan) -> Option<End> {
    let proof = plan.proof.as_ref()?;
    if proof.failed() {
        output::note("refused: the proof of this plan failed; `--prove never` goes on without one");
        return Some(End::Refused);
    }
    if args.prove == When::Always && (proof.forward, proof.reverse) != (Verdict::Proven, Verdict::Proven) {
        output::note("refused: this plan is not proven, and --prove always asks for it");
        return Some(End::Refused);
    }
    None
}
