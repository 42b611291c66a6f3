//! A workspace with coloured copies of two providers' returns, and drafts made by hand as a run lists them.

use std::path::PathBuf;

use chrono::NaiveDate;
use lettre::message::header::{ContentType, MessageId};
use lettre::message::{Attachment as Attached, Mailbox, Message, MultiPart, SinglePart};
use quarterday::domain::draft::{DRAFTS_FORMAT, DRAFTS_LIST, Draft, DraftAttachment, DraftKind, Drafts};
use quarterday::workspace::sha256;
use serde_json::Value;

use crate::forms::{CONTRACT, Counts, FORM, Return, afterwards, provider_for, send};
use crate::program::{Ran, quarterday, text};
use crate::sink::Sink;
use crate::support::workspace::Workspace;

pub const LANTERNHILL: &str = "Lanternhill Visiting";
pub const HARBOUR: &str = "Harbour Visiting";
const MONTH: &str = "2023-05-01";

/// Today, as the program takes it.
#[allow(clippy::disallowed_methods, reason = "drafts have to be of the day the program runs on")]
pub fn today() -> NaiveDate {
    chrono::Local::now().date_naive()
}

/// The desk of an officer.
pub struct Desk {
    pub workspace: Workspace,
    pub drafts: Vec<Draft>,
    pub as_of: NaiveDate,
}

/// The copy of a provider's return below `out/`.
pub fn copy(provider: &str) -> String {
    format!("{CONTRACT}/{provider}/2023-24 Q1/returned/2023-05.xlsx")
}

pub fn address(provider: &str) -> String {
    format!("kpi@{}.example", provider.split(' ').next().unwrap().to_lowercase())
}

impl Desk {
    /// Two providers, a return of each, and nothing drafted yet.
    pub fn new() -> Self {
        let mut workspace = Workspace::default();
        for provider in [LANTERNHILL, HARBOUR] {
            provider_for(&mut workspace, provider, "2023-04-01", 24);
            workspace.provider_cell(provider, "E-mail", address(provider).as_str());
            let counts = Counts { units: 7, visited: 7, visits: 7, in_time: 7, sent_back: 0 };
            send(&mut workspace, &Return::of(provider, MONTH, counts), &afterwards(MONTH));
        }
        workspace
            .record("Contacts", [("E-mail", "officer@council.example".into()), ("To or Cc", "Cc".into())]);
        let outcome = workspace.outcome("2023-07-20", "2023-07-20");
        assert!(outcome.summary.blocked.is_empty());
        Self { workspace, drafts: Vec::new(), as_of: today() }
    }

    /// Thanks to both with their copies.
    pub fn with_thanks() -> Self {
        let mut desk = Self::new();
        for provider in [LANTERNHILL, HARBOUR] {
            desk.thank(provider, &copy(provider));
        }
        desk
    }

    pub fn out(&self) -> PathBuf {
        self.workspace.path().join("out")
    }

    /// A draft of thanks to this provider with this copy.
    pub fn thank(&mut self, provider: &str, file: &str) {
        self.draft(
            DraftKind::Thanks,
            provider,
            Some(file),
            "Thank you for your return.\r\n.\r\nOne full stop alone.",
        );
    }

    pub fn draft(&mut self, kind: DraftKind, provider: &str, file: Option<&str>, words: &str) {
        let id =
            format!("{}@council.example", &sha256(format!("{kind:?}{provider}{words}").as_bytes())[..16]);
        let subject = format!("Return of May 2023 – {}: {provider}", kind.id());
        let to = address(provider);
        let builder = Message::builder()
            .from("Contracts <contracts@council.example>".parse::<Mailbox>().unwrap())
            .to(to.parse().unwrap())
            .cc("officer@council.example".parse().unwrap())
            .bcc("secret@council.example".parse().unwrap())
            .keep_bcc()
            .subject(subject.as_str())
            .header(MessageId::from(format!("<{id}>")));
        let body = SinglePart::plain(words.to_string());
        let mut parts = MultiPart::mixed().boundary("=_draft").singlepart(body);
        let mut attachments = Vec::new();
        if let Some(file) = file {
            let bytes = std::fs::read(self.out().join(file)).unwrap();
            let name = format!("{provider} - 2023-05.xlsx");
            let sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            parts = parts.singlepart(
                Attached::new(name.clone()).body(bytes.clone(), ContentType::parse(sheet).unwrap()),
            );
            attachments.push(DraftAttachment {
                name,
                file: file.to_string(),
                sha256: sha256(&bytes),
                client_rows: Some(0),
            });
        }
        let formatted = String::from_utf8(builder.multipart(parts).unwrap().formatted()).unwrap();
        // A run dates no draft.
        let at = formatted.find("Date: ").unwrap();
        let end = at + formatted[at..].find("\r\n").unwrap() + 2;
        let bytes = format!("X-Unsent: 1\r\n{}{}", &formatted[..at], &formatted[end..]).into_bytes();
        let number = self.drafts.len() + 1;
        let path = format!("{CONTRACT}/{provider}/2023-24 Q1/drafts/{number}.eml");
        self.write(&path, &bytes);
        self.drafts.push(Draft {
            file: path,
            sha256: sha256(&bytes),
            kind,
            contract: CONTRACT.into(),
            provider: provider.into(),
            review_period: "2023-24 Q1".into(),
            form: FORM.into(),
            period: "2023-05".into(),
            area: None,
            message_id: id,
            to: vec![to],
            cc: vec!["officer@council.example".into()],
            subject,
            attachments,
        });
    }

    pub fn write(&self, file: &str, bytes: &[u8]) {
        let path = self.out().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    pub fn bytes(&self, at: usize) -> String {
        String::from_utf8(std::fs::read(self.out().join(&self.drafts[at].file)).unwrap()).unwrap()
    }

    /// Changes a draft on the disk, and the list with it, as a run would that wrote it so.
    pub fn rewrite(&mut self, at: usize, change: impl Fn(String) -> String) {
        let bytes = change(self.bytes(at)).into_bytes();
        self.write(&self.drafts[at].file, &bytes);
        self.drafts[at].sha256 = sha256(&bytes);
    }

    pub fn settings(&self, mail: &str) {
        let text = format!(
            "[sender]\nname = \"Contracts\"\nemail = \"contracts@council.example\"\n[mail]\n{mail}\n"
        );
        std::fs::write(self.workspace.path().join("quarterday.toml"), text).unwrap();
    }

    /// Sends to the server with these further arguments.
    pub fn send(&self, sink: &Sink, arguments: &[&str]) -> Ran {
        self.settings(&format!("server = \"127.0.0.1\"\nport = {}\nsecurity = \"none\"", sink.port));
        self.run(arguments)
    }

    /// The same by the settings that are there.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        let list = Drafts { format: DRAFTS_FORMAT.into(), as_of: self.as_of, drafts: self.drafts.clone() };
        self.write(DRAFTS_LIST, &serde_json::to_vec_pretty(&list).unwrap());
        let mut all = vec!["send", text(self.workspace.path())];
        all.extend(arguments);
        let ran = quarterday(&all);
        // Where lines are broken does not matter here.
        let joined = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(!ran.out.contains('\u{1b}'), "{}", ran.out);
        Ran { status: ran.status, out: joined(&ran.out), err: joined(&ran.err) }
    }

    /// The kinds of line in the journal, in order.
    pub fn journal(&self) -> Vec<String> {
        let text = std::fs::read_to_string(self.workspace.path().join("sent.jsonl")).unwrap_or_default();
        let kind = |line: &str| {
            let line: Value = serde_json::from_str(line).unwrap();
            line["kind"].as_str().unwrap().to_string()
        };
        text.lines().map(kind).collect()
    }
}
