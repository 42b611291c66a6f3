//! The table `[mail]` of the settings: the server that drafts are handed to, and to which domains they may go.

use std::net::IpAddr;
use std::path::PathBuf;

use serde::Deserialize;
use toml::Spanned;
use toml::de::DeTable;

use super::Faults;
use crate::contract::toml_errors::DefinitionError;
use crate::domain::relay::Security;

/// Days before a chaser or a reminder of the same return may go again, where the settings say nothing.
const CHASE_AGAIN_DAYS: u32 = 7;
/// Most days that can be asked for.
const LONGEST_WAIT: i64 = 365;

/// The table as meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// The server's name, or its address.
    pub server: Option<String>,
    /// Its port.
    pub port: u16,
    /// How the connection is secured.
    pub security: Security,
    /// Who signs in, and where the password is; `None` where the server asks for none.
    pub login: Option<Login>,
    /// The domains that mail may go to, in small letters; `None` is every domain of the register's addresses.
    pub allowed_domains: Option<Vec<String>>,
    /// A file with the certificates of the council's own authority.
    pub root_certificate: Option<PathBuf>,
    /// Days before a chaser or a reminder of the same return may go again.
    pub chase_again_days: u32,
}

/// Who signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Login {
    /// The user's name.
    pub user: String,
    /// Where the password is.
    pub password: PasswordFrom,
}

/// Where a password is kept. It is never in the settings, which are copied and shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PasswordFrom {
    /// The environment variable of this name.
    Variable(String),
    /// This file: a path below the workspace, or an absolute one.
    File(PathBuf),
}

impl Default for Mail {
    fn default() -> Self {
        Self {
            server: None,
            port: Security::default().usual_port(),
            security: Security::default(),
            login: None,
            allowed_domains: None,
            root_certificate: None,
            chase_again_days: CHASE_AGAIN_DAYS,
        }
    }
}

impl Mail {
    /// Whether the server is this very machine.
    pub fn is_this_machine(&self) -> bool {
        self.server.as_deref().is_some_and(is_this_machine)
    }
}

fn is_this_machine(server: &str) -> bool {
    let address = server.trim_matches(['[', ']']).parse::<IpAddr>();
    server.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback())
}

/// The table as written.
#[derive(Debug, Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct Written {
    server: Option<Spanned<String>>,
    port: Option<Spanned<i64>>,
    security: Option<Spanned<String>>,
    user: Option<Spanned<String>>,
    password_env: Option<Spanned<String>>,
    password_file: Option<Spanned<String>>,
    allowed_domains: Option<Spanned<Vec<Spanned<String>>>>,
    root_certificate: Option<Spanned<String>>,
    chase_again_days: Option<Spanned<i64>>,
}

/// The table as meant; what is wrong with it is added to `faults`.
pub(super) fn mail(written: Written, faults: &mut Faults<'_>) -> Mail {
    let server = written.server.as_ref().and_then(|own| server(own, faults));
    let security = written.security.as_ref().map_or(Security::default(), |own| security(own, faults));
    let port = written.port.as_ref().and_then(|own| port(own, faults)).unwrap_or(security.usual_port());
    let login = login(&written, faults);
    if let (Some(user), Security::None, Some(name)) = (&written.user, security, &server)
        && !is_this_machine(name)
    {
        faults.add(
            user,
            "the password would go to another machine unencrypted".to_string(),
            "set `security` to \"starttls\" or \"tls\"; a relay that takes mail without a password needs no `user`",
        );
    }
    let allowed_domains = written.allowed_domains.as_ref().map(|own| domains(own, faults));
    let root_certificate =
        written.root_certificate.as_ref().and_then(|own| text(own, "the path", faults)).map(PathBuf::from);
    let chase_again_days = written.chase_again_days.as_ref().and_then(|own| days(own, faults));
    Mail {
        server,
        port,
        security,
        login,
        allowed_domains,
        root_certificate,
        chase_again_days: chase_again_days.unwrap_or(CHASE_AGAIN_DAYS),
    }
}

/// Text on one line that is not empty.
fn text(own: &Spanned<String>, what: &str, faults: &mut Faults<'_>) -> Option<String> {
    let text = own.get_ref().trim();
    if text.is_empty() {
        faults.add(own, format!("{what} is empty"), "write it out, or remove the line");
        return None;
    }
    if text.chars().any(char::is_control) {
        faults.add(own, format!("{what} has a line break"), "write it on one line");
        return None;
    }
    Some(text.to_string())
}

fn server(own: &Spanned<String>, faults: &mut Faults<'_>) -> Option<String> {
    let name = text(own, "the server's name", faults)?;
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
    let address = name.trim_matches(['[', ']']);
    if address.parse::<IpAddr>().is_ok() {
        return Some(address.to_string());
    }
    if !name.chars().all(plain) {
        faults.add(
            own,
            format!("`{}` is no name of a server", name.escape_debug()),
            "write the name alone, such as smtp.council.example; the port has a line of its own",
        );
        return None;
    }
    Some(name)
}

fn security(own: &Spanned<String>, faults: &mut Faults<'_>) -> Security {
    let word = own.get_ref();
    let known = Security::WORDS.iter().find(|(_, known)| known == word);
    if known.is_none() {
        faults.add(
            own,
            format!("`{}` is no kind of security", word.escape_debug()),
            "write \"starttls\" (usual, port 587), \"tls\" (port 465), or \"none\" for a relay inside the council's network",
        );
    }
    known.map_or(Security::default(), |(security, _)| *security)
}

fn port(own: &Spanned<i64>, faults: &mut Faults<'_>) -> Option<u16> {
    let port = u16::try_from(*own.get_ref()).ok().filter(|port| *port > 0);
    if port.is_none() {
        faults.add(own, format!("{} is no port", own.get_ref()), "ports go from 1 to 65535; usual is 587");
    }
    port
}

fn days(own: &Spanned<i64>, faults: &mut Faults<'_>) -> Option<u32> {
    let days = Some(*own.get_ref()).filter(|days| (1..=LONGEST_WAIT).contains(days));
    if days.is_none() {
        let help = format!("write a number of days from 1 to {LONGEST_WAIT}");
        faults.add(own, format!("{} days cannot be waited for", own.get_ref()), &help);
    }
    days.and_then(|days| u32::try_from(days).ok())
}

fn login(written: &Written, faults: &mut Faults<'_>) -> Option<Login> {
    let user = written.user.as_ref().and_then(|own| text(own, "the user", faults));
    let variable = written.password_env.as_ref().and_then(|own| variable(own, faults));
    let file = written.password_file.as_ref().and_then(|own| text(own, "the path", faults));
    let password = match (variable, file) {
        (Some(_), Some(_)) => {
            if let Some(own) = &written.password_file {
                faults.add(
                    own,
                    "the password is said to be in two places".to_string(),
                    "remove one of the two lines",
                );
            }
            return None;
        }
        (Some(variable), None) => Some(PasswordFrom::Variable(variable)),
        (None, Some(file)) => Some(PasswordFrom::File(file.into())),
        (None, None) => None,
    };
    match (user, password) {
        (Some(user), Some(password)) => Some(Login { user, password }),
        (None, None) => None,
        (Some(_), None) => {
            if let Some(own) = &written.user
                && written.password_env.is_none()
                && written.password_file.is_none()
            {
                faults.add(
                    own,
                    "there is a user and no password".to_string(),
                    "add `password-file` with the path of a file that holds it, or `password-env` with an environment variable",
                );
            }
            None
        }
        (None, Some(_)) => {
            let own = written.password_file.as_ref().or(written.password_env.as_ref());
            if let Some(own) = own.filter(|_| written.user.is_none()) {
                faults.add(
                    own,
                    "there is a password and no user".to_string(),
                    "add `user`, or remove the line",
                );
            }
            None
        }
    }
}

/// The name of an environment variable: never the password itself, which would be one of the things that cannot be a name.
fn variable(own: &Spanned<String>, faults: &mut Faults<'_>) -> Option<String> {
    let name = own.get_ref();
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if name.is_empty() || !name.chars().all(plain) || name.starts_with(|c: char| c.is_ascii_digit()) {
        faults.add(
            own,
            "this is no name of an environment variable".to_string(),
            "write the variable's name, such as \"QUARTERDAY_PASSWORD\", never the password itself",
        );
        return None;
    }
    Some(name.clone())
}

fn domains(own: &Spanned<Vec<Spanned<String>>>, faults: &mut Faults<'_>) -> Vec<String> {
    if own.get_ref().is_empty() {
        let help = "name the domains mail may go to, or remove the line: then every domain of the register's addresses is allowed";
        faults.add(own, "no domain is allowed".to_string(), help);
    }
    let mut domains = Vec::new();
    for domain in own.get_ref() {
        let name = domain.get_ref().trim().to_lowercase();
        let part = |part: &str| {
            !part.is_empty()
                && !part.starts_with('-')
                && !part.ends_with('-')
                && part.chars().all(|c| c.is_alphanumeric() || c == '-')
        };
        if name.contains('.') && name.split('.').all(part) {
            domains.push(name);
        } else {
            faults.add(
                domain,
                format!("`{}` is no domain", name.escape_debug()),
                "write what stands behind the @ of an address, such as \"harbour.example\"",
            );
        }
    }
    domains
}

/// Refuses a password in the settings with the reason, before it is an unknown key like any other, and without showing it.
///
/// # Errors
/// There is one.
pub(super) fn refuse_password(faults: &mut Faults<'_>) -> Result<(), DefinitionError> {
    let (table, _) = DeTable::parse_recoverable(faults.text);
    let Some(mail) = table.get_ref().get("mail").and_then(|mail| mail.get_ref().as_table()) else {
        return Ok(());
    };
    for (key, value) in mail {
        if ["password", "pass", "passwort", "pwd"].contains(&key.get_ref().to_lowercase().as_str()) {
            // What is shown is the text without it.
            let span = value.span();
            let before = faults.text.get(..span.start).unwrap_or_default();
            return Err(DefinitionError::at(
                super::SETTINGS_FILE,
                &format!("{before}…"),
                key.span(),
                "a password does not belong in the settings".to_string(),
                Some(
                    "take it out, save it in a file of its own that others cannot read, and name that with `password-file`"
                        .to_string(),
                ),
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::Settings;
    use super::*;

    #[test]
    fn reads_all_there_is() {
        let settings = Settings::read(
            "[mail]\nserver = \"smtp.council.example\"\nport = 2587\nsecurity = \"starttls\"\nuser = \"contracts\"\n\
             password-file = \"C:/secret/mail.txt\"\nallowed-domains = [\"Harbour.example\"]\n\
             root-certificate = \"council.pem\"\nchase-again-days = 10\n",
        )
        .unwrap();
        assert_eq!(
            settings.mail,
            Mail {
                server: Some("smtp.council.example".into()),
                port: 2587,
                security: Security::StartTls,
                login: Some(Login {
                    user: "contracts".into(),
                    password: PasswordFrom::File("C:/secret/mail.txt".into())
                }),
                allowed_domains: Some(vec!["harbour.example".into()]),
                root_certificate: Some("council.pem".into()),
                chase_again_days: 10,
            }
        );
    }

    #[test]
    fn nothing_is_required_and_the_port_follows_the_security() {
        assert_eq!(Settings::read("").unwrap().mail, Mail::default());
        for (security, port) in [("starttls", 587), ("tls", 465), ("none", 25)] {
            let text = format!("[mail]\nserver = \"relay\"\nsecurity = \"{security}\"\n");
            assert_eq!(Settings::read(&text).unwrap().mail.port, port);
        }
    }

    #[test]
    fn knows_this_machine() {
        for (server, this) in [
            ("localhost", true),
            ("LOCALHOST", true),
            ("127.0.0.1", true),
            ("127.9.9.9", true),
            ("[::1]", true),
            ("10.0.0.1", false),
            ("localhost.council.example", false),
        ] {
            let mail = Settings::read(&format!("[mail]\nserver = \"{server}\"\n")).unwrap().mail;
            assert_eq!(mail.is_this_machine(), this, "{server}");
        }
    }

    #[test]
    fn refuses_what_it_cannot_use_and_says_what_to_do() {
        for (lines, expected) in [
            ("servr = \"a\"", "did you mean `server`"),
            ("servr = \"a\"", "quarterday.toml:2:1"),
            ("server = \"smtp.council.example:587\"", "the port has a line of its own"),
            ("server = \"smtp://council.example\"", "is no name of a server"),
            ("server = \" \"", "the server's name is empty"),
            ("port = 0", "0 is no port"),
            ("port = 65536", "65536 is no port"),
            ("port = \"587\"", "wrong kind of value"),
            ("security = \"ssl\"", "`ssl` is no kind of security"),
            ("user = \"a\"", "there is a user and no password"),
            ("password-file = \"a\"", "there is a password and no user"),
            ("user = \"a\"\npassword-env = \"P\"\npassword-file = \"p\"", "in two places"),
            ("user = \"a\"\npassword-env = \"not a name!\"", "this is no name of an environment variable"),
            (
                "server = \"relay\"\nsecurity = \"none\"\nuser = \"a\"\npassword-env = \"P\"",
                "would go to another machine unencrypted",
            ),
            ("allowed-domains = []", "no domain is allowed"),
            ("allowed-domains = [\"@harbour.example\"]", "is no domain"),
            ("allowed-domains = [\"harbour\"]", "is no domain"),
            ("allowed-domains = [\"*.harbour.example\"]", "is no domain"),
            ("root-certificate = \"\"", "the path is empty"),
            ("chase-again-days = 0", "0 days cannot be waited for"),
            ("chase-again-days = 366", "from 1 to 365"),
        ] {
            let text = format!("[mail]\n{lines}\n");
            let message = Settings::read(&text).unwrap_err().to_string();
            assert!(message.contains(expected), "{text}\n{message}");
        }
        let local =
            "[mail]\nserver = \"127.0.0.1\"\nsecurity = \"none\"\nuser = \"a\"\npassword-env = \"P\"\n";
        assert!(Settings::read(local).unwrap().mail.login.is_some());
    }

    #[test]
    fn a_password_in_the_settings_is_refused_and_not_shown() {
        for text in [
            "[mail]\nuser = \"a\"\npassword = \"swordfish\"\nport = 0\n",
            "mail = { server = \"s\", Password = \"swordfish\" }\n",
            "[mail]\npwd = 'swordfish'",
        ] {
            let message = Settings::read(text).unwrap_err().to_string();
            assert!(message.contains("does not belong in the settings"), "{message}");
            assert!(!message.contains("swordfish"), "{message}");
        }
    }
}
