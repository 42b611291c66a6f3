"""Combines the ratings of many workspaces as `quarterday help region` says, by the queries as they stand in that text.

    python combine.py PROGRAM [--workspaces 12] [--jobs 2]

Makes a workspace for each of so many councils with the generator of `benches/scale`: providers, figures and the number of contracts
differ from council to council, one council holds an indicator to a target of its own, and one ran as of an earlier day. Runs the
program in each, hands on `out/results` alone, and holds the answers of the documented queries against what `results.json` of every
workspace says, counted here anew. Then plants faults in what was handed on and stops if one of them is not found.
"""

import argparse
import collections
import importlib.util
import json
import math
import multiprocessing
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
import time

import duckdb

GENERATOR = pathlib.Path(__file__).parents[2] / "benches" / "scale" / "returns.py"
AS_OF = "2024-10-31"
# The hand-over of one council is older, and lacks what came since.
EARLIER, EARLIER_COUNCIL = "2024-08-31", 1
# This council's definition was varied: indicator 8 from 80% to 75%.
VARIED_COUNCIL, VARIED = 2, ('rule = { target = { at-least = "80%" } }', 'rule = { target = { at-least = "75%" } }')
# An indicator whose title a spreadsheet would take for a formula.
TITLE = 'title = "Briefings given to health partners"', 'title = "=Briefings given to health partners"'
QUARTERS = 2
ROWS = 40
# Longest time for one command, in seconds.
PATIENCE = 300


class Wrong(Exception):
    """An answer is not what the workspaces say."""


def generator():
    spec = importlib.util.spec_from_file_location("returns", GENERATOR)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def council(number: int) -> str:
    return f"Council {number:03}"


def make(folder: pathlib.Path, number: int) -> None:
    """The workspace of one council: one to three contracts of one to three providers, with figures of its own."""
    returns = generator()
    dice = random.Random(f"council {number}")
    (folder / "contracts").mkdir(parents=True)
    text = (returns.HERE / "contract.toml").read_text(encoding="utf-8")
    for had, has in [TITLE, *([VARIED] if number == VARIED_COUNCIL else [])]:
        assert text.count(had) == 1, f"{had} is no longer there"
        text = text.replace(had, has)
    providers, receipts = [], []
    for lot in range(1, dice.randrange(1, 4) + 1):
        contract = f"community-support-{lot}"
        definition = text.replace("{id}", contract).replace("{title}", f"Community support, lot {lot}")
        (folder / "contracts" / f"{contract}.toml").write_text(definition, encoding="utf-8")
        for place in range(dice.randrange(1, 4)):
            # Some providers work for several councils.
            name = returns.provider((7 * number + 3 * lot + place) % 60)
            providers.append((name, contract))
            for quarter in range(QUARTERS):
                if dice.random() < 0.1:
                    continue
                first, last = returns.quarter(quarter)
                file = f"{contract}/{first:%Y-%m}/{place}.xlsx"
                path = folder / "returns" / file
                path.parent.mkdir(parents=True, exist_ok=True)
                receipts.append((file, last + returns.datetime.timedelta(days=10)))
                returns.write(path, contract, name, first, last, f"{number} {lot} {place} {quarter}", ROWS)
    (folder / "returns").mkdir(exist_ok=True)
    (folder / "out").mkdir()
    returns.register(folder / "register.xlsx", providers, receipts)


def prepare(job: tuple[pathlib.Path, pathlib.Path, int, str]) -> tuple[float, float]:
    """Makes a workspace and runs the program in it. Seconds of either."""
    program, folder, number, as_of = job
    begun = time.monotonic()
    make(folder, number)
    made = time.monotonic()
    ran = subprocess.run(
        [program, "run", folder, "--as-of", as_of, "--quiet"], capture_output=True, text=True, timeout=PATIENCE
    )
    # 1: some returns need attention, as is meant.
    if ran.returncode not in (0, 1):
        raise Wrong(f"{folder.name}: status {ran.returncode}: {ran.stderr}")
    return made - begun, time.monotonic() - made


def documented(program: pathlib.Path) -> list[str]:
    """The queries of the help text, in order."""
    text = subprocess.run([program, "help", "region"], capture_output=True, text=True, timeout=PATIENCE, check=True).stdout
    blocks = re.findall(r"(?:^    .*\n)+", text, re.MULTILINE)
    queries = [textwrap.dedent(block) for block in blocks if re.match(r"\s*(select|create)\b", block)]
    if len(queries) != 5 or not all(query.rstrip().endswith(";") for query in queries):
        raise Wrong(f"the help text has {len(queries)} queries, or one is not whole")
    return queries


Rating = collections.namedtuple(
    "Rating",
    "council contract provider period first last kpi title area unit target rating clause note value numerator denominator file sheet cell",
)


def told(workspaces: dict[str, pathlib.Path]) -> tuple[list[Rating], dict[str, tuple[str, str]]]:
    """Every rating of every `results.json`, and the as-of date and version of each."""
    ratings, days = [], {}
    for name, folder in workspaces.items():
        results = json.loads((folder / "out" / "results.json").read_text(encoding="utf-8"))
        days[name] = (results["as_of"], results["program"])
        for review in results["reviews"]:
            for own in review["ratings"]:
                cell = (own["cells"] or [{"file": None, "sheet": None, "cell": None}])[0]
                ratings.append(
                    Rating(
                        name, review["contract"], review["provider"], own["period"], own["from"], own["to"], own["kpi"],
                        guarded(own["title"]), own["area"], own["unit"], own["target"], own["rating"], own["clause"], own["note"], own["value"],
                        own["numerator"], own["denominator"], cell["file"], cell["sheet"], cell["cell"],
                    )
                )
    return ratings, days


def guarded(text: str) -> str:
    """As the file has it: never a formula."""
    return f"'{text}" if text[:1] in "=+-@" else text


def same(of: str, answered, expected) -> None:
    """Both hold the same rows, whatever their order; numbers are the same when they differ by rounding alone."""

    def key(row):
        return [(type(cell).__name__, f"{cell:.9f}" if isinstance(cell, float) else str(cell)) for cell in row]

    def plain(rows):
        return sorted(([float(cell) if isinstance(cell, int) else cell for cell in row] for row in rows), key=key)

    answered, expected = plain(answered), plain(expected)
    if len(answered) != len(expected):
        raise Wrong(f"{of}: {len(answered)} rows, and the workspaces have {len(expected)}")
    for got, wanted in zip(answered, expected):
        for one, other in zip(got, wanted, strict=True):
            near = isinstance(one, float) and isinstance(other, float) and math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)
            if one != other and not near:
                raise Wrong(f"{of}: {got} where the workspaces have {wanted}")


def compare(region: pathlib.Path, queries: list[str], ratings: list[Rating], days: dict) -> dict[str, float]:
    """Asks the documented queries below `region` and holds each answer against the workspaces. Seconds of each."""
    # The queries name their files from the folder in which DuckDB is started.
    os.chdir(region.parent)
    database = duckdb.connect()
    seconds = {}

    def ask(name: str, query: str):
        begun = time.monotonic()
        rows = database.execute(query).fetchall()
        seconds[name] = time.monotonic() - begun
        return [[cell.isoformat() if hasattr(cell, "isoformat") else cell for cell in row] for row in rows]

    view, ages, counts, shares, targets = queries
    database.execute(view)
    columns = [name for name, *_ in database.execute("describe ratings").fetchall()]
    order = ["from" if name == "first" else "to" if name == "last" else name for name in Rating._fields]
    if sorted(columns) != sorted(order):
        raise Wrong(f"the view has the columns {columns}")
    chosen = ", ".join(f'"{name}"' for name in order)
    same("every rating", ask("every rating", f"select {chosen} from ratings"), ratings)

    answered = ask("age", ages)
    same("age of each hand-over", answered, [(name, *day) for name, day in days.items()])
    if [row[1] for row in answered] != sorted(row[1] for row in answered):
        raise Wrong("age of each hand-over: not the oldest first")

    of_contract = [own for own in ratings if own.area is None]
    counted = collections.Counter((own.council, own.contract, own.first, own.last, own.rating) for own in of_contract)
    same("indicators by rating", ask("indicators by rating", counts), [(*key, number) for key, number in counted.items()])

    groups = collections.defaultdict(list)
    for own in of_contract:
        if own.unit == "percent":
            groups[own.contract, own.kpi, own.unit, own.target, own.first, own.last].append(own)
    expected = []
    for key, group in groups.items():
        rated = [own for own in group if own.value is not None]
        met = sum(own.numerator for own in rated) if rated else None
        of = sum(own.denominator for own in rated) if rated else None
        values = [own.value for own in rated]
        expected.append(
            (*key, met, of, met / of if of else None, min(values, default=None), max(values, default=None), len(group) - len(rated))
        )
    same("shares over all", ask("shares over all", shares), expected)

    groups = collections.defaultdict(list)
    for own in ratings:
        groups[own.contract, own.kpi, own.first, own.last].append(own)
    expected = []
    for key, group in groups.items():
        own_targets = sorted({own.target or "none" for own in group})
        if max(len(own_targets), len({own.title for own in group}), len({own.unit for own in group})) > 1:
            expected.append((*key, len({own.council for own in group}), str(own_targets)))
    answered = [[*row[:-1], str(row[-1])] for row in ask("targets that differ", targets)]
    same("targets that differ", answered, expected)
    if {row[1] for row in answered} != {"8"}:
        raise Wrong("targets that differ: the varied indicator is not the one that is found")
    return seconds


def hand_on(workspaces: dict[str, pathlib.Path], region: pathlib.Path) -> None:
    """What a council hands on: the one folder."""
    for name, folder in workspaces.items():
        shutil.copytree(folder / "out" / "results", region / name / "out" / "results")


def changed(path: pathlib.Path, old: str, new: str) -> None:
    content = path.read_bytes()
    planted = re.sub(old.encode(), new.encode(), content, count=1)
    if planted == content:
        raise SystemExit(f"WRONG: nothing to plant a fault in: {old} is not in {path}")
    path.write_bytes(planted)


def plant_each(region: pathlib.Path, queries: list[str], ratings: list[Rating], days: dict) -> None:
    """Each fault in what was handed on must be found; stops otherwise."""
    results = region / council(0) / "out" / "results"
    quarter = results / "contract=community-support-1" / "period=2024-25 Q1"
    older = results / "contract=community-support-1" / "period=2023-24 Q4"
    faults = {
        "a rating that is another": lambda: changed(quarter / "ratings.csv", ",(red|amber|green),", ",stretch,"),
        "a figure that is another": lambda: changed(quarter / "ratings.csv", r",(\d+),,,count,", r",1\1,,,count,"),
        "a title without its apostrophe": lambda: changed(quarter / "ratings.csv", ",'=Briefings", ",=Briefings"),
        "a period that is missing": lambda: shutil.rmtree(quarter),
        "a period left from an older hand-over": lambda: shutil.copytree(quarter, older),
        "another day": lambda: changed(results / "about.json", AS_OF, "2024-11-30"),
        "a council that is missing": lambda: shutil.rmtree(region / council(0)),
    }
    kept = region.parent / "kept"
    shutil.copytree(region / council(0), kept)
    for name, plant in faults.items():
        plant()
        try:
            compare(region, queries, ratings, days)
        except Wrong:
            pass
        else:
            raise SystemExit(f"WRONG: {name} was planted and not found")
        shutil.rmtree(region / council(0), ignore_errors=True)
        shutil.copytree(kept, region / council(0))
    compare(region, queries, ratings, days)
    print(f"Each of {len(faults)} planted faults is found.")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--workspaces", type=int, default=12, help="how many councils; at least 3")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="how many are made and run at once")
    chosen = parser.parse_args()
    program = chosen.program.resolve()
    if chosen.workspaces < 3:
        parser.error("at least 3 workspaces")
    queries = documented(program)
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        workspaces = {council(number): scratch / "councils" / council(number) for number in range(chosen.workspaces)}
        jobs = [
            (program, folder, number, EARLIER if number == EARLIER_COUNCIL else AS_OF)
            for number, folder in enumerate(workspaces.values())
        ]
        begun = time.monotonic()
        with multiprocessing.Pool(chosen.jobs) as pool:
            took = pool.map(prepare, jobs, chunksize=1)
        print(
            f"{len(jobs)} workspaces made and run in {time.monotonic() - begun:.1f} s: {sum(made for made, _ in took):.1f} s of making,"
            f" {sum(ran for _, ran in took):.1f} s of runs."
        )
        ratings, days = told(workspaces)
        kinds = collections.Counter(own.rating for own in ratings)
        print(f"{len(ratings)} ratings: {', '.join(f'{number} {kind}' for kind, number in kinds.most_common())}")
        if not {"green", "red", "no-return"} <= kinds.keys():
            raise SystemExit("WRONG: the workspaces do not have every kind of rating that the queries must tell apart")
        region = scratch / "region"
        hand_on(workspaces, region)
        files = [path for path in region.rglob("*") if path.is_file()]
        print(f"{len(files)} files of {sum(path.stat().st_size for path in files) / 1e6:.2f} MB are handed on.")
        try:
            seconds = compare(region, queries, ratings, days)
        except Wrong as wrong:
            print(f"WRONG: {wrong}")
            return 1
        print("Documented queries in DuckDB: " + ", ".join(f"{name} {1000 * own:.0f} ms" for name, own in seconds.items()))
        plant_each(region, queries, ratings, days)
        os.chdir("/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
