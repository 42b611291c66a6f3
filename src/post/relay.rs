//! One connection to the server that takes mail, message after message.

use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{Certificate, SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use lettre::transport::smtp::{Error, response::Response};

use super::faults::{self, Server, said};
use crate::domain::relay::{Password, Security};

/// How long the server may take for an answer.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long it may take to say that it has a whole message: it may look for viruses first (RFC 5321, 4.5.3.2.6 gives it ten minutes).
const PATIENCE_AFTER_MESSAGE: Duration = Duration::from_secs(300);

/// The server that takes mail.
#[derive(Debug, Clone)]
pub struct Relay {
    /// Name or address.
    pub server: String,
    /// Port.
    pub port: u16,
    /// How the connection is secured.
    pub security: Security,
    /// User and password, where it asks for them.
    pub login: Option<(String, Password)>,
    /// Certificates of an authority besides those this computer knows: the bytes of the file (PEM or DER).
    pub root_certificate: Option<Vec<u8>>,
}

/// Who a message goes from and to, as the server is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// The sender's address.
    pub from: String,
    /// Everybody who gets it.
    pub to: Vec<String>,
}

/// Why a message was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotTaken {
    /// The server refuses this message: it did not go. Others may.
    Refused(String),
    /// It did not go, and no other will over this connection.
    Stopped(String),
    /// All of it was handed over, and the server was lost before it answered: it may have gone or not.
    Unanswered(String),
}

/// A connection.
pub struct Connection<'a> {
    relay: &'a Relay,
    smtp: SmtpConnection,
}

impl Relay {
    /// Connects and signs in.
    ///
    /// # Errors
    /// Why not, and what to do; nothing was handed over.
    pub fn connect(&self) -> Result<Connection<'_>, String> {
        let tls = match self.security {
            Security::None => None,
            Security::StartTls | Security::Tls => Some(self.tls()?),
        };
        let failed = |error: Error| faults::no_connection(self.named(), &error, self.password());
        let hello = ClientId::default();
        let from_the_start = tls.as_ref().filter(|_| self.security == Security::Tls);
        let place = (self.server.as_str(), self.port);
        let mut smtp =
            SmtpConnection::connect(place, Some(PATIENCE), &hello, from_the_start, None).map_err(failed)?;
        if let Some(tls) = tls.as_ref().filter(|_| self.security == Security::StartTls) {
            smtp.starttls(tls, &hello).map_err(failed)?;
        }
        if let Some((user, password)) = &self.login {
            let credentials = Credentials::new(user.clone(), password.reveal().to_string());
            smtp.auth(DEFAULT_MECHANISMS, &credentials)
                .map_err(|error| faults::not_let_in(self.named(), &error, self.password()))?;
        }
        Ok(Connection { relay: self, smtp })
    }

    fn named(&self) -> Server<'_> {
        Server { name: &self.server, port: self.port, security: self.security }
    }

    fn password(&self) -> Option<&Password> {
        self.login.as_ref().map(|(_, password)| password)
    }

    fn tls(&self) -> Result<TlsParameters, String> {
        let mut parameters = TlsParameters::builder(self.server.clone());
        if let Some(bytes) = &self.root_certificate {
            let no = |why: &str| {
                format!(
                    "the file that `root-certificate` names holds no certificate{why}; ask your IT service for the root certificate as a \
                     .cer or .pem file"
                )
            };
            let marker = b"-----BEGIN CERTIFICATE-----";
            let is_text = bytes.windows(marker.len()).any(|window| window == marker);
            let certificate = match is_text {
                true => Certificate::from_pem(bytes),
                false => Certificate::from_der(bytes.clone()),
            };
            parameters =
                parameters.add_root_certificate(certificate.map_err(|error| no(&format!(" ({error})")))?);
            return parameters.build().map_err(|error| no(&format!(" ({error})")));
        }
        parameters.build().map_err(|error| format!("encryption cannot be made ready: {error}"))
    }
}

impl Connection<'_> {
    /// Hands over a message and gives what the server said.
    ///
    /// # Errors
    /// It was not taken, or nobody knows.
    pub fn hand_over(&mut self, envelope: &Envelope, message: &[u8]) -> Result<String, NotTaken> {
        let address = |text: &String| {
            text.parse::<Address>()
                .map_err(|error| NotTaken::Refused(format!("{text} is no address: {error}")))
        };
        let from = address(&envelope.from)?;
        let to = envelope.to.iter().map(address).collect::<Result<Vec<Address>, NotTaken>>()?;
        let options = self.options(&from, &to, message)?;
        let stopped = |error: &Error, whose: &str| {
            let password = self.relay.password();
            NotTaken::Stopped(match faults::answer(error, password) {
                Some(answer) => format!("the server said to {whose}: “{answer}”"),
                None => faults::broken(error, password),
            })
        };
        if let Err(error) = self.smtp.command(Mail::new(Some(from), options)) {
            return Err(stopped(&error, &envelope.from));
        }
        for (recipient, text) in to.into_iter().zip(&envelope.to) {
            if let Err(error) = self.smtp.command(Rcpt::new(recipient, Vec::new())) {
                return Err(self.refused(&error, text));
            }
        }
        if let Err(error) = self.smtp.command(Data) {
            return Err(self.refused(&error, "the message"));
        }
        let _ = self.smtp.set_timeout(Some(PATIENCE_AFTER_MESSAGE));
        // The end of the message is put behind it with a line end of its own.
        let taken = self.smtp.message(message.strip_suffix(b"\r\n").unwrap_or(message));
        let _ = self.smtp.set_timeout(Some(PATIENCE));
        match taken {
            Ok(response) => Ok(said(&in_full(&response), self.relay.password())),
            Err(error) if error.status().is_some() => Err(self.refused(&error, "the message")),
            Err(error) => Err(NotTaken::Unanswered(faults::broken(&error, self.relay.password()))),
        }
    }

    /// What the server is to know of letters that are not in ASCII.
    fn options(
        &self,
        from: &Address,
        to: &[Address],
        message: &[u8],
    ) -> Result<Vec<MailParameter>, NotTaken> {
        let mut options = Vec::new();
        let offers = |extension| self.smtp.server_info().supports_feature(extension);
        if [from].into_iter().chain(to).any(|address| !AsRef::<str>::as_ref(address).is_ascii()) {
            if !offers(Extension::SmtpUtfEight) {
                let why = "an address has letters besides those of English, which this server does not take";
                return Err(NotTaken::Refused(why.to_string()));
            }
            options.push(MailParameter::SmtpUtfEight);
        }
        if !message.is_ascii() {
            if !offers(Extension::EightBitMime) {
                let why = "the message is not in ASCII, which this server does not take";
                return Err(NotTaken::Refused(why.to_string()));
            }
            options.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        Ok(options)
    }

    /// What the server does not take; the connection is made ready for the next message, where that can be done.
    fn refused(&mut self, error: &Error, what: &str) -> NotTaken {
        let password = self.relay.password();
        let Some(answer) = faults::answer(error, password) else {
            return NotTaken::Stopped(faults::broken(error, password));
        };
        let words = format!("the server does not take {what}: it said “{answer}”");
        // 421 is the server's good-bye.
        if answer.starts_with("421") || self.smtp.command(Rset).is_err() {
            return NotTaken::Stopped(words);
        }
        NotTaken::Refused(words)
    }

    /// Takes leave of the server. What was handed over has gone already, whatever it says to that.
    pub fn close(mut self) {
        let _ = self.smtp.quit();
    }
}

fn in_full(response: &Response) -> String {
    let words: Vec<&str> = response.message().collect();
    format!("{} {}", response.code(), words.join(" "))
}
