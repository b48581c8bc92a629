//! TLS with a certificate that the user brings.

use std::fmt;
use std::io;
use std::sync::Arc;

use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::pem::{self, PemObject};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::server::TlsStream;

/// A certificate and its key.
#[derive(Clone)]
pub struct Tls(TlsAcceptor);

/// The key is never shown.
impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tls")
    }
}

impl Tls {
    /// Reads both from PEM.
    pub fn new(certificates: &[u8], key: &[u8]) -> io::Result<Self> {
        let certificates: Result<Vec<_>, pem::Error> =
            CertificateDer::pem_slice_iter(certificates).collect();
        let certificates = certificates.map_err(|why| unusable("certificate", &why))?;
        let key = PrivateKeyDer::from_pem_slice(key).map_err(|why| unusable("key", &why))?;
        let config = ServerConfig::builder_with_provider(Arc::new(default_provider()));
        let config = config
            .with_safe_default_protocol_versions()
            .and_then(|config| config.with_no_client_auth().with_single_cert(certificates, key));
        let mut config = config.map_err(|why| unusable("certificate with its key", &why))?;
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(Self(Arc::new(config).into()))
    }

    /// The encrypted connection.
    pub async fn accept(&self, stream: TcpStream) -> io::Result<TlsStream<TcpStream>> {
        self.0.accept(stream).await
    }
}

fn unusable(what: &str, why: &dyn fmt::Display) -> io::Error {
    let message = format!("the {what} for TLS cannot be used: {why}; both are files in PEM");
    io::Error::new(io::ErrorKind::InvalidInput, message)
}
