//! Reading a workbook out of a file that nobody vouches for.
//!
//! 1. `kind` tells what the file is by its content; what is no workbook is named, with what to do.
//! 2. `package` checks a zip package against the limits below before anything is allocated for what is in it.
//! 3. `xlsx`, `xlsb`, `xls`, `ods` and `csv` read one format each, streaming, within the same limits (`gathering`).
//! 4. [`says_the_same`] shows of a coloured copy, where it can, that it says what the workbook says.
//! 5. [`fingerprint()`] says whether two workbooks hold the same.
//!
//! A file can do no worse than be set aside: nothing in it is expanded, followed or run, its declared sizes are not
//! believed, and a panic in a library becomes [`NotRead::Damaged`]. One file (or folder) per format that is read.

mod binary;
mod carried;
mod csv;
mod fingerprint;
mod gathering;
mod guard;
mod kind;
mod number_format;
mod ods;
mod other_files;
mod package;
mod refusal;
mod xls;
mod xlsb;
mod xlsx;
mod xml;

pub use fingerprint::fingerprint;
pub use guard::quietly;
pub use kind::{MailFormat, mail_format};
pub use refusal::{Limit, NotRead};
pub use xlsx::alike::{Coloured, says_the_same};

use self::kind::{Packaged, Wrapping};
use self::package::Package;
use crate::domain::workbook::{LARGEST_FILE, Workbook};

/// Largest file read, in bytes.
pub const MAX_FILE: usize = LARGEST_FILE as usize;
/// Most parts in a package. A return has 10 to 60, a hundred sheets with drawings some 500.
pub const MAX_ENTRIES: usize = 1_000;
/// Largest part, unpacked, in bytes: what 5 million cells take as XML.
pub const MAX_ENTRY: u64 = 200 << 20;
/// Largest package, unpacked, in bytes: bounds the time spent on one file to seconds.
pub const MAX_PACKAGE: u64 = 500 << 20;
/// Packed size by unpacked size below which a part is a bomb; the threshold that Apache POI uses. Sheets reach 0.03.
pub const MIN_RATIO: f64 = 0.01;
/// Unpacked size in bytes from which [`MIN_RATIO`] applies: a short, uniform part may pack better, and does no harm.
pub const RATIO_APPLIES_FROM: u64 = 100 << 10;
/// Most cells with a value or formula in a workbook, about 600 MB of memory.
pub const MAX_CELLS: usize = 5_000_000;
/// Longest text in a cell, in UTF-16 units: Excel's own limit.
pub const MAX_CELL_TEXT: usize = 32_767;
/// Most text in all cells together, in bytes: one shared text can stand in millions of cells.
pub const MAX_TEXT: usize = 200_000_000;
/// Most cell formats: Excel's own limit is 65,490.
pub const MAX_FORMATS: usize = 65_536;
/// Longest font name or format code, in bytes; Excel allows 255 characters, and each format repeats them.
pub const MAX_FORMAT_TEXT: usize = 1_024;
/// Most merged areas on a sheet; the most seen on a real return is 1,034.
pub const MAX_MERGED: usize = 20_000;

/// Reads the workbook in `bytes`. `file` is its path below the workspace with forward slashes: it is carried into the
/// result, and its last part tells lock files; nothing else is concluded from it.
///
/// # Errors
///
/// [`NotRead`] when the file is no workbook, in a format that is not read, protected, damaged or beyond a limit.
pub fn read(file: &str, bytes: &[u8]) -> Result<Workbook, NotRead> {
    let name = file.rsplit('/').next().unwrap_or(file);
    if name.starts_with("~$") && !bytes.starts_with(b"PK") {
        return Err(NotRead::LockFile);
    }
    if bytes.len() > MAX_FILE {
        return Err(NotRead::TooLarge(Limit::File));
    }
    let wrapping = kind::wrapping(bytes)?;
    guard::quietly(|| unwrap(file, bytes, wrapping)).unwrap_or_else(|| {
        Err(NotRead::damaged("its content", "the reader came upon something it cannot handle"))
    })
}

fn unwrap(file: &str, bytes: &[u8], wrapping: Wrapping) -> Result<Workbook, NotRead> {
    match wrapping {
        Wrapping::Package => {
            let package = Package::open(bytes)?;
            match package.holds {
                Packaged::Xlsx => xlsx::read(file, bytes, package),
                Packaged::Xlsb => xlsb::read(file, package),
                Packaged::Ods => ods::read(file, package),
            }
        }
        Wrapping::Container => xls::read_container(file, bytes),
        Wrapping::Stream => xls::read_stream(file, bytes),
        Wrapping::Text => csv::read(file, bytes),
    }
}
