//! People from a file. Only for admins.

use actix_web::{post, web};
use bsm_application::users::import::{self, LineReport, Options, Outcome, Report};
use bsm_domain::ids::UserId;
use bsm_domain::people_file::{Fault, PersonColumn};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::caller::Admin;
use crate::http::csv_body::CsvBody;
use crate::http::params::Params;
use crate::http::problem::Problem;
use crate::state::AppState;

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(import_users);
}

/// How a file is taken.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ImportParams {
    /// Only tell what would happen; false where it is left out.
    dry_run: Option<bool>,
    /// Add organizations that lines name and that are not there. Where it is left out, such lines
    /// are refused.
    create_organizations: Option<bool>,
}

/// What becomes of a line.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImportOutcome {
    /// A person is added.
    Create,
    /// Fields of a person change.
    Update,
    /// The person is as the line says.
    Unchanged,
    /// It is refused; nothing happens.
    Error,
}

impl From<Outcome> for ImportOutcome {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Create => Self::Create,
            Outcome::Update => Self::Update,
            Outcome::Unchanged => Self::Unchanged,
            Outcome::Error => Self::Error,
        }
    }
}

/// Why a line is refused.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportFault {
    /// The column; null where the whole line is meant.
    #[schema(required)]
    pub column: Option<PersonColumn>,
    /// Which rule it breaks.
    #[schema(example = "bad_format")]
    pub code: String,
    /// What is wrong, for people.
    #[schema(example = "must be an e-mail address such as name@example.com")]
    pub detail: String,
}

impl From<Fault> for ImportFault {
    fn from(fault: Fault) -> Self {
        Self {
            column: fault.column,
            code: fault.code.to_owned(),
            detail: fault.detail,
        }
    }
}

/// One line of the file.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportLine {
    /// Where it begins in the file; the first line is 1.
    #[schema(minimum = 2)]
    pub line: u64,
    /// The address as it stands there, cut to 254 characters.
    pub email: String,
    /// What becomes of it.
    pub outcome: ImportOutcome,
    /// The fields that change.
    #[schema(example = json!(["name"]))]
    pub changes: Vec<String>,
    /// Why it is refused.
    pub problems: Vec<ImportFault>,
    /// The person; null where there is none, or none yet.
    #[schema(required)]
    pub user_id: Option<UserId>,
}

impl From<LineReport> for ImportLine {
    fn from(line: LineReport) -> Self {
        Self {
            line: line.line,
            email: line.email,
            outcome: line.outcome.into(),
            changes: line.changes.into_iter().map(str::to_owned).collect(),
            problems: line.faults.into_iter().map(ImportFault::from).collect(),
            user_id: line.user,
        }
    }
}

/// How many lines of each kind.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct ImportCounts {
    /// People added.
    pub create: u64,
    /// People changed.
    pub update: u64,
    /// People who were as the file says.
    pub unchanged: u64,
    /// Lines refused.
    pub error: u64,
}

/// What becomes, or would become, of a file.
#[derive(Debug, Serialize, ToSchema)]
pub struct UserImport {
    /// Whether nothing was done.
    pub dry_run: bool,
    /// How many lines of each kind.
    pub counts: ImportCounts,
    /// Organizations that are added.
    pub organizations: Vec<String>,
    /// Every line but the first and empty ones.
    pub lines: Vec<ImportLine>,
}

fn answer(report: Report, dry_run: bool) -> UserImport {
    let mut counts = ImportCounts::default();
    for line in &report.lines {
        *match line.outcome {
            Outcome::Create => &mut counts.create,
            Outcome::Update => &mut counts.update,
            Outcome::Unchanged => &mut counts.unchanged,
            Outcome::Error => &mut counts.error,
        } += 1;
    }
    UserImport {
        dry_run,
        counts,
        organizations: report.organizations,
        lines: report.lines.into_iter().map(ImportLine::from).collect(),
    }
}

/// Imports people from a file.
///
/// CSV in UTF-8 with commas, semicolons or tabs, at most 8 MiB and 20,000 lines. The first line
/// names the columns, in any order: `email`, `name`, `role`, `organization`, `organization_role`,
/// `active`; only `email` must be there. A person is known by the address. Empty cells leave what
/// is there as it is. A line is refused for itself, with all that is wrong with it; the others are
/// taken, each wholly or not at all, so that the same file given again does what is left, and
/// changes nothing where nothing is. New people have no password: hand them links. No line takes an
/// admin's role or access. Only admins.
#[utoipa::path(tag = "People", operation_id = "users.import", params(ImportParams),
    request_body(content = String, content_type = "text/csv", description = "The file.",
        example = json!("email,name,organization,organization_role\nana@acme.example,Ana Alba,Acme,manager\n")),
    responses((status = 200, description = "What became, or would become, of each line.", body = UserImport),
        (status = 413, description = "`body_too_large`: a file may have at most 8 MiB.", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json"),
        (status = 415, description = "`unsupported_media_type`: the file is not said to be CSV.", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json")))]
#[post("/users/import")]
async fn import_users(
    state: web::Data<AppState>,
    caller: Admin,
    params: Params<ImportParams>,
    body: CsvBody,
) -> Result<web::Json<UserImport>, Problem> {
    let options = Options {
        dry_run: params.0.dry_run.unwrap_or(false),
        create_organizations: params.0.create_organizations.unwrap_or(false),
    };
    let turn = import::turn().await?;
    let bytes = body.read(import::MAX_BYTES).await?;
    let report = import::import(&state.app, caller.actor(), &bytes, options).await?;
    drop(turn);
    Ok(web::Json(answer(report, options.dry_run)))
}
