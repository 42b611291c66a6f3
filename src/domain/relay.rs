//! How mail is handed to the server that takes it.

use std::fmt;

/// How the connection to the server is secured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Security {
    /// A plain connection that must turn into an encrypted one (STARTTLS) before anything is said. A server that does not offer it is
    /// told nothing.
    #[default]
    StartTls,
    /// Encrypted from the first byte.
    Tls,
    /// Not encrypted: for a relay on this machine or inside the council's own network.
    None,
}

impl Security {
    /// Every kind with its word in the settings.
    pub const WORDS: [(Security, &'static str); 3] =
        [(Security::StartTls, "starttls"), (Security::Tls, "tls"), (Security::None, "none")];

    /// The port such servers listen on where none is named.
    pub fn usual_port(self) -> u16 {
        match self {
            Security::StartTls => 587,
            Security::Tls => 465,
            Security::None => 25,
        }
    }
}

/// A password. What it says is never shown, also not in a message meant for those who look for faults.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// The password `text`.
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// What it says, for the server alone.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_not_shown() {
        let password = Password::new("swordfish".to_string());
        assert!(!format!("{password:?}").contains("fish"));
        assert_eq!(password.reveal(), "swordfish");
    }
}
