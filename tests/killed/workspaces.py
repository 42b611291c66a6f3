"""Workspaces to be killed in: what stood there before, what is run, and what is to be said of it."""

import json
import re
import shutil
import subprocess
import zipfile
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Callable

SAMPLE = Path(__file__).resolve().parents[2] / "samples/workspaces/home-to-school-transport"
RETURNS = SAMPLE / "returns"

# Added to line by line, so that half a line at the end is a whole state of theirs.
# What runs keep between them; none of it has to be there.
CACHE = "/out/.cache/"
LIST = "out/.files.jsonl"
APPENDED = ("receipts.jsonl", LIST)
# Of no account: they say who holds the workspace, and are held by nobody once the program has ended.
LOCKS = (".quarterday.lock", ".quarterday.lock.txt")


@dataclass
class Case:
    """One command on one workspace.

    `make` fills an empty folder with what stands there before the command, with the help of the program. `arguments` are the
    command's, `DIR` in them the folder. `done` are exit statuses of the same command when all was done already.
    """

    name: str
    make: Callable[[str, Path], None]
    arguments: list[str]
    done: tuple[int, ...] = ()
    # Whether faults of the disk are tried as well; they take the same ways in every command that runs.
    faults: bool = False
    # What has to be among the files afterwards, so that the case stays full.
    makes: list[str] = field(default_factory=list)


def run(binary, folder, *arguments):
    done = subprocess.run([binary, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)
    if done.returncode not in (0, 1):
        raise SystemExit(f"the workspace cannot be made: {' '.join(arguments)}\n{done.stdout}{done.stderr}")


def put(folder, *files):
    """Puts returns of the sample where they lie in it."""
    for file in files:
        to = folder / "returns" / file
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(RETURNS / file, to)


def base(folder):
    """The sample's contract and register, without a provider who sends nothing here."""
    shutil.copytree(SAMPLE / "contracts", folder / "contracts")
    shutil.copyfile(SAMPLE / "register.xlsx", folder / "register.xlsx")
    (folder / "returns").mkdir()
    saved_anew(folder / "register.xlsx", lambda name, content, texts: without_rows(content, texts.index("Foxglove Minibuses")))


def changed(path):
    """Another word in a workbook, as when a provider sends it again."""
    saved_anew(path, lambda name, content, texts: content.replace("<t>Proprietor</t>", "<t>Manager</t>"))


def saved_anew(path, change):
    """Saves a workbook with its XML parts changed; `change` is told the shared texts as well."""
    with zipfile.ZipFile(path) as before:
        parts = [(part, before.read(part)) for part in before.namelist()]
    shared = next(content for name, content in parts if name == "xl/sharedStrings.xml").decode()
    texts = re.findall(r"<si><t[^>]*>(.*?)</t></si>", shared, re.DOTALL)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as after:
        for name, content in parts:
            if name.endswith(".xml"):
                content = change(name, content.decode(), texts).encode()
            after.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content)


def without_rows(sheet, text):
    """A sheet without the rows in which this shared text stands."""
    return re.sub(rf"<row [^>]*>(?:(?!</row>).)*<v>{text}</v></c>(?:(?!</row>).)*</row>", "", sheet, flags=re.DOTALL)


def first(binary, folder):
    """Before the first run of all."""
    base(folder)
    put(folder, "2025-09/marlpit Sep 25.xlsx", "2025-10/marlpit Oct 25.xlsx")


def later(binary, folder):
    """Before a run that adds, replaces and removes: one return is new, one was overwritten, one has another name, and the last run
    was as of a later day."""
    base(folder)
    put(folder, "2025-09/Brindle Coaches return September 2025.xlsx", "2025-09/marlpit Sep 25.xlsx")
    put(folder, "2025-10/marlpit Oct 25.xlsx")
    run(binary, folder, "run", str(folder), "--as-of", "2025-12-12")
    run(binary, folder, "run", str(folder), "--as-of", "2026-02-10")
    put(folder, "2025-11/marlpit Nov 25.xlsx")
    changed(folder / "returns/2025-10/marlpit Oct 25.xlsx")
    september = folder / "returns/2025-09"
    (september / "marlpit Sep 25.xlsx").rename(september / "Marlpit September.xlsx")


def whole(binary, folder):
    """After a run, with an issue made; then a return was overwritten."""
    later(binary, folder)
    run(binary, folder, "run", str(folder), "--as-of", "2025-12-22")
    run(binary, folder, *issue(folder, "2025-12-22"))
    changed(folder / "returns/2025-09/Marlpit September.xlsx")
    run(binary, folder, "run", str(folder), "--as-of", "2025-12-22")


def issue(folder, day):
    return [
        "issue", str(folder), "--contract", "home-to-school-transport", "--period", "2025-26 Q1",
        "--provider", "Marlpit Cars", "--as-of", day,
    ]


def empty(binary, folder):
    """An empty folder."""


PACK = "out/home-to-school-transport/Marlpit Cars/2025-26 Q1"

CASES = [
    Case("first run", first, ["run", "DIR", "--as-of", "2025-11-12"], makes=["receipts.jsonl", f"{PACK}/pack.html"]),
    Case(
        "later run",
        later,
        ["run", "DIR", "--as-of", "2025-12-22"],
        faults=True,
        makes=[
            "receipts.jsonl", "out/index.html", "out/home-to-school-transport/report.xlsx", f"{PACK}/pack.html",
            f"{PACK}/meeting/minutes.html", f"{PACK}/letters/improvement-plan.html", f"{PACK}/returned/marlpit Nov 25.xlsx",
        ],
    ),
    Case("issue", whole, issue(Path("DIR"), "2025-12-22")),
    Case(
        "init",
        empty,
        ["init", "DIR", "--contract", "kent-regulation-44"],
        done=(2,),
        makes=["register.xlsx", "quarterday.toml", "returns"],
    ),
    Case(
        "template",
        first,
        [
            "template", "home-to-school-transport", "monthly-return", "--period", "2025-12", "--provider", "Marlpit Cars",
            "--dir", "DIR", "--overwrite", "-o", "DIR/blank.xlsx",
        ],
        makes=["blank.xlsx"],
    ),
]


def faults_of_chain(text):
    """What is wrong with a ledger, in a sentence, or nothing."""
    before = "0" * 64
    if text and not text.endswith(b"\n"):
        return "its last line is not ended"
    for number, line in enumerate(text.splitlines(), 1):
        entry = json.loads(line)
        if entry["sequence"] != number or entry["previous"] != before:
            return f"line {number} does not continue the one before"
        before = sha256(line).hexdigest()
    return None
