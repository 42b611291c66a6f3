//! What went wrong between this program and the server, in words for the officer. What a server says is shown on one line and
//! without anything in it that repeats the password.

use std::error::Error as _;

use lettre::transport::smtp::Error;
use mail_parser::decoders::base64::base64_decode;

use crate::domain::relay::{Password, Security};
use crate::domain::text::one_line;

/// Longest answer of a server that is shown and kept, in characters.
const LONGEST: usize = 300;

/// The server as it is named to the officer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Server<'a> {
    pub name: &'a str,
    pub port: u16,
    pub security: Security,
}

/// What a server said, or a library said of it: on one line, not long, without the password.
pub(super) fn said(text: &str, password: Option<&Password>) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words = one_line(&plain);
    let words = match password.map(Password::reveal).filter(|own| !own.is_empty()) {
        Some(own) if words.contains(own) => words.replace(own, "…"),
        _ => words,
    };
    let repeats = |word: &&str| {
        let decoded = base64_decode(word.as_bytes()).unwrap_or_default();
        let own = password.map(|own| own.reveal().as_bytes()).filter(|own| !own.is_empty());
        own.is_some_and(|own| decoded.windows(own.len()).any(|window| window == own))
    };
    let words: Vec<&str> = words.split(' ').map(|word| if repeats(&word) { "…" } else { word }).collect();
    let words = words.join(" ");
    match words.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", words.get(..end).unwrap_or_default().trim_end()),
        None => words,
    }
}

/// The server's own answer with its number, where the error is one.
pub(super) fn answer(error: &Error, password: Option<&Password>) -> Option<String> {
    let code = error.status()?;
    let text = error.source().map(ToString::to_string).unwrap_or_default();
    Some(said(&format!("{code} {text}"), password))
}

/// All that a library says of an error.
fn chain(error: &Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        let own = inner.to_string();
        if !text.contains(&own) {
            text.push_str(": ");
            text.push_str(&own);
        }
        source = inner.source();
    }
    text
}

/// Why there is no connection, and what to do.
pub(super) fn no_connection(server: Server<'_>, error: &Error, password: Option<&Password>) -> String {
    let Server { name, port, security } = server;
    let place = format!("{name}, port {port}");
    if let Some(answer) = answer(error, password) {
        return format!("the mail server {place} does not take mail now: it said “{answer}”");
    }
    let text = chain(error);
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let said = said(&text, password);
    if has(&["UnknownIssuer", "CaUsedAsEndEntity", "unknown issuer"]) {
        return format!(
            "the certificate of the mail server {place} is from an authority that this computer does not know, so nothing was said to \
             it. If the council has an authority of its own, ask your IT service for its root certificate as a file (.cer or .pem), \
             and name that file with `root-certificate` in the table [mail] of quarterday.toml ({said})"
        );
    }
    if has(&["NotValidForName", "not valid for name"]) {
        return format!(
            "the certificate of the mail server {place} is made out to another name, so nothing was said to it. Write the server's name \
             as on its certificate into `server` in the table [mail] of quarterday.toml; if it is right already, show this to your IT \
             service ({said})"
        );
    }
    if has(&["Expired", "expired", "NotValidYet", "not valid yet"]) {
        return format!(
            "the certificate of the mail server {place} is not valid today, so nothing was said to it. Check the clock of this \
             computer; if it is right, show this to your IT service ({said})"
        );
    }
    if has(&["invalid peer certificate"]) {
        return format!(
            "the certificate of the mail server {place} cannot be trusted, so nothing was said to it; show this to your IT service \
             ({said})"
        );
    }
    if has(&["STARTTLS is not supported"]) {
        return format!(
            "the mail server {place} offers no encryption (STARTTLS), so neither mail nor password was given to it. Ask your IT service \
             for the port that does (usual are 587 with `security = \"starttls\"` and 465 with `security = \"tls\"`)"
        );
    }
    if has(&["InvalidContentType", "corrupt message", "received corrupt"]) {
        return format!(
            "the mail server {place} does not speak TLS from the start; try `security = \"starttls\"` in the table [mail] of \
             quarterday.toml ({said})"
        );
    }
    if error.is_timeout() || has(&["timed out", "WouldBlock", "temporarily unavailable"]) {
        let hint = match security {
            Security::Tls => "; it may be a port for `security = \"starttls\"` (587)",
            Security::StartTls => "; it may be a port for `security = \"tls\"` (465)",
            Security::None => "",
        };
        return format!(
            "the mail server {place} did not answer in time. Check that this computer is in the council's network or its VPN, and \
             `server` and `port` in the table [mail] of quarterday.toml{hint} ({said})"
        );
    }
    format!(
        "the mail server {place} cannot be reached. Check `server` and `port` in the table [mail] of quarterday.toml, and that this \
         computer is in the council's network or its VPN ({said})"
    )
}

/// Why the server does not let the user in, and what to do.
pub(super) fn not_let_in(server: Server<'_>, error: &Error, password: Option<&Password>) -> String {
    let place = format!("{}, port {}", server.name, server.port);
    match answer(error, password) {
        Some(answer) => format!(
            "the mail server {place} does not let this user in: it said “{answer}”. Check `user` and the password in the table [mail] of \
             quarterday.toml; some services want a password of their own for programs, or have to be asked to allow it"
        ),
        None if chain(error).contains("No compatible authentication") => format!(
            "the mail server {place} asks for no password in a way this program knows (PLAIN, LOGIN). If it takes mail without one, \
             remove `user` from the table [mail] of quarterday.toml; else ask your IT service"
        ),
        None => no_connection(server, error, password),
    }
}

/// What became of a connection that broke, in a few words.
pub(super) fn broken(error: &Error, password: Option<&Password>) -> String {
    let what = if error.is_timeout() { "did not answer in time" } else { "was lost before it answered" };
    format!("the server {what} ({})", said(&chain(error), password))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_server_says_is_one_short_line_without_the_password() {
        let password = Password::new("sword fish".to_string());
        for (text, expected) in [
            ("250 2.0.0 Ok", "250 2.0.0 Ok"),
            ("550 no\r\n\u{1b}[31msuch user", "550 no [31msuch user"),
            ("535 bad sword fish for you", "535 bad … for you"),
            // “sword fish”, and “\0user\0sword fish”, in Base64.
            ("535 bad c3dvcmQgZmlzaA== here", "535 bad … here"),
            ("535 AHVzZXIAc3dvcmQgZmlzaA==", "535 …"),
        ] {
            assert_eq!(said(text, Some(&password)), expected);
        }
        assert_eq!(said(&"a".repeat(301), None).chars().count(), 301);
        assert_eq!(said(&"a".repeat(300), None), "a".repeat(300));
    }
}
