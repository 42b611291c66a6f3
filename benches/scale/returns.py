"""Makes a workspace of returns as providers would send them, with a writer of workbooks that is not ours (XlsxWriter).

    python benches/scale/returns.py FOLDER 300

Each return has some 145 kB: a cover, a table of KPIs, a matrix, a log of 1,500 rows and a narrative. A provider sends eight, one a
quarter; a contract has 125 providers. One in ten has a fault of those that are seen most: a figure that its log does not bear out,
an answer left out, words instead of a number, a breakdown that does not add up. The same folder each time for the same number.
"""

import argparse
import datetime
import multiprocessing
import pathlib
import random

import xlsxwriter

PROVIDERS_PER_CONTRACT = 125
FIRST = datetime.date(2024, 4, 1)
QUARTERS = 8
AS_OF = "2026-05-29"
HERE = pathlib.Path(__file__).parent
COUNCILS = ["Northmoor", "Southmoor"]
KINDS = ["Care Act", "Mental health", "Carers", "Housing", "Continuing care"]
# Words of what a person asked for, beside the kind of support.
ASKED_FOR = 21
PLACES = ["Alder", "Birch", "Cedar", "Damson", "Elder", "Fern", "Gorse", "Hazel", "Iris", "Juniper", "Larch", "Maple", "Nettle"]
SERVICES = ["Advocacy", "Support", "Partnership", "Voices", "Alliance", "Trust", "Care", "Homes", "Network", "Together"]
WORDS = (
    "referrals people support worker council review quarter service training visit agreed waiting closed case meeting feedback rose fell"
    " steady because team partner hospital school family home risk action plan month improved staff volunteers outreach remains"
    " expected capacity allocation early contact safeguarding complaint answered the of and to in for with on by"
).split()
NARRATIVE = [
    "Referrals and cases", "Service delivery issues", "Partnership working", "Outcomes for people", "Risks",
    "Continuous improvement", "Volunteers", "Social value",
]
MATRIX = [
    ("New referrals", [("Source", ["Self", "GP", "Hospital", "Social worker"]), ("Age", ["18-25", "26-64", "65 and over"])]),
    ("Hours used", [("Case", ["New cases", "Carried forward cases"])]),
    ("Cases carried forward", []),
    ("Cases closed", [("Reason", ["Complete", "Withdrawn", "Moved away"])]),
]
GROUPS = ["Children", "Adults", "Older people", "Carers"]


def provider(number: int) -> str:
    place, service = divmod(number, len(SERVICES))
    later, place = divmod(place, len(PLACES))
    return f"{PLACES[place]} {SERVICES[service]}" + (f" {later + 1}" if later else "")


def quarter(number: int) -> tuple[datetime.date, datetime.date]:
    """First and last day, both inclusive."""
    months = FIRST.month - 1 + 3 * number
    first = datetime.date(FIRST.year + months // 12, months % 12 + 1, 1)
    months += 3
    return first, datetime.date(FIRST.year + months // 12, months % 12 + 1, 1) - datetime.timedelta(days=1)


def within_working_days(start: datetime.date, end: datetime.date) -> bool:
    """Whether at most two working days lie between them. The log stays clear of bank holidays."""
    days = 0
    while start < end:
        start += datetime.timedelta(days=1)
        days += start.weekday() < 5
    return days <= 2


def log(dice: random.Random, first: datetime.date, last: datetime.date, rows: int) -> list[list]:
    lines = []
    for row in range(rows):
        received = first + datetime.timedelta(days=dice.randrange((last - first).days - 20))
        prompt = dice.random() < 0.965
        allocated = received + datetime.timedelta(days=dice.randrange(2) if prompt else 8)
        contacted = received + datetime.timedelta(days=dice.randrange(6) if dice.random() < 0.94 else 9)
        closed = min(last, received + datetime.timedelta(days=dice.randrange(10, 60))) if dice.random() < 0.7 else None
        answers = ["Yes" if dice.random() < share else "No" for share in (0.8, 0.4)] if closed else [None, None]
        support = f"{dice.choice(KINDS)}: {sentence(dice, ASKED_FOR)}"
        lines.append([f"{dice.randrange(16**12):012X}-{row + 1}", dice.choice(COUNCILS), support, received, allocated, contacted, closed, *answers])
    return lines


def figures(lines: list[list], council: str, dice: random.Random) -> list[tuple]:
    own = [line for line in lines if line[1] == council]
    closed = [line for line in own if line[6]]
    shares = [
        (sum(within_working_days(line[3], line[4]) for line in own), len(own)),
        (sum((line[5] - line[3]).days <= 5 for line in own), len(own)),
        (sum(line[7] == "Yes" for line in closed), len(closed)),
        (sum(line[8] == "Yes" for line in closed), len(closed)),
        (dice.randrange(42, 50), 50),
        (dice.randrange(7, 11), 10),
    ]
    return [(None, None, dice.randrange(1, 5)) for _ in range(2)] + [(*share, None) for share in shares]


def sentence(dice: random.Random, words: int) -> str:
    return " ".join(dice.choices(WORDS, k=words)).capitalize() + "."


def write(path: pathlib.Path, contract: str, name: str, first: datetime.date, last: datetime.date, seed: str, rows: int) -> None:
    dice = random.Random(seed)
    fault = dice.choice(["none"] * 36 + ["figure", "blank", "words", "sum"])
    book = xlsxwriter.Workbook(path)
    book.set_properties({"author": name, "created": datetime.datetime(first.year, first.month, 1)})
    bold = book.add_format({"bold": True, "bg_color": "#1F4E79", "font_color": "#FFFFFF", "text_wrap": True})
    percent = book.add_format({"num_format": "0.0%", "border": 1})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})

    cover = book.add_worksheet("Cover")
    cover.set_column(0, 1, 40)
    cover.write(0, 0, "Quarterly return", bold)
    months = f"{first:%B %Y} to {last:%B %Y}"
    for row, (label, value) in enumerate(
        [
            ("Provider:", name), ("Contract reference:", contract), ("Quarter:", months), ("Completed by:", "Performance manager"),
            ("Date submitted:", last + datetime.timedelta(days=dice.randrange(5, 14))), ("Template version:", "v2 (April 2024)"),
        ],
        2,
    ):
        cover.write(row, 0, label, bold)
        if isinstance(value, datetime.date):
            cover.write_datetime(row, 1, datetime.datetime(value.year, value.month, value.day), day)
        else:
            cover.write(row, 1, value)

    lines = log(dice, first, last, rows)
    kpis = book.add_worksheet("KPIs")
    kpis.set_column(0, 0, 48)
    kpis.write(0, 0, "Key performance indicators", bold)
    for column, heading in enumerate(["KPI", "Target"]):
        kpis.merge_range(2, column, 3, column, heading, bold)
    for index, council in enumerate(COUNCILS):
        kpis.merge_range(2, 2 + 3 * index, 2, 4 + 3 * index, council, bold)
        for offset, heading in enumerate(["Numerator", "Denominator", "Result"]):
            kpis.write(3, 2 + 3 * index + offset, heading, bold)
    kpis.merge_range(2, 8, 3, 8, "Comments", bold)
    labels = [
        ("Briefings given to council teams", "Minimum 2 per quarter"), ("Briefings given to health partners", "Minimum 2 per quarter"),
        ("Referrals allocated within 2 working days", "95%"), ("Referrals contacted within 5 days", "90%"),
        ("Closed cases with feedback from the referrer", "75%"), ("Closed cases with feedback from the person", "30%"),
        ("Staff with up-to-date safeguarding training", "90%"), ("Complaints answered in time", "80%"),
    ]
    by_council = [figures(lines, council, dice) for council in COUNCILS]
    for index, (label, target) in enumerate(labels):
        row = 4 + index
        kpis.write(row, 0, label, wrap)
        kpis.write(row, 1, target)
        for council, own in enumerate(by_council):
            met, of, count = own[index]
            column = 2 + 3 * council
            if count is not None:
                if not (fault == "blank" and index == 1 and council == 0):
                    kpis.write(row, column + 2, count)
                continue
            if fault == "figure" and index == 2 and council == 1:
                met += 5
            kpis.write(row, column, met)
            kpis.write(row, column + 1, of)
            if fault == "words" and index == 6 and council == 0:
                kpis.write(row, column + 2, "see comments")
                continue
            a, b = (chr(ord("A") + column + offset) for offset in (0, 1))
            kpis.write_formula(row, column + 2, f"={a}{row + 1}/{b}{row + 1}", percent, met / of if of else 0)
        kpis.write(row, 8, sentence(dice, 12), wrap)

    matrix = book.add_worksheet("Matrix")
    matrix.set_column(0, 1, 26)
    matrix.write(0, 0, "Management information", bold)
    for column, heading in enumerate(["Item", "Breakdown", *GROUPS, "Total"]):
        matrix.write(2, column, heading, bold)
    row = 3
    for item, breakdowns in MATRIX:
        totals = [dice.randrange(40, 400) for _ in GROUPS]
        matrix.write_row(row, 0, [item, None, *totals])
        matrix.write_formula(row, 6, f"=SUM(C{row + 1}:F{row + 1})", None, sum(totals))
        row += 1
        for prefix, members in breakdowns:
            parts = []
            for total in totals:
                cuts = sorted(dice.randrange(total + 1) for _ in members[1:])
                parts.append([high - low for low, high in zip([0, *cuts], [*cuts, total])])
            if fault == "sum" and prefix == "Age":
                parts[1][0] += 2
            for index, member in enumerate(members):
                values = [part[index] for part in parts]
                matrix.write_row(row, 0, [None, f"{prefix}: {member}", *values])
                matrix.write_formula(row, 6, f"=SUM(C{row + 1}:F{row + 1})", None, sum(values))
                row += 1

    sheet = book.add_worksheet("Referral log")
    sheet.set_column(0, 8, 16)
    sheet.freeze_panes(3, 0)
    sheet.write(0, 0, "Referral log", bold)
    headings = [
        "Reference", "Council", "Support asked for", "Date received", "Date allocated", "Date first contact", "Date closed",
        "Referrer feedback", "Person’s feedback",
    ]
    for column, heading in enumerate(headings):
        sheet.write(2, column, heading, bold)
    for row, line in enumerate(lines, 3):
        for column, value in enumerate(line):
            if isinstance(value, datetime.date):
                sheet.write_number(row, column, (value - datetime.date(1899, 12, 30)).days, day)
            elif value is not None:
                sheet.write_string(row, column, value)

    narrative = book.add_worksheet("Narrative")
    narrative.set_column(0, 0, 28)
    narrative.set_column(1, 1, 110)
    narrative.write(0, 0, "Narrative", bold)
    narrative.write_row(2, 0, ["Subject", "Update"], bold)
    for row, subject in enumerate(NARRATIVE, 3):
        narrative.write(row, 0, subject, wrap)
        narrative.write(row, 1, " ".join(sentence(dice, 17) for _ in range(60)), wrap)
    book.close()


def register(path: pathlib.Path, providers: list[tuple[str, str]], receipts: list[tuple[str, datetime.date]]) -> None:
    book = xlsxwriter.Workbook(path)
    book.set_properties({"created": datetime.datetime(2024, 4, 1)})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Providers")
    sheet.write_row(0, 0, ["Provider", "Aliases", "Contract", "Start", "Break", "End", "E-mail"])
    for row, (name, contract) in enumerate(providers, 1):
        sheet.write(row, 0, name)
        sheet.write(row, 2, contract)
        sheet.write_datetime(row, 3, datetime.datetime(2024, 4, 1), day)
        sheet.write_datetime(row, 5, datetime.datetime(2027, 3, 31), day)
        sheet.write(row, 6, f"returns@{name.lower().replace(' ', '-')}.example")
    sheet = book.add_worksheet("Receipts")
    sheet.write_row(0, 0, ["File", "Received"])
    for row, (file, received) in enumerate(receipts, 1):
        sheet.write(row, 0, file)
        sheet.write_datetime(row, 1, datetime.datetime(received.year, received.month, received.day), day)
    book.close()


def make(folder: pathlib.Path, returns: int, rows: int = 1_500) -> None:
    (folder / "contracts").mkdir(parents=True)
    (folder / "out").mkdir()
    text = (HERE / "contract.toml").read_text(encoding="utf-8")
    jobs, providers, receipts = [], [], []
    number = 0
    while len(jobs) < returns:
        contract = f"community-support-{number // PROVIDERS_PER_CONTRACT + 1}"
        if number % PROVIDERS_PER_CONTRACT == 0:
            title = f"Community support, lot {number // PROVIDERS_PER_CONTRACT + 1}"
            definition = text.replace("{id}", contract).replace("{title}", title)
            (folder / "contracts" / f"{contract}.toml").write_text(definition, encoding="utf-8")
        name = provider(number)
        providers.append((name, contract))
        for index in range(min(QUARTERS, returns - len(jobs))):
            first, last = quarter(index)
            file = f"{contract}/{first:%Y-%m}/{name}.xlsx"
            path = folder / "returns" / file
            path.parent.mkdir(parents=True, exist_ok=True)
            late = 20 if random.Random(f"late {number} {index}").random() < 0.05 else 10
            receipts.append((file, last + datetime.timedelta(days=late)))
            jobs.append((path, contract, name, first, last, f"{number} {index}", rows))
        number += 1
    register(folder / "register.xlsx", providers, receipts)
    with multiprocessing.Pool() as pool:
        pool.starmap(write, jobs, chunksize=8)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("returns", type=int)
    parser.add_argument("--rows", type=int, default=1_500, help="rows of each log")
    chosen = parser.parse_args()
    make(chosen.folder, chosen.returns, chosen.rows)
