"""A program under strace: which calls change files, and the same program killed, or refused, at one of them.

strace counts the calls of each kind by thread. Calls of the first thread are reached by tracing that thread alone. Those of another
thread are reached by tracing all of them, where no other thread makes as many calls of the kind before; the programs that the traced
one starts are let go as they start.
"""

import os
import re
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path

OPENING = ("open", "openat", "creat")
WRITING = ("write", "writev", "pwrite64", "pwritev", "sendfile", "copy_file_range")
OTHERS = (
    "rename", "renameat", "renameat2", "unlink", "unlinkat", "rmdir", "mkdir", "mkdirat", "truncate", "ftruncate", "fallocate",
    "fsync", "fdatasync", "link", "linkat", "symlink", "symlinkat", "chmod", "fchmod", "fchmodat", "utimensat",
)
CALLS = OPENING + WRITING + OTHERS
# Waiting for the disk and setting what may be done changes no byte, but is a moment to be killed at as well.

LINE = re.compile(r"^(?:(?P<thread>\d+) +)?(?P<call>[a-z0-9]+)\((?P<rest>.*)$")
# Of files under construction, whose names are drawn by lot.
LOT = re.compile(r"\.quarterday-[^/\"<>]*?\.tmp")
# Numbers of open files, and what a call came to.
NUMBER = re.compile(r"\b\d+(?=<)")

# The current folder, which paths are not below.
HERE = re.compile(r"AT_FDCWD<[^>]*>, ")

# Longest time for a traced program, and for those it started to end after it, in seconds.
LONGEST = 120
LINGERING = 20


@dataclass(frozen=True)
class Point:
    """The `count`th call of its kind, of the first thread or (`threads`) of whichever thread comes to it first."""

    call: str
    count: int
    threads: bool
    what: str

    def __str__(self):
        return f"{self.call} {self.count}: {self.what}"


@dataclass
class Ended:
    """How a program ended; a negative status is the signal that killed it."""

    status: int
    out: str
    lingering: bool
    last: str


def _calls(log, folder):
    """Each call as (thread, name, what, whether it changes something below `folder`), in order."""
    for line in log.read_text(errors="replace").splitlines():
        found = LINE.match(line)
        if not found or found["call"] not in CALLS:
            continue
        arguments, _, result = found["rest"].rpartition(" = ")
        failed = result.startswith("-1")
        what = (arguments or found["rest"]).removesuffix(" <unfinished ...>").rstrip(" )")
        call = found["call"]
        changes = f"{folder}/" in what and not failed
        if call in OPENING:
            changes = changes and any(flag in what for flag in ("O_CREAT", "O_TRUNC", "O_WRONLY", "O_RDWR"))
        elif call in WRITING:
            # Into an open file, not a text that names one.
            changes = changes and re.match(rf"\d+<{re.escape(str(folder))}/", what) is not None
        yield found["thread"], call, brief(call, what, folder), changes


def brief(call, what, folder):
    """The arguments of a call without what differs from run to run."""
    own = LOT.sub("UNFINISHED", HERE.sub("", NUMBER.sub("", what))).replace(str(folder), "")
    # What is written into a file is of no interest.
    return own.split(', "', 1)[0] if own.startswith("<") and call in WRITING else own


def traced(arguments, cpu, log, options, threads=False):
    """Runs a program under strace on one processor; waits until it and all it started have ended."""
    reading, writing = os.pipe()
    follow = ["-f", "--detach-on=execve"] if threads else []
    command = ["taskset", "-c", str(cpu), "strace", "-y", "-qq", "-o", str(log), *follow, *options, *arguments]
    with open(log.with_suffix(".out"), "w+b") as out:
        program = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, pass_fds=[writing]
        )
        os.close(writing)
        status = program.wait(LONGEST)
        # Whatever the program started holds the other end open until it ends.
        waiting = threading.Thread(target=os.read, args=(reading, 1), daemon=True)
        waiting.start()
        waiting.join(LINGERING)
        lingering = waiting.is_alive()
        if not lingering:
            os.close(reading)
        out.seek(0)
        said = out.read().decode(errors="replace")
    if said.startswith("strace: "):
        raise SystemExit(f"strace cannot do its work here: {said.strip()}")
    return Ended(status, said, lingering, "")


def plain(arguments, cpu):
    """Runs a program without strace."""
    done = subprocess.run(
        ["taskset", "-c", str(cpu), *arguments],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=LONGEST,
    )
    return Ended(done.returncode, done.stdout.decode(errors="replace"), False, "")


def points(arguments, folder, again, cpu, scratch):
    """Every call that changes something below `folder`, and the calls of other threads that no count reaches.

    `again` puts the folder back as it was between the two runs this takes.
    """
    trace = ["-e", "trace=" + ",".join(f"?{call}" for call in CALLS), "-e", "signal=none"]
    again()
    log = scratch / "first.log"
    traced(arguments, cpu, log, trace)
    found, counts = [], {}
    for _, call, what, changes in _calls(log, folder):
        counts[call] = counts.get(call, 0) + 1
        if changes:
            found.append(Point(call, counts[call], False, what))
    again()
    log = scratch / "threads.log"
    traced(arguments, cpu, log, trace, threads=True)
    by_thread, reached, first, beyond = {}, set(), None, []
    for thread, call, what, changes in _calls(log, folder):
        first = first or thread
        count = by_thread[thread, call] = by_thread.get((thread, call), 0) + 1
        is_first_to = (call, count) not in reached
        reached.add((call, count))
        if changes and thread != first:
            if is_first_to:
                found.append(Point(call, count, True, what))
            # Before a file is begun is as after what was before it.
            elif call not in OPENING:
                beyond.append(f"{call}: {what}")
    return found, beyond


def at(point, injection, arguments, folder, cpu, log):
    """Runs a program with something injected into one call, or from it on, and says which call came to it first."""
    options = ["-e", f"trace={point.call}", "-e", "signal=none", "-e", f"inject={point.call}:{injection}"]
    ended = traced(arguments, cpu, log, options, threads=point.threads)
    last = ""
    for line in log.read_text(errors="replace").splitlines():
        found = LINE.match(line)
        if found and found["call"] == point.call and (line.endswith(" = ?") or "<unfinished" in line or "(INJECTED)" in line):
            last = found["rest"].rpartition(" = ")[0] or found["rest"]
            if "(INJECTED)" in line:
                break
    ended.last = brief(point.call, last.removesuffix(" <unfinished ...>").rstrip(" )"), folder)
    return ended


def files_below(folder):
    """What stands below a folder: bytes and whether it may be written by path, nothing for a folder."""
    found = {}
    for path in sorted(Path(folder).rglob("*")):
        name = path.relative_to(folder).as_posix()
        found[name] = None if path.is_dir() else (path.read_bytes(), bool(path.stat().st_mode & 0o200))
    return found
