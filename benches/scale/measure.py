"""Measures whole runs over workspaces of generated returns, beside the least they could take and beside other ways of doing the job.

    python benches/scale/measure.py FOLDER                      300, 3,000 and 10,000 returns: hours, and 30 GB of disk
    python benches/scale/measure.py FOLDER --sizes 40 300 --cycles 3

Workspaces are generated below FOLDER, and taken again where they are there. `measured.md` (what is printed) and `measured.json` are
written there. For each size, as processes of their own:

* the program's first run with an empty `out`; again with nothing changed; again with one return put in;
* `floor`: bare calamine reading and bare writing of what the first run wrote (see `floor.rs`);
* openpyxl and pandas (see `peers.py`) on the first 300 returns at most, with as many processes as cores, their ratings held against the
  program's.

Then a log of 200,000 rows, how quickly the program starts, and how large it is. Memory is looked at every 50 ms: the most a process
ever had (VmHWM), and the most all had at one moment (VmRSS, in which shared pages count for each process). Linux only.
"""

import argparse
import collections
import dataclasses
import json
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import threading
import time

import returns

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
AT_MOST_FOR_PEERS = 300
STARTS = 20
LONG_LOG = 200_000
SMALL_FILE = ROOT / "samples" / "workspaces" / "cheshire-advocacy"
KEPT = {"contracts", "register.xlsx", "returns"}
# The folder for what earlier runs left.
EARLIER = "earlier"
MB = 1024 * 1024


@dataclasses.dataclass
class Run:
    """One process with its children: seconds, and megabytes at most."""

    seconds: float
    processor: float
    parent: float
    worker: float
    together: float
    out: str
    status: int


def processes(root: int) -> list[int]:
    """A process and all below it."""
    found, waiting = [], [root]
    while waiting:
        process = waiting.pop()
        found.append(process)
        for children in pathlib.Path(f"/proc/{process}/task").glob("*/children"):
            try:
                waiting += map(int, children.read_text().split())
            except OSError:
                pass
    return found


def memory(process: int) -> dict[str, float]:
    """VmHWM and VmRSS in megabytes; nothing where the process is gone."""
    try:
        lines = pathlib.Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return {}
    fields = (line.split() for line in lines if line.startswith(("VmHWM:", "VmRSS:")))
    return {name.rstrip(":"): int(kilobytes) / 1024 for name, kilobytes, _ in fields}


class Watch(threading.Thread):
    """Looks at the memory of a process and its children until it is told to stop."""

    def __init__(self, root: int):
        super().__init__(daemon=True)
        self.root, self.done = root, threading.Event()
        self.parent = self.worker = self.together = 0.0

    def run(self) -> None:
        while not self.done.wait(0.05):
            each = {process: memory(process) for process in processes(self.root)}
            self.parent = max(self.parent, each[self.root].get("VmHWM", 0))
            self.worker = max([self.worker, *(own.get("VmHWM", 0) for process, own in each.items() if process != self.root)])
            self.together = max(self.together, sum(own.get("VmRSS", 0) for own in each.values()))


def timed(*command: object) -> Run:
    """Runs a program to its end, with nothing left to be written to the disk before."""
    os.sync()
    start = time.perf_counter()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    watch = Watch(process.pid)
    watch.start()
    out = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    watch.done.set()
    watch.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    own = max(watch.parent, 0 if watch.worker else usage.ru_maxrss / 1024)
    return Run(seconds, usage.ru_utime + usage.ru_stime, own, watch.worker, watch.together, out, process.returncode)


def middle(runs: list[Run]) -> Run:
    """The run of the median time, with the most memory of all."""
    run = sorted(runs, key=lambda own: own.seconds)[len(runs) // 2]
    return dataclasses.replace(run, **{name: max(getattr(own, name) for own in runs) for name in ("parent", "worker", "together")})


def built(profile: str, kind: str, name: str) -> pathlib.Path:
    """Builds it; where it is."""
    command = ["cargo", "build", "--locked", "--profile", profile, "--message-format", "json", kind, name]
    lines = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    # The program itself is built along with a benchmark.
    made = (own for own in map(json.loads, lines) if own.get("target", {}).get("name") == name and own.get("executable"))
    return pathlib.Path(next(made)["executable"])


def generated(folder: pathlib.Path, number: int, rows: int = 1_500) -> pathlib.Path:
    if not folder.exists():
        unfinished = folder.with_name(f"{folder.name}.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        returns.make(unfinished, number, rows)
        unfinished.rename(folder)
    return folder


def emptied(workspace: pathlib.Path) -> pathlib.Path:
    """The workspace as no run has seen it. What earlier runs left is put aside until all is measured: some file systems are slow to
    make files for minutes after many were deleted."""
    aside = workspace.parent / EARLIER / f"{workspace.name} {time.time_ns()}"
    aside.mkdir(parents=True)
    for path in list(workspace.iterdir()):
        if path.name not in KEPT:
            path.rename(aside / path.name)
    (workspace / "out").mkdir()
    return workspace


def size(folder: pathlib.Path) -> tuple[int, float]:
    """How many files, and megabytes in them."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return len(sizes), sum(sizes) / MB


class Measuring:
    def __init__(self, chosen: argparse.Namespace):
        self.folder, self.cycles = chosen.folder, chosen.cycles
        self.program = chosen.program or built(chosen.profile, "--bin", "quarterday")
        self.floor_program = chosen.floor or built(chosen.profile, "--bench", "floor")

    def run(self, workspace: pathlib.Path) -> Run:
        run = timed(self.program, "run", workspace, "--as-of", returns.AS_OF)
        assert run.status in (0, 1), f"the run over {workspace} ended with status {run.status}"
        return run

    def size(self, number: int) -> dict:
        """Everything of one size."""
        workspace = generated(self.folder / f"returns-{number}", number + 1)
        late, aside = self.put_aside(workspace, number)
        runs, floors = collections.defaultdict(list), []
        cycles = self.cycles or (3 if number <= 1_000 else 1)
        say = lambda what: print(f"{number} returns: {what}", file=sys.stderr, flush=True)
        for cycle in range(cycles):
            emptied(workspace)
            say(f"cycle {cycle + 1} of {cycles}")
            runs["first"].append(self.run(workspace))
            floors.append(self.floor(workspace))
            runs["again"] += [self.run(workspace) for _ in range(2)]
            files, megabytes = size(workspace / "out")
            # Of thousands of returns they would fill the memory; that the peers agree is seen at the smaller size.
            ratings = ratings_of(workspace) if number <= AT_MOST_FOR_PEERS else None
            shutil.copyfile(aside, late)
            runs["put in"].append(self.run(workspace))
            late.unlink()
        emptied(workspace)
        say("peers")
        peers = {name: self.peer(name, workspace, number, ratings) for name in ("openpyxl", "pandas")}
        return {
            "returns": number,
            "cycles": cycles,
            **{name: as_figures(middle(own)) for name, own in runs.items()},
            "floor": {part: statistics.median(own[part] for own in floors) for part in ("read", "write", "cells", "files")},
            "out files": files,
            "out megabytes": megabytes,
            "peers": peers,
        }

    def put_aside(self, workspace: pathlib.Path, number: int) -> tuple[pathlib.Path, pathlib.Path]:
        """The newest return of a provider that has sent others before, and where it lies until it is put in."""
        aside, place = (self.folder / f"put-in-{number}.{kind}" for kind in ("xlsx", "txt"))
        if not aside.exists():
            late = sorted((workspace / "returns").rglob("*.xlsx"))[-1]
            place.write_text(str(late.relative_to(workspace)), encoding="utf-8")
            late.rename(aside)
        late = workspace / place.read_text(encoding="utf-8")
        # A run that was broken off may have left it there.
        late.unlink(missing_ok=True)
        return late, aside

    def floor(self, workspace: pathlib.Path) -> dict:
        target = self.folder / "floor"
        shutil.rmtree(target, ignore_errors=True)
        run = timed(self.floor_program, workspace, target)
        shutil.rmtree(target, ignore_errors=True)
        return json.loads(run.out)

    def peer(self, name: str, workspace: pathlib.Path, number: int, ratings: dict | None) -> dict:
        """What a peer takes for the first returns, and how many of its ratings are the program's."""
        target = self.folder / "peer"
        some = min(number, AT_MOST_FOR_PEERS)
        run = timed(sys.executable, HERE / "peers.py", name, workspace, target, "--returns", some, "--processes", os.cpu_count())
        assert run.status == 0, f"{name} ended with status {run.status}"
        own = json.loads((target / "ratings.json").read_text(encoding="utf-8"))
        shutil.rmtree(target)
        same = sum(ratings.get((file, kpi, area)) == word for file, kpi, area, word in own) if ratings else None
        return {**as_figures(run), "returns": some, "ratings": len(own), "same": same}

    def long_log(self) -> dict:
        workspace = emptied(generated(self.folder / f"log-{LONG_LOG}", 1, LONG_LOG))
        run = self.run(workspace)
        results = json.loads((workspace / "out" / "results.json").read_text(encoding="utf-8"))
        rated = sum(rating["rating"] in ("green", "red") for review in results["reviews"] for rating in review["ratings"])
        file = next((workspace / "returns").rglob("*.xlsx"))
        why = [own["reason"] for own in results["unrecognised"]]
        figures = {**as_figures(run), "file megabytes": file.stat().st_size / MB, "rated": rated, "why not": why}
        emptied(workspace)
        return figures

    def starts(self) -> dict:
        def median(*command: object) -> float:
            return statistics.median(timed(self.program, *command).seconds for _ in range(STARTS)) * 1e3

        small = min(SMALL_FILE.rglob("*.xlsx"), key=lambda path: (path.stat().st_size < 5_000, path.stat().st_size))
        return {
            "help": median("--help"),
            "check": median("check", small),
            "small": f"{small.stat().st_size / 1024:.0f} kB",
            "binary": self.program.stat().st_size / MB,
        }


def ratings_of(workspace: pathlib.Path) -> dict:
    """The ratings by file, KPI and area."""
    results = json.loads((workspace / "out" / "results.json").read_text(encoding="utf-8"))
    ratings = (rating for review in results["reviews"] for rating in review["ratings"])
    return {(own["cells"][0]["file"], own["kpi"], own["area"] or ""): own["rating"] for own in ratings if own["cells"]}


def as_figures(run: Run) -> dict:
    figures = dataclasses.asdict(run)
    del figures["out"], figures["status"]
    return figures


def table(sizes: list[dict]) -> list[str]:
    """A Markdown table: a line a measure, a column a size."""
    lines = [["", *(f"{own['returns']:,} returns" for own in sizes)], ["---", *("---:" for _ in sizes)]]

    def line(title: str, cell) -> None:
        lines.append([title, *map(cell, sizes)])

    def seconds(taken: float, number: int) -> str:
        return f"{taken:,.1f} s ({taken / number * 1e3:,.1f} ms each)"

    floor = lambda own: own["floor"]["read"] + own["floor"]["write"]
    line("First run", lambda own: seconds(own["first"]["seconds"], own["returns"]))
    line("Floor: bare reading", lambda own: seconds(own["floor"]["read"], own["returns"]))
    line("Floor: bare writing", lambda own: seconds(own["floor"]["write"], own["returns"]))
    line("**First run by floor** (at most 1.25)", lambda own: f"{own['first']['seconds'] / floor(own):.2f}")
    line("Second run, nothing changed", lambda own: f"{own['again']['seconds']:,.2f} s")
    line("**Second run by first** (at most 5%)", lambda own: f"{own['again']['seconds'] / own['first']['seconds']:.1%}")
    line("Run with one return put in", lambda own: f"{own['put in']['seconds']:,.2f} s")
    line("Of that for the return", lambda own: f"{own['put in']['seconds'] - own['again']['seconds']:,.2f} s")
    for name in ("openpyxl", "pandas"):
        peer = lambda own, name=name: own["peers"][name]
        each = lambda own, peer=peer: peer(own)["seconds"] / peer(own)["returns"]
        scaled = lambda own, peer=peer: "" if peer(own)["returns"] == own["returns"] else f", scaled up from {peer(own)['returns']}"
        line(f"{name}, {os.cpu_count()} processes", lambda own: seconds(each(own) * own["returns"], own["returns"]) + scaled(own))
        aim = " (at least 25)" if name == "openpyxl" else ""
        line(f"**{name} by first run**{aim}", lambda own: f"{each(own) * own['returns'] / own['first']['seconds']:.1f}")
        line(
            f"Ratings of {name} that are the program’s",
            lambda own: "not compared" if peer(own)["same"] is None else f"{peer(own)['same']:,} of {peer(own)['ratings']:,}",
        )
    for title, run in (("first run", "first"), ("second run", "again")):
        line(f"Most memory, {title}: parent", lambda own: f"{own[run]['parent']:,.0f} MB")
        line(f"Most memory, {title}: largest worker", lambda own: f"{own[run]['worker']:,.0f} MB")
        line(f"Most memory, {title}: all at one moment", lambda own: f"{own[run]['together']:,.0f} MB")
    line("Processor time, first run", lambda own: seconds(own["first"]["processor"], own["returns"]))
    line("Processor time, second run", lambda own: f"{own['again']['processor']:,.2f} s")
    for name in ("openpyxl", "pandas"):
        each = lambda own, name=name: own["peers"][name]["processor"] / own["peers"][name]["returns"]
        line(f"Processor time, {name}", lambda own: seconds(each(own) * own["returns"], own["returns"]))
    line("Written below `out`", lambda own: f"{own['out files']:,} files, {own['out megabytes']:,.0f} MB")
    each = [own["first"]["seconds"] / own["returns"] for own in sizes]
    grown = {own["returns"]: "" if index == 0 else f"{each[index] / each[0]:.2f}" for index, own in enumerate(sizes)}
    line("Time a return by that of the first column", lambda own: grown[own["returns"]])
    return [f"| {' | '.join(cells)} |" for cells in lines]


def report(measured: dict) -> str:
    log, starts = measured["long log"], measured["starts"]
    return "\n".join([
        f"{measured['machine']}. Medians of the cycles: "
        + ", ".join(f"{own['cycles']} at {own['returns']:,}" for own in measured["sizes"]) + ".",
        "",
        *table(measured["sizes"]),
        "",
        "| | |",
        "| --- | ---: |",
        f"| A return with a log of {LONG_LOG:,} rows ({log['file megabytes']:.1f} MB), read, rated and written | {log['seconds']:.1f} s |",
        f"| Its figures rated | {log['rated'] or 'NONE: ' + '; '.join(log['why not'])} |",
        f"| Most memory for it: parent, worker (below 100 MB) | {log['parent']:.0f} MB, {log['worker']:.0f} MB |",
        f"| `--help` (below 20 ms) | {starts['help']:.1f} ms |",
        f"| `check` of a file of {starts['small']} (below 60 ms) | {starts['check']:.1f} ms |",
        f"| The program itself (below 20 MB) | {starts['binary']:.1f} MB |",
        "",
    ])


def machine() -> str:
    names = [line.split(":")[1].strip() for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    rustc = subprocess.run(["rustc", "--version"], stdout=subprocess.PIPE, text=True, check=True).stdout.split()[1]
    return f"{os.cpu_count()} cores of {names[0] if names else platform.machine()}, Linux {platform.release().split('-')[0]}, rustc {rustc}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[300, 3_000, 10_000], help="numbers of returns")
    parser.add_argument("--cycles", type=int, help="how often each size is measured; 3 up to 1,000 returns, else 1")
    parser.add_argument("--profile", default="release", help="what the program is built as")
    parser.add_argument("--program", type=pathlib.Path, help="a program built already")
    parser.add_argument("--floor", type=pathlib.Path, help="a floor built already")
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    measuring = Measuring(chosen)
    measured = {
        "machine": machine(),
        "starts": measuring.starts(),
        "long log": measuring.long_log(),
        "sizes": [measuring.size(number) for number in sorted(chosen.sizes)],
    }
    (chosen.folder / "measured.json").write_text(json.dumps(measured, indent=1), encoding="utf-8")
    text = report(measured)
    (chosen.folder / "measured.md").write_text(text, encoding="utf-8")
    print(text)
    shutil.rmtree(chosen.folder / EARLIER)


if __name__ == "__main__":
    main()
