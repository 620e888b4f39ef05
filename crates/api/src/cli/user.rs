//! `bsm user`

use std::io::Read as _;

use bsm_api::assemble::application;
use bsm_api::settings::StoreSettings;
use bsm_api::store::{Purpose, Store};
use bsm_application::App;
use bsm_application::auth::password_link_by_operator;
use bsm_application::users::{NewPerson, create_by_operator};
use bsm_domain::actor::Role;
use bsm_domain::email::EmailAddress;
use bsm_domain::password::Password;
use clap::{Args, Subcommand};

use super::{Outcome, out};

/// People.
#[derive(Subcommand)]
pub(super) enum Command {
    /// Add a person: the first admin of a new installation, for example. Prints a link with which
    /// they set their password.
    Create(Create),
    /// Make a link with which a person sets a new password. It works once, for 60 minutes.
    PasswordLink(Link),
}

/// Who.
#[derive(Args)]
pub(super) struct Create {
    #[command(flatten)]
    store: StoreSettings,
    /// The address they sign in with.
    #[arg(long)]
    email: String,
    /// Their name.
    #[arg(long)]
    name: String,
    /// What they may do: customer, agent or admin.
    #[arg(long)]
    role: Role,
    /// Read the password from standard input instead of printing a link.
    #[arg(long)]
    password_stdin: bool,
}

/// For whom.
#[derive(Args)]
pub(super) struct Link {
    #[command(flatten)]
    store: StoreSettings,
    /// The address they sign in with.
    #[arg(long)]
    email: String,
}

pub(super) async fn run(command: Command) -> Outcome {
    match command {
        Command::Create(arguments) => create(arguments).await,
        Command::PasswordLink(arguments) => {
            let email = EmailAddress::parse(&arguments.email)?;
            let (store, app) = open(&arguments.store).await?;
            print_link(&app, &email).await?;
            store.db.close().await;
            Ok(())
        }
    }
}

async fn create(arguments: Create) -> Outcome {
    let email = EmailAddress::parse(&arguments.email)?;
    let password = if arguments.password_stdin {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text)?;
        Some(Password::parse(text.trim_end_matches(['\r', '\n']))?)
    } else {
        None
    };
    let (store, app) = open(&arguments.store).await?;
    let with_password = password.is_some();
    let person = NewPerson {
        email: email.clone(),
        name: arguments.name,
        role: arguments.role,
        organization: None,
        organization_role: None,
    };
    let user = create_by_operator(&app, person, password)
        .await
        .map_err(explain)?;
    out::line(&format!("Added {} as {}.", user.email, user.role));
    if !with_password {
        print_link(&app, &email).await?;
    }
    store.db.close().await;
    Ok(())
}

/// What is wrong with the fields, in words.
fn explain(error: bsm_application::Error) -> Box<dyn std::error::Error> {
    match error {
        bsm_application::Error::Invalid(fields) => fields
            .iter()
            .map(|f| format!("{}: {}", f.pointer.trim_start_matches('/'), f.detail))
            .collect::<Vec<_>>()
            .join("; ")
            .into(),
        other => other.into(),
    }
}

async fn open(settings: &StoreSettings) -> Result<(Store, App), Box<dyn std::error::Error>> {
    let store = Store::open(settings, Purpose::Command).await?;
    let public_url = settings
        .public_url
        .as_deref()
        .unwrap_or("http://localhost:3000");
    let app = application(store.db.clone(), &store.secret, public_url);
    Ok((store, app))
}

async fn print_link(app: &App, email: &EmailAddress) -> Outcome {
    let link = password_link_by_operator(app, email).await?;
    out::line(&format!(
        "Password link (works once, until {}):",
        link.expires_at.to_rfc3339()
    ));
    out::line(&link.url);
    Ok(())
}
