//! `bsm user`

use std::io::Read as _;
use std::net::SocketAddr;

use bsm_api::assemble::application;
use bsm_api::settings::StoreSettings;
use bsm_api::store::{Purpose, Store};
use bsm_application::App;
use bsm_application::Conflict;
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

/// Where the people are, and how they reach the server.
#[derive(Args)]
struct Desk {
    #[command(flatten)]
    store: StoreSettings,
    /// The address and port that the server listens on: what links begin with where no public
    /// URL is set.
    #[arg(long, env = "BSM_BIND", default_value = "127.0.0.1:3000")]
    bind: SocketAddr,
}

/// Who.
#[derive(Args)]
pub(super) struct Create {
    #[command(flatten)]
    desk: Desk,
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
    desk: Desk,
    /// The address they sign in with.
    #[arg(long)]
    email: String,
}

pub(super) async fn run(command: Command) -> Outcome {
    match command {
        Command::Create(arguments) => create(arguments).await,
        Command::PasswordLink(arguments) => {
            let email = EmailAddress::parse(&arguments.email)?;
            let (store, app) = open(&arguments.desk).await?;
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
    let (store, app) = open(&arguments.desk).await?;
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
        bsm_application::Error::Conflict(Conflict::EmailTaken) => {
            format!("{error}; `bsm user password-link --email …` makes them a new link").into()
        }
        other => other.into(),
    }
}

async fn open(desk: &Desk) -> Result<(Store, App), Box<dyn std::error::Error>> {
    let store = Store::open(&desk.store, Purpose::Command).await?;
    let public_url = desk.store.public_url(desk.bind);
    let app = application(store.db.clone(), &store.secret, &public_url);
    Ok((store, app))
}

async fn print_link(app: &App, email: &EmailAddress) -> Outcome {
    let link = password_link_by_operator(app, email).await?;
    out::line(&format!(
        "Password link (works once, until {}):",
        link.expires_at.format("%Y-%m-%d %H:%M UTC")
    ));
    out::line(&link.url);
    Ok(())
}
