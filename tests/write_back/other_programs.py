"""Holds coloured copies against their originals with programs that know nothing of this one.

    python other_programs.py pairs FOLDER     pairs of FOLDER/original and FOLDER/returned, by name
    python other_programs.py demo FOLDER      what `quarterday demo FOLDER` sends back, and the returns it came from

* openpyxl opens both, with equal values, formulas, merged areas and sizes, and the notes that were there;
* openxml-audit finds nothing in the copy that it does not find in the original;
* LibreOffice opens both, with equal values in every cell.

The council's own sheet is left out. Ends with status 1 when anything differs.
"""

import argparse
import collections
import concurrent.futures
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

import openpyxl
from openxml_audit import OpenXmlValidator

FEEDBACK = "Council feedback"
# Files that LibreOffice is given at a time: one start costs two seconds.
AT_A_TIME = 60
# Longest time for so many files, in seconds.
PATIENCE = 180

Pair = collections.namedtuple("Pair", "name original returned")


def pairs_of_folder(folder):
    """Pairs by the stem of their names."""
    originals = {path.stem: path for path in (folder / "original").iterdir()}
    returned = sorted((folder / "returned").iterdir())
    return [Pair(path.stem, originals[path.stem], path) for path in returned]


def pairs_of_demo(folder):
    """Each returned workbook says on the council's sheet by which SHA-256 its original is kept."""
    pairs, rebuilt = [], []
    for workspace in sorted(path for path in folder.iterdir() if path.is_dir()):
        results = json.loads((workspace / "out" / "results.json").read_text(encoding="utf-8"))
        known = {
            version["sha256"]
            for review in results["reviews"]
            for submission in review["submissions"]
            for version in submission["versions"]
        }
        for path in sorted(workspace.glob("out/**/returned/*.xlsx")):
            book = openpyxl.load_workbook(path, read_only=True)
            # A provider's own sheet of that name, or the one it answered on, stands before.
            last = [name for name in book.sheetnames if name.startswith(FEEDBACK)][-1]
            rows = list(book[last].iter_rows(max_col=2, values_only=True))
            book.close()
            sha256 = next(row[1] for row in rows if row[0] == "SHA-256")
            assert sha256 in known, f"{path}: {sha256} is not in results.json"
            [original] = (workspace / "originals").glob(f"{sha256}.*")
            name = str(path.relative_to(folder))
            anew = any("made anew" in str(row[0]) for row in rows[:6])
            if anew or original.suffix not in (".xlsx", ".xlsm"):
                rebuilt.append(name)
            else:
                pairs.append(Pair(name, original, path))
    print(f"{len(pairs)} are the provider's own file, {len(rebuilt)} were rebuilt", flush=True)
    return pairs


def cells(book):
    """What stands in each cell, sheet by sheet; array formulas by their text."""
    found = {}
    for sheet in book.worksheets:
        own = {}
        for (row, column), cell in sheet._cells.items():
            value = cell.value
            if value is not None:
                own[row, column] = (cell.data_type, getattr(value, "text", None) or str(value))
        found[sheet.title] = own
    return found


def furniture(sheet):
    """What a sheet has besides its cells."""
    return {
        "merged areas": sorted(str(area) for area in sheet.merged_cells.ranges),
        "widths": {key: column.width for key, column in sheet.column_dimensions.items()},
        "heights": {key: row.height for key, row in sheet.row_dimensions.items() if row.height},
        "state": sheet.sheet_state,
        "freeze panes": sheet.freeze_panes,
        "validations": sorted(str(own.sqref) for own in sheet.data_validations.dataValidation),
        "tables": sorted(sheet.tables),
        "print area": sheet.print_area,
        "protection": sheet.protection.sheet,
    }


def opened_by_openpyxl(pair):
    """What openpyxl sees differently."""
    faults = []
    for values in (False, True):
        try:
            old = openpyxl.load_workbook(pair.original, data_only=values)
        except Exception as error:  # what it never opened it cannot judge
            return [f"not opened by openpyxl as it came: {error!r}"], []
        if not old.sheetnames:
            return ["openpyxl finds no sheet in it as it came"], []
        new = openpyxl.load_workbook(pair.returned, data_only=values)
        # A return made from a coloured copy has the council's sheet of then, which is replaced, and notes that are.
        again = [name for name in old.sheetnames if name == FEEDBACK]
        own_sheets = [name for name in old.sheetnames if name not in again]
        if new.sheetnames[:-1] not in (old.sheetnames, own_sheets) or not new.sheetnames[-1].startswith(FEEDBACK):
            faults.append(f"sheets {old.sheetnames} have become {new.sheetnames}")
            continue
        before, after = cells(old), cells(new)
        # Sheets of charts have no cells.
        for name in (name for name in own_sheets if name in before):
            own, now = before[name], after[name]
            for place in sorted(own.keys() | now.keys()):
                if own.get(place) != now.get(place):
                    faults.append(f"{name} {place}: {own.get(place)} has become {now.get(place)}")
                    break
        for sheet in (sheet for sheet in old.worksheets if sheet.title in own_sheets):
            there, here = furniture(sheet), furniture(new[sheet.title])
            for what in there:
                if there[what] != here[what] and not (what == "heights" and there[what].items() <= here[what].items()):
                    faults.append(f"{sheet.title}: {what} {there[what]} have become {here[what]}")
            for place, cell in sheet._cells.items():
                note = not again and cell.comment and cell.comment.text
                now = note and new[sheet.title].cell(*place).comment
                if note and (now is None or note.strip() not in now.text):
                    faults.append(f"{sheet.title} {place}: the note {note!r} has become {now and now.text!r}")
        if sorted(old.defined_names) != sorted(set(new.defined_names) & set(old.defined_names)):
            if pair.original.suffix != ".xlsm":
                faults.append(f"names {sorted(old.defined_names)} have become {sorted(new.defined_names)}")
    return [], faults


def audited(pair):
    """What openxml-audit finds in the copy alone."""
    validator = OpenXmlValidator(max_errors=0)

    def found(path):
        return {(error.part_uri, error.description) for error in validator.validate(str(path)).errors}

    return [f"{part}: {what}" for part, what in sorted(found(pair.returned) - found(pair.original))]


def judged(pair):
    """Both, with the time they took."""
    warnings.simplefilter("ignore")
    start = time.monotonic()
    unread, faults = opened_by_openpyxl(pair)
    middle = time.monotonic()
    faults += audited(pair)
    return pair.name, unread, faults, middle - start, time.monotonic() - middle


def converted(files, out):
    """The cells of each workbook as LibreOffice sees them: a folder each, a text a sheet."""
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        for start in range(0, len(files), AT_A_TIME):
            names = []
            for number, file in enumerate(files[start : start + AT_A_TIME], start):
                # Names of sheets follow the file's; numbers keep them apart, and dashes out of them.
                name = scratch / f"{number:05}{file.suffix}"
                shutil.copyfile(file, name)
                names.append(name)
            command = [
                "soffice",
                f"-env:UserInstallation=file://{scratch}/profile",
                "--headless",
                "--convert-to",
                # Comma, double quotes, UTF-8, no formats, values and not their looks, formulas as values, all sheets.
                "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1",
                "--outdir",
                out,
                *names,
            ]
            # In a group of its own: what it starts is stopped with it.
            program = subprocess.Popen(
                command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
            )
            try:
                status = program.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                os.killpg(program.pid, signal.SIGKILL)
                sys.exit(f"LibreOffice does not come to an end with one of {files[start : start + AT_A_TIME]}")
            if status:
                sys.exit(f"LibreOffice ended with {status}")
    sheets = collections.defaultdict(dict)
    for path in Path(out).iterdir():
        number, _, sheet = path.stem.partition("-")
        sheets[int(number)][sheet] = path.read_bytes()
    return sheets


def opened_by_libreoffice(pairs):
    """What LibreOffice sees differently."""
    faults, unread = [], []
    with tempfile.TemporaryDirectory() as before, tempfile.TemporaryDirectory() as after:
        old = converted([pair.original for pair in pairs], before)
        new = converted([pair.returned for pair in pairs], after)
        for number, pair in enumerate(pairs):
            there, here = old.get(number, {}), new.get(number, {})
            if not there:
                unread.append(f"{pair.name}: not opened by LibreOffice as it came")
                continue
            if not any(sheet.startswith(FEEDBACK) for sheet in here):
                faults.append(f"{pair.name}: LibreOffice finds no sheet “{FEEDBACK}”")
            own = [(sheet, text) for sheet, text in there.items() if sheet != FEEDBACK]
            for sheet, text in own:
                # A row or a column more at the end is one that was only made to carry a colour.
                if trimmed(text) != trimmed(here.get(sheet, b"gone")):
                    faults.append(f"{pair.name}: LibreOffice sees other values on “{sheet}”")
    return faults, unread


def trimmed(text):
    lines = [line.rstrip(b",") for line in text.splitlines()]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("kind", choices=["pairs", "demo"])
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--without-libreoffice", action="store_true")
    told = arguments.parse_args()
    pairs = pairs_of_folder(told.folder) if told.kind == "pairs" else pairs_of_demo(told.folder)
    if not pairs:
        sys.exit("there is nothing to compare")
    faults, unread, openpyxl_time, audit_time = [], [], 0.0, 0.0
    with concurrent.futures.ProcessPoolExecutor(os.cpu_count()) as pool:
        for name, own_unread, own, one, two in pool.map(judged, pairs, chunksize=4):
            faults += [f"{name}: {fault}" for fault in own]
            unread += [f"{name}: {reason}" for reason in own_unread]
            openpyxl_time, audit_time = openpyxl_time + one, audit_time + two
    print(f"openpyxl {openpyxl_time:.0f} s, openxml-audit {audit_time:.0f} s of {os.cpu_count()} processes", flush=True)
    if not told.without_libreoffice:
        start = time.monotonic()
        own, own_unread = opened_by_libreoffice(pairs)
        faults += own
        unread += own_unread
        print(f"LibreOffice {time.monotonic() - start:.0f} s", flush=True)
    for line in unread + faults:
        print(line)
    print(f"{len(pairs)} pairs, {len(unread)} that could not be judged by all, {len(faults)} faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
