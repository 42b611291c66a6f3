"""Counts the instructions of each part of the program on one return (the rating: on one provider's eight), with callgrind.

    python benches/counts/count.py             counts, beside what is written down; status 1 where it differs by more than 1%
    python benches/counts/count.py --write     writes down what it counts

The input is the same every time (`benches/fixed`), but hash maps are seeded anew in every run: two counts of reading differ by up to
0.05%. `--runs 3` counts each part three times, takes the least and prints the spread. A count holds for one compiler, one target and
one `Cargo.lock`.
"""

import argparse
import datetime
import json
import pathlib
import re
import subprocess
import sys
import tomllib

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
WRITTEN_DOWN = HERE / "counts.toml"
PARTS = ["reading", "understanding", "rating", "pack.xlsx", "pack.html", "coloured copy"]
MOST_DIFFERENCE = 0.01
# What ends a run of callgrind: the instructions of what was counted.
COUNTED = re.compile(r"Collected : (\d+)")


def built() -> pathlib.Path:
    """The release, but with the names that callgrind goes by."""
    command = ["cargo", "rustc", "--locked", "--release", "--bench", "counts", "--message-format", "json", "--", "-C", "strip=none"]
    lines = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    # The program itself is built along with it.
    made = (own for own in map(json.loads, lines) if own.get("target", {}).get("name") == "counts" and own.get("executable"))
    return pathlib.Path(next(made)["executable"])


def counted(program: pathlib.Path, part: str) -> int:
    """Instructions within `counted` of `counts.rs`."""
    command = [
        "valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", "--toggle-collect=*counts::counted*", str(program), part,
    ]
    run = subprocess.run(command, check=True, stderr=subprocess.PIPE, text=True)
    count = int(COUNTED.search(run.stderr)[1])
    assert count > 0, f"nothing was counted of {part}; has the program kept its names?"
    return count


def compiler() -> dict[str, str]:
    """Version and target."""
    lines = subprocess.run(["rustc", "--version", "--verbose"], check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    fields = dict(line.split(": ", 1) for line in lines if ": " in line)
    return {"rustc": fields["release"], "target": fields["host"]}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write down what is counted")
    parser.add_argument("--runs", type=int, default=1, help="how often each part is counted")
    parser.add_argument("--program", type=pathlib.Path, help="`counts`, built already with its names")
    chosen = parser.parse_args()
    program = chosen.program or built()
    before = tomllib.loads(WRITTEN_DOWN.read_text(encoding="utf-8")) if WRITTEN_DOWN.exists() else {}
    known = before.get("instructions", {})
    now = compiler()
    if before and not chosen.write and any(before.get(name) != value for name, value in now.items()):
        print(f"written down with rustc {before.get('rustc')} for {before.get('target')}; this is {now['rustc']} for {now['target']}")
    counts, differs = {}, False
    print("| part | instructions | spread of runs | written down | difference |\n| --- | ---: | ---: | ---: | ---: |")
    for part in PARTS:
        each = sorted(counted(program, part) for _ in range(chosen.runs))
        count = counts[part] = each[0]
        spread = f"{each[-1] / count - 1:.3%}" if chosen.runs > 1 else ""
        difference = count / known[part] - 1 if part in known else None
        differs |= difference is None or abs(difference) > MOST_DIFFERENCE
        beside = " | |" if difference is None else f"{known[part]:,} | {difference:+.2%} |"
        print(f"| {part} | {count:,} | {spread} | {beside}", flush=True)
    if chosen.write:
        lines = [
            "# Instructions of each part on one return, counted by `count.py --write`. They hold for this compiler and target alone.",
            "",
            *(f'{name} = "{value}"' for name, value in now.items()),
            f"counted = {datetime.date.today()}",
            "",
            "[instructions]",
            *(f'"{part}" = {count:_}' for part, count in counts.items()),
            "",
        ]
        WRITTEN_DOWN.write_text("\n".join(lines), encoding="utf-8")
        return 0
    return 1 if differs else 0


if __name__ == "__main__":
    sys.exit(main())
