"""The program's job as an analyst would script it, to hold the program beside: each return's KPIs recomputed from its log and rated.

    python benches/scale/peers.py openpyxl WORKSPACE OUT --returns 300 --processes 2
    python benches/scale/peers.py pandas WORKSPACE OUT --returns 300 --processes 2

`openpyxl` colours the KPI cells of each return and saves a copy of it. `pandas` reads with calamine and writes one summary with
XlsxWriter. Both know where the cells of this one form stand, and do nothing about lateness, trends, packs or letters. Both write
`ratings.json`: file, KPI, area ("" for the whole contract) and rating.
"""

import argparse
import json
import multiprocessing
import pathlib

COUNCILS = ["Northmoor", "Southmoor"]
# Row of each KPI on the sheet, counted from 1; the least value that meets it, in percent where it is a share.
KPIS = {"1": (5, 2), "2": (6, 2), "3": (7, 95), "4": (8, 90), "5": (9, 75), "6": (10, 30), "7": (11, 90), "8": (12, 80)}
COUNTS = ["1", "2"]
FROM_LOG = ["3", "4", "5", "6"]
FIRST_LINE_OF_LOG = 4
FILLS = {"green": "FF92D050", "red": "FFFF0000", "invalid": "FFD9D9D9"}


def columns(council: str) -> tuple[int, int, int]:
    """Columns of numerator, denominator and result, counted from 1."""
    first = 3 + 3 * COUNCILS.index(council)
    return first, first + 1, first + 2


def rating(kpi: str, figures: list) -> str:
    """The rating of figures added up: numbers where the KPI counts, else pairs of numerator and denominator."""
    least = KPIS[kpi][1]
    if any(not isinstance(number, (int, float)) for figure in figures for number in figure):
        return "invalid"
    sums = [sum(column) for column in zip(*figures)]
    if kpi in COUNTS:
        return "green" if sums[0] >= least else "red"
    if sums[1] == 0:
        return "no-activity"
    return "green" if sums[0] * 100 >= least * sums[1] else "red"


def rated(kpi_cell, from_log: dict) -> list[tuple[str, str, str]]:
    """KPI, area and rating; `kpi_cell` gives the value at a row and a column, `from_log` the shares by KPI and council."""
    found = []
    for kpi, (row, _) in KPIS.items():
        figures = {}
        for council in COUNCILS:
            met, of, result = (kpi_cell(row, column) for column in columns(council))
            figures[council] = [result] if kpi in COUNTS else from_log[kpi, council] if kpi in FROM_LOG else [met, of]
            found.append((kpi, council, rating(kpi, [figures[council]])))
        found.append((kpi, "", rating(kpi, list(figures.values()))))
    return found


def with_openpyxl(job: tuple) -> list[tuple]:
    import datetime

    import openpyxl
    from openpyxl.styles import PatternFill

    workspace, out, file = job
    book = openpyxl.load_workbook(workspace / file)
    sheet = book["KPIs"]
    shares = {(kpi, council): [0, 0] for kpi in FROM_LOG for council in COUNCILS}

    def count(kpi: str, council: str, met: bool) -> None:
        shares[kpi, council][0] += met
        shares[kpi, council][1] += 1

    day = datetime.timedelta(days=1)
    for _, council, _, received, allocated, contacted, closed, referrer, person in book["Referral log"].iter_rows(
        min_row=FIRST_LINE_OF_LOG, values_only=True
    ):
        working = sum((received + day * (step + 1)).weekday() < 5 for step in range((allocated - received).days))
        count("3", council, working <= 2)
        count("4", council, (contacted - received).days <= 5)
        if closed:
            count("5", council, referrer == "Yes")
            count("6", council, person == "Yes")
    ratings = rated(lambda row, column: sheet.cell(row, column).value, shares)
    for kpi, area, word in ratings:
        if area:
            fill = PatternFill("solid", start_color=FILLS[word], end_color=FILLS[word])
            sheet.cell(KPIS[kpi][0], columns(area)[2]).fill = fill
    path = out / file
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return [(file, *each) for each in ratings]


def with_pandas(job: tuple) -> list[tuple]:
    import numpy
    import pandas

    workspace, _, file = job
    sheets = pandas.read_excel(workspace / file, sheet_name=["KPIs", "Referral log"], engine="calamine", header=None)
    cells = sheets["KPIs"].astype(object).where(lambda frame: frame.notna(), None)
    log = sheets["Referral log"].iloc[FIRST_LINE_OF_LOG - 1 :]
    log.columns = ["reference", "council", "support", "received", "allocated", "contacted", "closed", "referrer", "person"]
    received, allocated = (pandas.to_datetime(log[name]).values.astype("datetime64[D]") for name in ("received", "allocated"))
    day = numpy.timedelta64(1, "D")
    log = log.assign(
        prompt=numpy.busday_count(received + day, allocated + day) <= 2,
        soon=(pandas.to_datetime(log["contacted"]) - pandas.to_datetime(log["received"])).dt.days <= 5,
    )
    closed = log[log["closed"].notna()]
    shares = {}
    for council in COUNCILS:
        own, own_closed = log[log["council"] == council], closed[closed["council"] == council]
        shares["3", council] = [int(own["prompt"].sum()), len(own)]
        shares["4", council] = [int(own["soon"].sum()), len(own)]
        shares["5", council] = [int((own_closed["referrer"] == "Yes").sum()), len(own_closed)]
        shares["6", council] = [int((own_closed["person"] == "Yes").sum()), len(own_closed)]
    return [(file, *each) for each in rated(lambda row, column: cells.iat[row - 1, column - 1], shares)]


def summary(out: pathlib.Path, ratings: list[tuple]) -> None:
    import pandas

    frame = pandas.DataFrame(ratings, columns=["File", "KPI", "Area", "Rating"])
    with pandas.ExcelWriter(out / "summary.xlsx", engine="xlsxwriter") as writer:
        frame.to_excel(writer, sheet_name="Ratings", index=False)
        fills = {word: writer.book.add_format({"bg_color": f"#{colour[2:]}"}) for word, colour in FILLS.items()}
        for row, word in enumerate(frame["Rating"], 1):
            writer.sheets["Ratings"].write(row, 3, word, fills.get(word))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("with_what", choices=["openpyxl", "pandas"])
    parser.add_argument("workspace", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--returns", type=int, default=300, help="the first so many, by path")
    parser.add_argument("--processes", type=int, default=multiprocessing.cpu_count())
    chosen = parser.parse_args()
    files = sorted(path.relative_to(chosen.workspace).as_posix() for path in chosen.workspace.glob("returns/**/*.xlsx"))
    chosen.out.mkdir(parents=True, exist_ok=True)
    jobs = [(chosen.workspace, chosen.out, file) for file in files[: chosen.returns]]
    work = with_openpyxl if chosen.with_what == "openpyxl" else with_pandas
    with multiprocessing.Pool(chosen.processes) as pool:
        ratings = [each for own in pool.imap(work, jobs) for each in own]
    if chosen.with_what == "pandas":
        summary(chosen.out, ratings)
    (chosen.out / "ratings.json").write_text(json.dumps(ratings), encoding="utf-8")


if __name__ == "__main__":
    main()
