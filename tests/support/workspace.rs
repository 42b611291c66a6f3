//! The folder: returns, register, and a run over them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use quarterday::run::{InFull, Request, run};
use tempfile::TempDir;

use super::book::{Book, Cell, Sheet};
use super::day;
use super::page::Page;
use super::results::Told;

/// A row of the register: heading and cell.
type Row = Vec<(&'static str, Cell)>;

/// A workspace without providers.
pub struct Workspace {
    dir: TempDir,
    /// Rows of the register by sheet.
    lists: BTreeMap<&'static str, Vec<Row>>,
}

impl Default for Workspace {
    fn default() -> Self {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("returns")).unwrap();
        Self { dir, lists: BTreeMap::new() }
    }
}

impl Workspace {
    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    /// A row of the register.
    pub fn record(&mut self, sheet: &'static str, row: impl IntoIterator<Item = (&'static str, Cell)>) {
        self.lists.entry(sheet).or_default().push(row.into_iter().collect());
    }

    /// A provider under a contract from this day.
    pub fn provider(&mut self, contract: &str, name: &str, start: &str) {
        self.record(
            "Providers",
            [("Provider", name.into()), ("Contract", contract.into()), ("Start", day(start).into())],
        );
    }

    /// A cell of the row of Providers that names this provider first.
    pub fn provider_cell(&mut self, name: &str, heading: &'static str, cell: impl Into<Cell>) {
        let name = Cell::from(name);
        let rows = self.lists.get_mut("Providers").unwrap();
        let row = rows.iter_mut().find(|row| row.iter().any(|(_, own)| *own == name)).unwrap();
        row.push((heading, cell.into()));
    }

    /// Drops a file in.
    pub fn drop_in(&self, file: &str, book: &Book) {
        self.drop_bytes(file, &book.bytes());
    }

    pub fn drop_bytes(&self, file: &str, bytes: &[u8]) {
        let path = self.dir.path().join("returns").join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    pub fn remove(&self, file: &str) {
        std::fs::remove_file(self.dir.path().join("returns").join(file)).unwrap();
    }

    /// Drops a file in and records when it was received.
    pub fn receive(&mut self, file: &str, received: &str, book: &Book) {
        self.drop_in(file, book);
        self.record("Receipts", [("File", file.into()), ("Received", day(received).into())]);
    }

    pub fn outcome(&self, as_of: &str, today: &str) -> InFull {
        self.write_register();
        run(self.dir.path(), Request { as_of: day(as_of), today: day(today) }, &|_| {}).unwrap()
    }

    /// Why a run on the day itself is refused.
    pub fn refused(&self, as_of: &str) -> String {
        self.write_register();
        let refused = run(self.dir.path(), Request { as_of: day(as_of), today: day(as_of) }, &|_| {});
        refused.err().map(|error| format!("{error:#}")).unwrap()
    }

    /// Writes the register, runs on the day itself and gives `results.json`.
    pub fn told(&self, as_of: &str) -> Told {
        Told::new(self.outcome(as_of, as_of))
    }

    /// The files of this ending below a folder of `out/`, in order.
    pub fn written(&self, folder: &str, ending: &str) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut folders = vec![self.dir.path().join("out").join(folder)];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.to_string_lossy().ends_with(ending) {
                    found.push(path);
                }
            }
        }
        found.sort();
        found
    }

    /// The text of every page below a folder of `out/`.
    pub fn pages(&self, folder: &str) -> String {
        let pages = self.written(folder, ".html");
        assert!(!pages.is_empty(), "no page below {folder}");
        pages.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
    }

    /// The text of one page of `out/`.
    pub fn page(&self, file: &str) -> Page {
        let path = self.dir.path().join("out").join(file);
        let html = std::fs::read_to_string(&path);
        Page::new(html.unwrap_or_else(|error| panic!("no page {file}: {error}")))
    }

    /// Puts a definition of its own in place of the built-in one.
    pub fn define(&self, contract: &str, definition: &str) {
        let folder = self.dir.path().join("contracts");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(format!("{contract}.toml")), definition).unwrap();
    }

    pub fn write_register(&self) {
        let mut book = Book::default();
        for (name, rows) in &self.lists {
            let mut headings: Vec<&str> = Vec::new();
            for (heading, _) in rows.iter().flatten() {
                if !headings.contains(heading) {
                    headings.push(heading);
                }
            }
            let mut sheet = Sheet::new(name);
            sheet.row(0, headings.iter().map(|heading| Cell::from(*heading)));
            for (row, cells) in (1..).zip(rows) {
                for (heading, cell) in cells.iter().filter(|(_, cell)| *cell != Cell::from("")) {
                    let column = headings.iter().position(|own| own == heading).unwrap();
                    sheet.put(row, u16::try_from(column).unwrap(), cell.clone());
                }
            }
            book.sheets.push(sheet);
        }
        std::fs::write(self.dir.path().join("register.xlsx"), book.bytes()).unwrap();
    }
}
