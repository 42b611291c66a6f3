//! Three thousand files at once, among them copies that are not finished: each is taken once, whole.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::thread;
use std::time::Duration;

use super::support::{Reviews, Watch, kpi_return, sha256};

const FILES: usize = 3000;

/// Dropped files by name with their bytes.
type Dropped = BTreeMap<String, Vec<u8>>;

fn drop_in(returns: &Path, file: &str, bytes: &[u8], dropped: &mut Dropped) {
    let path = returns.join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
    dropped.insert(format!("returns/{file}"), bytes.to_vec());
}

/// Made at its full size, then filled piece by piece from its beginning, with its time set back after each, as some copiers do.
fn fill(path: &Path, bytes: &[u8]) {
    let mut file = File::create(path).unwrap();
    file.set_len(bytes.len() as u64).unwrap();
    let time = file.metadata().unwrap().modified().unwrap();
    for (index, piece) in bytes.chunks(bytes.len() / 5 + 1).enumerate() {
        thread::sleep(Duration::from_millis(800));
        file.seek(SeekFrom::Start((index * (bytes.len() / 5 + 1)) as u64)).unwrap();
        file.write_all(piece).unwrap();
        file.set_modified(time).unwrap();
    }
}

#[test]
fn each_of_three_thousand_files_is_taken_once_and_whole() {
    let reviews = Reviews::new();
    let returns = reviews.returns();
    let mut watch = Watch::start(&reviews, &["--settle", "2"]);
    watch.until_ran(1);

    let mut dropped = Dropped::new();
    let workbook = kpi_return();
    fs::create_dir_all(returns.join("slow")).unwrap();
    let filling: Vec<_> = (0..3)
        .map(|number| {
            // Bytes of their own behind the end of the package, which is a workbook all the same or is not; it is taken either way.
            let bytes = [workbook.as_slice(), format!("filled {number}").as_bytes()].concat();
            dropped.insert(format!("returns/slow/{number}.xlsx"), bytes.clone());
            let path = returns.join(format!("slow/{number}.xlsx"));
            thread::spawn(move || fill(&path, &bytes))
        })
        .collect();
    drop_in(&returns, "Harbour/kpi.xlsx", &workbook, &mut dropped);
    for number in dropped.len()..FILES {
        let bytes = format!("Unit,Visits\nUnit {number},{}\n", number % 7);
        let file = format!("{}/{number}.csv", number % 50);
        match number % 10 {
            // Moved into place when it is whole.
            0 => {
                let path = returns.join(&file);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                let beside = returns.join(format!("{number}.part"));
                fs::write(&beside, &bytes).unwrap();
                fs::rename(beside, path).unwrap();
                dropped.insert(format!("returns/{file}"), bytes.into_bytes());
            }
            _ => drop_in(&returns, &file, bytes.as_bytes(), &mut dropped),
        }
        if number % 100 == 0 {
            fs::write(returns.join(format!("~${number}.csv")), "pat").unwrap();
            fs::write(returns.join(format!("{number}.tmp")), "half").unwrap();
            thread::sleep(Duration::from_millis(50));
        }
    }
    filling.into_iter().for_each(|filling| filling.join().unwrap());
    assert_eq!(dropped.len(), FILES);

    let files: Vec<&str> = dropped.keys().map(String::as_str).collect();
    watch.until_taken(&files);
    // Whatever would be taken twice would be taken with the next.
    for file in files.iter().step_by(300) {
        let path = reviews.path().join(file);
        let bytes = fs::read(&path).unwrap();
        fs::write(&path, bytes).unwrap();
    }
    drop_in(&returns, "last.csv", b"Unit,Visits\nlast,1\n", &mut dropped);
    watch.until_taken(&["returns/last.csv"]);
    let (said, status, err) = watch.stop();
    assert_eq!(status, Some(0), "{err}");
    assert_eq!(said.last().unwrap()["event"], "stopped");

    let expected: BTreeMap<String, Vec<String>> =
        dropped.iter().map(|(file, bytes)| (file.clone(), vec![sha256(bytes)])).collect();
    let mut taken: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in said.iter().filter(|line| line["event"] == "taken") {
        let (file, hash) = (line["file"].as_str().unwrap(), line["sha256"].as_str().unwrap());
        taken.entry(file.to_string()).or_default().push(hash.to_string());
    }
    assert!(taken == expected, "{:?}", differences(&taken, &expected));
    let seen = reviews.seen();
    assert!(seen == expected, "{:?}", differences(&seen, &expected));
    let runs = said.iter().filter(|line| line["event"] == "ran").count();
    assert!(runs < 20, "{runs} runs for one burst");
    let own = said.iter().find(|line| line["file"] == "returns/Harbour/kpi.xlsx").unwrap();
    assert_eq!((&own["outcome"], &own["form"]), (&"return".into(), &"quarterly-kpi".into()), "{own}");
}

fn differences<'a>(
    own: &'a BTreeMap<String, Vec<String>>,
    other: &'a BTreeMap<String, Vec<String>>,
) -> Vec<&'a String> {
    let names = own.keys().chain(other.keys());
    let mut names: Vec<&String> = names.filter(|name| own.get(*name) != other.get(*name)).collect();
    names.truncate(20);
    names
}
