#!/usr/bin/env python3
"""Kills the program at every call with which it changes a file, and looks at what it leaves.

    every_write.py BINARY [CASE...]         the cases of workspaces.py, all of them where none is named
    every_write.py BINARY -- ARGUMENT...    any command on the workspace of the later run; DIR stands for its folder

Each case is a command on a workspace. It is run once whole, which says what stood before and what stands after; then it is killed
at every one of its calls that change something below the workspace, each time beginning with what stood before. A call that is
killed does nothing. After each:

* every file is byte for byte what it was or what it is after a whole run, but for files under construction, which have names of
  their own, and the two lists that are added to, which hold whole lines; nothing that was there and stays is missing; no input has
  changed; what the program started has ended with it;
* the same command, run again, leaves exactly what the whole run left: no file more, none less, none under construction.

Some of what was being written when the program was killed is cut in half as well, as when the machine stops, and the command run
again.

With the disk full, or a file open elsewhere, the command says so, in its exit status too, and leaves no half file either.

Needs strace, and the standard library alone. On Linux only; what it says of the order of things holds elsewhere too.
"""

import os
import queue
import shutil
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import tracing
import workspaces
from tracing import LOT

# What a full disk says to each call, and a file that another program has open.
FULL = {"write": "ENOSPC", "openat": "ENOSPC", "mkdir": "ENOSPC", "fsync": "EIO", "ftruncate": "EIO"}
IN_USE = {"openat": "EACCES", "renameat": "EACCES", "rename": "EACCES", "unlink": "EACCES", "mkdir": "EACCES"}
# How often the program tries before it gives a file up.
TRIES = 4


@dataclass
class Whole:
    """A case and what a run that was not killed makes of it."""

    case: workspaces.Case
    binary: str
    start: Path
    before: dict
    after: dict
    status: int
    points: list

    def arguments(self, folder):
        return [self.binary, *(argument.replace("DIR", str(folder)) for argument in self.case.arguments)]


def differences(left, right):
    """Paths at which two trees differ."""
    return sorted(name for name in left.keys() | right.keys() if left.get(name, 0) != right.get(name, 0))


def is_unfinished(name):
    return LOT.search("/" + name) is not None


def wrong(whole, now):
    """What a state on the way must not be."""
    for name in now:
        if is_unfinished(name) or name in workspaces.LOCKS:
            continue
        old, new, held = whole.before.get(name, 0), whole.after.get(name, 0), now[name]
        if name in workspaces.APPENDED and held not in (old, new):
            lines, begun = held[0], old[0] if old else b""
            if not lines.startswith(begun):
                yield f"{name}: lines that stood there before were changed"
            elif lines and not lines.endswith(b"\n"):
                yield f"{name}: the last line is not whole"
            elif name == "receipts.jsonl" and not new[0].startswith(lines):
                yield f"{name}: it is no beginning of what a whole run leaves"
        elif held is None:
            if old == 0 and new == 0:
                yield f"{name}: a folder that is there neither before nor after"
        elif held not in (old, new):
            yield f"{name}: neither what it was nor what it is after a whole run"
    for name in whole.before:
        # Of what a run takes away anything may be gone.
        if name not in now and name in whole.after and workspaces.CACHE not in f"/{name}":
            yield f"{name}: gone"


def again(whole, folder, cpu):
    """What is wrong after the same command is run again."""
    ended = tracing.plain(whole.arguments(folder), cpu)
    if ended.status != whole.status and ended.status not in whole.case.done:
        yield f"run again, it ends with {ended.status}:\n{ended.out}"
    for name in differences(tracing.files_below(folder), whole.after):
        if name not in workspaces.LOCKS:
            yield f"run again, {name} is not what a whole run leaves"


def halve(whole, folder, now):
    """Cuts in half what was being written last."""
    for name, held in now.items():
        begun = whole.before.get(name)
        if held is None or held == begun:
            continue
        path, content = folder / name, held[0]
        if name in workspaces.APPENDED:
            start = max(content[:-1].rfind(b"\n") + 1, len(begun[0]) if begun else 0)
            path.write_bytes(content[: (start + len(content)) // 2])
        elif is_unfinished(name):
            path.write_bytes(content[: len(content) // 2])


def to_cut(points):
    """Places of the points before which something had just been written: each line of the ledger, of the list the first, the middle
    and the last, and of files under construction those that are waited for."""
    lines, cut = [], set()
    for place, (before, point) in enumerate(zip(points, points[1:]), 1):
        if before.call == "write" and "receipts.jsonl" in before.what or point.call == "fsync":
            cut.add(place)
        elif before.call == "write" and ".files.jsonl" in before.what:
            lines.append(place)
    return cut | {lines[place] for place in (0, len(lines) // 2, -1) if lines}


def killed(whole, point, cut, cpu, scratch):
    """What is wrong when the program is killed at this point; `cut`, also when what it wrote last was cut in half."""
    folder = scratch / "workspace"
    shutil.copytree(whole.start, folder)
    ended = tracing.at(point, f"signal=SIGKILL:when={point.count}", whole.arguments(folder), folder, cpu, scratch / "log")
    if ended.status not in (-9, 137):
        return [f"it was to be killed, but ended with {ended.status}:\n{ended.out}"]
    if ended.last != point.what:
        return [f"it was killed at something else: {ended.last}"]
    faults = ["what it started goes on after it"] if ended.lingering else []
    now = tracing.files_below(folder)
    faults += wrong(whole, now)
    if cut:
        copy = scratch / "cut"
        shutil.copytree(folder, copy)
        halve(whole, copy, now)
        faults += [f"cut in half, {fault}" for fault in again(whole, copy, cpu)]
    return faults + list(again(whole, folder, cpu))


def refused(whole, point, error, cpu, scratch):
    """What is wrong when the call of this point fails with this error."""
    folder = scratch / "workspace"
    shutil.copytree(whole.start, folder)
    # What is kept between runs is tried once.
    tries = TRIES if error == "EACCES" and workspaces.CACHE not in point.what else 1
    when = f"{point.count}..{point.count + tries - 1}"
    ended = tracing.at(point, f"error={error}:when={when}", whole.arguments(folder), folder, cpu, scratch / "log")
    if ended.last != point.what:
        return [f"something else was refused: {ended.last}"]
    faults = ["what it started goes on after it"] if ended.lingering else []
    if workspaces.CACHE in point.what:
        # What cannot be kept for the next run is nothing to tell anybody.
        if ended.status != whole.status:
            faults.append(f"it ends with {ended.status}, not {whole.status}:\n{ended.out}")
    elif ended.status not in (1, 2):
        faults.append(f"it ends with {ended.status}:\n{ended.out}")
    elif error == "ENOSPC" and "make room" not in ended.out:
        faults.append(f"it does not say that the disk is full:\n{ended.out}")
    elif error == "EACCES" and not any(words in ended.out for words in ("open in Excel", "close it in Excel", "write-protected")):
        faults.append(f"it does not say that something is open elsewhere:\n{ended.out}")
    elif ended.status == 1 and "ot written" not in ended.out and "ot removed" not in ended.out:
        faults.append(f"it does not say that something was not written:\n{ended.out}")
    now = tracing.files_below(folder)
    # The list says of a file that could not be written what it said before.
    faults += [fault for fault in wrong(whole, now) if not fault.startswith(workspaces.LIST)]
    faults += [f"{name} is left" for name in now if is_unfinished(name)]
    return faults + list(again(whole, folder, cpu))


def places(points, calls):
    """One point of each kind of call at each kind of place."""
    kinds = {}
    for point in points:
        if point.call in calls:
            place = point.what.replace("\\", "/").split('"')[-2] if '"' in point.what else point.what
            top = place.strip("<>/)").split("/")[:1]
            last = place.strip("<>/)").rsplit("/", 1)[-1]
            # Whoever holds the workspace is named as well as may be; nothing rests on that.
            if last in workspaces.LOCKS:
                continue
            kind = last if last in ("receipts.jsonl", ".files.jsonl", "UNFINISHED") else Path(last).suffix
            kinds.setdefault((point.call, *top, kind, point.threads), point)
    return list(kinds.values())


def make(binary, case, cpu, scratch):
    """Runs a case whole."""
    start, folder = scratch / "start", scratch / "workspace"
    start.mkdir(parents=True)
    case.make(binary, start)

    def afresh():
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(start, folder)

    whole = Whole(case, binary, start, tracing.files_below(start), {}, 0, [])
    whole.points, beyond = tracing.points(whole.arguments(folder), folder, afresh, cpu, scratch)
    afresh()
    whole.status = tracing.plain(whole.arguments(folder), cpu).status
    whole.after = tracing.files_below(folder)
    faults = list(again(whole, folder, cpu))
    ledger = whole.after.get("receipts.jsonl")
    if ledger and (fault := workspaces.faults_of_chain(ledger[0])):
        faults.append(f"receipts.jsonl: {fault}")
    faults += [f"{name} is not made: the case is not what it was" for name in case.makes if name not in whole.after]
    if not whole.points:
        faults.append("it changes nothing: the case is not what it was")
    # Half a file under construction is come by in killing before it is waited for, and cutting it.
    waited = {point.what for point in whole.points if point.call == "fsync"}
    faults += [f"no count reaches {call}" for call in beyond if call.removeprefix("write: ") not in waited]
    return whole, faults


def check(binary, case, cpus):
    """Tries a case at every point; gives what is wrong."""
    day, began = date.today(), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="quarterday-killed-") as scratch:
        scratch = Path(scratch)
        free = queue.SimpleQueue()
        for cpu in cpus:
            free.put(cpu)
        whole, faults = make(binary, case, cpus[0], scratch / "whole")
        if faults:
            return faults

        def attempt(number_and_trial):
            number, (words, trial, *rest) = number_and_trial
            cpu, own = free.get(), scratch / str(number)
            own.mkdir()
            try:
                return [f"{words}: {fault}" for fault in trial(whole, *rest, cpu, own)]
            finally:
                free.put(cpu)
                shutil.rmtree(own, ignore_errors=True)

        cut = to_cut(whole.points)
        trials = [(f"killed at {point}", killed, point, place in cut) for place, point in enumerate(whole.points)]
        kills = len(trials)
        if case.faults:
            for errors in (FULL, IN_USE):
                for point in places(whole.points, errors):
                    trials.append((f"{errors[point.call]} at {point}", refused, point, errors[point.call]))
        with ThreadPoolExecutor(len(cpus)) as pool:
            faults = [fault for found in pool.map(attempt, enumerate(trials)) for fault in found]
    if date.today() != day:
        return check(binary, case, cpus)
    seconds = time.monotonic() - began
    print(f"{case.name}: killed at {kills} calls, refused {len(trials) - kills}; {len(faults)} wrong ({seconds:.0f} s)", flush=True)
    return faults


def main():
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        raise SystemExit(__doc__)
    binary, rest = str(Path(sys.argv[1]).resolve()), sys.argv[2:]
    if rest[:1] == ["--"]:
        cases = [workspaces.Case("the command", workspaces.later, rest[1:], done=(0, 1, 2))]
    else:
        unknown = set(rest) - {case.name for case in workspaces.CASES}
        if unknown:
            names = ", ".join(case.name for case in workspaces.CASES)
            raise SystemExit(f"no case is called {', '.join(sorted(unknown))}; there are: {names}")
        cases = [case for case in workspaces.CASES if not rest or case.name in rest]
    cpus = sorted(os.sched_getaffinity(0))
    faults = [f"{case.name}: {fault}" for case in cases for fault in check(binary, case, cpus)]
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
