//! Where the database is, and how it is reached. Its password is never shown.

use std::error::Error as _;
use std::fmt;
use std::time::Duration;

use postgres::config::{Host, SslMode};
use postgres::{Client, Config, Error, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::apart;
use crate::failure::{Failure, FailureKind};

/// How long connecting may take, and how long the other end may be silent, if the URL does not say.
const PATIENCE: Duration = Duration::from_secs(15);

/// Where the database is.
pub struct Place {
    config: Config,
}

/// The database and its machines, without who signs in.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hosts = self.config.get_hosts().iter().map(|host| match host {
            Host::Tcp(host) => host.clone(),
            #[cfg(unix)]
            Host::Unix(folder) => folder.display().to_string(),
        });
        let hosts: Vec<_> = hosts.collect();
        let database = self.config.get_dbname().or(self.config.get_user()).unwrap_or_default();
        write!(f, "the database `{database}` at {}", hosts.join(","))
    }
}

impl Place {
    /// The place at a URL. Its password can be in the variable `PGPASSWORD`, as for other programs of PostgreSQL.
    pub fn new(url: &str) -> Result<Self, Failure> {
        // Why it cannot be read would show parts of it.
        let unreadable = |_| {
            Failure::usage(
                "--ledger: the URL cannot be read; it is postgres://USER@HOST:PORT/DATABASE, where signs such as @ and / \
                 in a name or a password are written as %40 and %2F",
            )
        };
        let mut config: Config = url.parse().map_err(unreadable)?;
        if config.get_password().is_none() {
            let stated = std::env::var("PGPASSWORD").ok();
            stated.map(|password| config.password(password));
        }
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(PATIENCE);
        }
        if config.get_tcp_user_timeout().is_none() {
            config.tcp_user_timeout(PATIENCE);
        }
        config.keepalives_idle(PATIENCE);
        if config.get_ssl_mode() == SslMode::Prefer {
            let is_here = config.get_hosts().iter().all(is_here);
            config.ssl_mode(if is_here { SslMode::Disable } else { SslMode::Require });
        }
        Ok(Self { config })
    }

    /// A connection.
    pub fn connect(&self) -> Result<Client, Failure> {
        if self.config.get_ssl_mode() == SslMode::Disable {
            return apart(|| self.config.connect(NoTls)).map_err(|why| self.fault(&why));
        }
        // Somebody may have chosen another one, which is as good.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let (tls, _) = MakeRustlsConnect::with_native_certs().map_err(|_| {
            let message = "the certificates that this machine trusts cannot be read, so none of a database can be checked; \
                           SSL_CERT_FILE names a file of them";
            Failure::new(FailureKind::Configuration, message)
        })?;
        apart(|| self.config.connect(tls)).map_err(|why| self.fault(&why))
    }

    /// What went wrong, and the cause of it.
    pub fn fault(&self, why: &Error) -> Failure {
        let cause = why.source().map(|cause| format!(": {cause}")).unwrap_or_default();
        let hint = match self.config.get_ssl_mode() {
            SslMode::Disable => "",
            _ if why.as_db_error().is_some() => "",
            _ => {
                "; a certificate that is not trusted can be named by SSL_CERT_FILE, and sslmode=disable in the URL goes \
                  without TLS"
            }
        };
        Failure::other(format!("{self}: {why}{cause}{hint}"))
    }
}

/// Whether nothing crosses a network.
fn is_here(host: &Host) -> bool {
    match host {
        Host::Tcp(host) => matches!(host.as_str(), "localhost" | "127.0.0.1" | "::1"),
        #[cfg(unix)]
        Host::Unix(_) => true,
    }
}
