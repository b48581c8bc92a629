//! Whether connections are encrypted.

use crate::settings::Settings;

/// Whether connections are encrypted.
#[derive(Clone)]
pub enum Security {
    None,
    #[cfg(feature = "tls")]
    Tls(crate::tls::Tls),
}

impl Security {
    #[cfg_attr(not(feature = "tls"), expect(unused_variables))]
    pub fn of(settings: &Settings) -> Self {
        #[cfg(feature = "tls")]
        if let Some(tls) = &settings.tls {
            return Self::Tls(tls.clone());
        }
        Self::None
    }

    pub fn scheme(&self) -> &'static str {
        match self {
            Self::None => "http",
            #[cfg(feature = "tls")]
            Self::Tls(_) => "https",
        }
    }
}
