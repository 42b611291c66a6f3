"""Holds this program's workbooks against the essentials of accessible spreadsheets.

    python accessible.py FOLDER      every workbook below FOLDER, such as what `quarterday demo FOLDER` makes
    python accessible.py             the check of the check alone: a sound workbook passes, planted faults are each found

Looked at are the packs (`pack*.xlsx`, `provider-pack*.xlsx`, `committee-pack*.xlsx`), the reports (`report*.xlsx`) and, in the coloured
copies below `returned`, the council's own sheet: the rest of a coloured copy is its provider's.

The essentials are those of the UK government's Analysis Function, "Making spreadsheets accessible: a brief checklist of the basics"
and "Releasing statistics in spreadsheets". Every fault is told with file, sheet and cell. Ends with status 1 when there is any.
"""

import collections
import concurrent.futures
import re
import sys
import tempfile
import time
import warnings
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path

import openpyxl
from openpyxl.chart import LineChart, Reference
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table

FEEDBACK = "Council feedback"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"

# Letters that can be read: points.
SMALLEST_LETTERS = 10
SERIFS = ("Times", "Georgia", "Cambria", "Garamond", "Courier")
# Fills that tell a rating, and what tells it without them: the shape that the words begin with.
SHAPES = {"003078": "★", "00703C": "●", "FFBF47": "▲", "B10E1E": "■"}
# Names that say nothing.
MEANINGLESS = re.compile(r"^(sheet|tabelle|table|blatt)\s*\d*$", re.IGNORECASE)
# A sentence that says why cells are blank.
SAYS_BLANK = re.compile(r"\bleft blank\b", re.IGNORECASE)
WIDEST_COLUMN = 120
# Characters that a screen shows side by side.
SCREEN = 140
# A table of more rows needs its headings on every page, and in sight on the screen.
ROWS_OF_A_PAGE = 20
# Most characters of a wrapped text that a row as high as Excel allows can hold, by characters across.
HIGHEST_ROW = 409
LINE = 15

Fault = collections.namedtuple("Fault", "sheet cell what")


class Sheet:
    """A sheet, as its XML and openpyxl tell of it."""

    def __init__(self, sheet, xml):
        self.sheet = sheet
        self.name = sheet.title
        self.xml = xml
        self.tables = {table.displayName: range_boundaries(table.ref) for table in sheet.tables.values()}
        self.cells = {
            (row, column): cell for (row, column), cell in sheet._cells.items() if cell.value not in (None, "")
        }

    def in_table(self, row, column):
        return next(
            (box for box in self.tables.values() if box[1] <= row <= box[3] and box[0] <= column <= box[2]), None
        )


def where(row, column):
    return f"{get_column_letter(column)}{row}"


# The essentials of a sheet, one function each; every one yields (cell, what is wrong).


def title_in_a1(own):
    """A title in A1, in larger letters than the text."""
    cell = own.cells.get((1, 1))
    if cell is None or not isinstance(cell.value, str):
        yield "A1", "has no title"
    elif own.in_table(1, 1):
        yield "A1", "is a table's heading, not a title of the sheet"
    elif not (cell.font.sz or 0) > 12:
        yield "A1", "does not stand out as a title"


def tables_are_tables(own):
    """What looks like a table, two cells or more side by side in a row, is marked as one."""
    told = set()
    by_row = collections.defaultdict(list)
    for row, column in own.cells:
        by_row[row].append(column)
    for row, columns in sorted(by_row.items()):
        outside = [column for column in columns if not own.in_table(row, column)]
        if len(columns) > 1 and outside and row - 1 not in told:
            yield where(row, outside[0]), "stands beside other cells outside any table"
        if len(columns) > 1 and outside:
            told.add(row)


def tables_have_headings(own):
    """One header row, no heading empty or used twice, no filter without one."""
    for table in own.sheet.tables.values():
        left, top, right, bottom = range_boundaries(table.ref)
        if table.headerRowCount == 0:
            yield where(top, left), f"{table.displayName} has no header row"
        if bottom == top:
            yield where(top, left), f"{table.displayName} has no row below its header"
        seen = set()
        for column in range(left, right + 1):
            cell = own.cells.get((top, column))
            heading = "" if cell is None else str(cell.value).strip()
            if not heading or re.fullmatch(r"Column\d*( \(\d+\))?", heading):
                yield where(top, column), "a column without a heading"
            elif heading.lower() in seen:
                yield where(top, column), f"the heading “{heading}” is used twice"
            seen.add(heading.lower())


def tables_are_apart(own):
    """Several tables on one sheet: an empty row between them, a heading above each, and the sheet says how many there are."""
    boxes = sorted(own.tables.values(), key=lambda box: box[1])
    for before, after in zip(boxes, boxes[1:]):
        if after[1] <= before[3] + 1:
            yield where(after[1], after[0]), "a table without an empty row before it"
        if before[0] <= after[2] and after[0] <= before[2] and (after[1] - 1, after[0]) not in own.cells:
            yield where(after[1] - 1, after[0]), "a table without a heading above it"


def no_blank_row_or_column(own):
    """No empty row or column in a table."""
    for left, top, right, bottom in own.tables.values():
        for row in range(top + 1, bottom + 1):
            if not any((row, column) in own.cells for column in range(left, right + 1)):
                yield where(row, left), "an empty row in a table"


def no_empty_cell_without_a_word(own):
    """Where cells of a table are empty, a sentence outside the tables says why."""
    says = any(
        isinstance(cell.value, str) and SAYS_BLANK.search(cell.value) and not own.in_table(*at)
        for at, cell in own.cells.items()
    )
    if says:
        return
    for left, top, right, bottom in own.tables.values():
        for row in range(top + 1, bottom + 1):
            for column in range(left, right + 1):
                if (row, column) not in own.cells:
                    yield where(row, column), "an empty cell of a table, and nothing says why"


def no_merged_cells(own):
    """Nothing is merged."""
    for area in own.sheet.merged_cells.ranges:
        yield str(area), "is merged"


def nothing_hidden(own):
    """No hidden sheet, row or column."""
    if own.sheet.sheet_state != "visible":
        yield "A1", "the sheet is hidden"
    for row, own_row in own.sheet.row_dimensions.items():
        if own_row.hidden:
            yield where(row, 1), "the row is hidden"
    for column, own_column in own.sheet.column_dimensions.items():
        if own_column.hidden:
            yield f"{column}1", "the column is hidden"


def texts_can_be_read(own):
    """Letters large enough, without serifs, not slanted; wrapped in tables; rows high enough; columns as wide as their figures."""
    widths = widths_of(own)
    for (row, column), cell in own.cells.items():
        at = where(row, column)
        if (cell.font.sz or 11) < SMALLEST_LETTERS:
            yield at, f"letters of {cell.font.sz} points"
        if (cell.font.name or "").startswith(SERIFS):
            yield at, f"letters with serifs ({cell.font.name})"
        if cell.font.i:
            yield at, "slanted letters"
        if cell.alignment.textRotation:
            yield at, "turned text"
        box = own.in_table(row, column)
        width = widths.get(column, 8.43)
        if box and isinstance(cell.value, str):
            if not cell.alignment.wrap_text and len(cell.value) > width:
                yield at, f"{len(cell.value)} characters that do not wrap in a column {width:.0f} wide"
            # Filter buttons and padding aside, letters are no wider than digits on average.
            lines = sum(max(1, -(-len(part) // max(int(width), 1))) for part in cell.value.split("\n"))
            height = own.sheet.row_dimensions[row].height
            if cell.alignment.wrap_text and height and height + 1 < min(lines * LINE, HIGHEST_ROW):
                yield at, f"{lines} lines in a row {height:.0f} points high"
        elif isinstance(cell.value, (int, float)) and not isinstance(cell.value, bool):
            digits = len(f"{cell.value:.0f}")
            if digits > width:
                yield at, f"{digits} digits in a column {width:.0f} wide"


def widths_of(own):
    """The width of each column, in characters; one element tells of several columns."""
    widths = {}
    for element in own.xml.iter(f"{MAIN}col"):
        for column in range(int(element.get("min")), min(int(element.get("max")), 200) + 1):
            widths[column] = float(element.get("width", 8.43))
    return widths


def columns_are_not_endless(own):
    """No column wider than a screen."""
    for column, width in widths_of(own).items():
        if width > WIDEST_COLUMN + 1:
            yield where(1, column), f"a column {width:.0f} characters wide"


def colour_is_never_alone(own):
    """A cell in a rating's colour begins with the rating's shape, and says a word."""
    for (row, column), cell in own.sheet._cells.items():
        fill = cell.fill
        if fill is None or fill.fill_type != "solid":
            continue
        colour = str(fill.fgColor.rgb or "")[-6:].upper()
        shape = SHAPES.get(colour)
        text = str(cell.value or "")
        if shape and not (text.startswith(shape) and len(text.strip()) > 2):
            yield where(row, column), f"filled #{colour}, but its text “{text[:20]}” does not begin with {shape} and a word"


def luminance(colour):
    channels = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def letters_stand_out(own):
    """Letters against the fill of their cell: at least 4.5 to 1, as WCAG 2.2 asks (1.4.3)."""
    known = {}
    for (row, column), cell in own.cells.items():
        font, fill = cell.font.color, cell.fill
        letters = "000000" if font is None or font.type != "rgb" else str(font.rgb)[-6:]
        filled = fill is not None and fill.fill_type == "solid" and fill.fgColor.type == "rgb"
        ground = str(fill.fgColor.rgb)[-6:] if filled else "FFFFFF"
        if (letters, ground) not in known:
            light, dark = sorted((luminance(letters), luminance(ground)), reverse=True)
            known[letters, ground] = (light + 0.05) / (dark + 0.05)
        if known[letters, ground] < 4.5:
            yield where(row, column), f"letters #{letters} on #{ground}: {known[letters, ground]:.1f} to 1"


def sentences_are_not_cut(own):
    """A sentence that runs on to the right ends before the sheet's columns do."""
    across = max(sum(widths_of(own).values()), SCREEN)
    for (row, column), cell in own.cells.items():
        if isinstance(cell.value, str) and not own.in_table(row, column) and not cell.alignment.wrap_text:
            longest = max(map(len, cell.value.split("\n"))) * (cell.font.sz or 11) / 11
            if longest > across * 1.25:
                yield where(row, column), f"a sentence of {len(cell.value)} characters over columns {across:.0f} wide"


def links_have_words(own):
    """A link says where it leads: no bare address."""
    for (row, column), cell in own.sheet._cells.items():
        if cell.hyperlink is None:
            continue
        text = str(cell.value or "")
        if not text.strip():
            yield where(row, column), "a link without words"
        elif re.match(r"(https?:|mailto:|www\.|#)", text) or text.strip().lower() in ("link", "here", "click here"):
            yield where(row, column), f"a link whose words say nothing of where it leads: “{text}”"


def page_is_set_up(own):
    """A4, fitted to its width or to a scale that can be read, page numbers, the heading row on every page of one long table."""
    setup = own.xml.find(f"{MAIN}pageSetup")
    if setup is None or setup.get("paperSize") != "9":
        yield "A1", "is not set up for A4 paper"
        return
    fits = own.xml.find(f"{MAIN}sheetPr/{MAIN}pageSetUpPr")
    fits = fits is not None and fits.get("fitToPage") in ("1", "true")
    if not fits and not 40 <= int(setup.get("scale", "100")) <= 100:
        yield "A1", "is neither fitted to the page's width nor printed at a scale that can be read"
    if fits and setup.get("fitToHeight") != "0":
        yield "A1", "is squeezed onto one page, whatever its height"
    footer = own.xml.find(f"{MAIN}headerFooter/{MAIN}oddFooter")
    if footer is None or "&P" not in (footer.text or ""):
        yield "A1", "prints no page numbers"
    if len(own.tables) == 1:
        [(left, top, right, bottom)] = own.tables.values()
        rows = own.sheet.print_title_rows
        if bottom - top > ROWS_OF_A_PAGE and rows != f"${top}:${top}" and rows != f"{top}:{top}":
            yield where(top, left), f"the heading row is not repeated on every page (repeated: {rows})"


def headings_stay_in_sight(own):
    """A single table of more rows than a screen holds keeps its headings in sight."""
    if len(own.tables) == 1:
        [(left, top, right, bottom)] = own.tables.values()
        pane = own.xml.find(f"{MAIN}sheetViews/{MAIN}sheetView/{MAIN}pane")
        split = 0 if pane is None else int(float(pane.get("ySplit", "0")))
        if bottom - top > ROWS_OF_A_PAGE and split < top:
            yield where(top, left), "the heading row of a long table is not kept in sight"


def no_formula_of_a_text(own):
    """Nothing is computed: text of a return is data."""
    for (row, column), cell in own.cells.items():
        if cell.data_type == "f":
            yield where(row, column), "is a formula"


OF_A_SHEET = [
    title_in_a1,
    tables_are_tables,
    tables_have_headings,
    tables_are_apart,
    no_blank_row_or_column,
    no_empty_cell_without_a_word,
    no_merged_cells,
    nothing_hidden,
    texts_can_be_read,
    columns_are_not_endless,
    colour_is_never_alone,
    letters_stand_out,
    sentences_are_not_cut,
    links_have_words,
    page_is_set_up,
    headings_stay_in_sight,
    no_formula_of_a_text,
]


# The essentials of a workbook.


def says_what_it_is(book, package):
    """Title, author and language."""
    if not (book.properties.title or "").strip():
        yield Fault("(workbook)", "", "has no title")
    author = (book.properties.creator or "").strip()
    if not author or author.lower() in ("openpyxl", "quarterday"):
        yield Fault("(workbook)", "", "does not name the council as its author")
    language = book.properties.language
    custom = [own for own in book.custom_doc_props.props if own.name == "Language"]
    if not language and not (custom and custom[0].value):
        yield Fault("(workbook)", "", "does not say its language")


def sheets_have_names(book, package):
    """Names that say something, none twice, none with a space at its ends."""
    seen = set()
    for name in book.sheetnames:
        if MEANINGLESS.match(name) or name != name.strip():
            yield Fault(name, "", "its name says nothing")
        if name.lower() in seen:
            yield Fault(name, "", "its name is used twice")
        seen.add(name.lower())


def first_sheet_leads_to_all(book, package):
    """The first sheet names every other, opens first, and has a link to each."""
    first = book.worksheets[0]
    if book.active is not first:
        yield Fault(book.active.title, "", "opens in the place of the first sheet")
    cells = list(first._cells.values())
    words = {str(cell.value) for cell in cells if cell.value is not None}
    leads = {
        match.group(1).replace("''", "'")
        for cell in cells
        if cell.hyperlink and (match := re.match(r"'?(.*?)'?!", cell.hyperlink.location or ""))
    }
    for name in book.sheetnames[1:]:
        if name not in words:
            yield Fault(first.title, "", f"does not name the sheet “{name}”")
        elif name not in leads:
            yield Fault(first.title, "", f"has no link to the sheet “{name}”")


def first_cell_is_chosen(book, package):
    """Every sheet opens at its first cell, or below headings that stay in sight."""
    for sheet in book.worksheets:
        for view in sheet.views.sheetView:
            for selection in view.selection:
                if selection.activeCell not in (None, "A1") and selection.pane is None:
                    yield Fault(sheet.title, selection.activeCell, "opens here, not at its first cell")


def pictures_say_what_they_show(book, package):
    """Each chart and picture has a description; each chart a title, and axes with names."""
    parts = {name: package.read(name) for name in package.namelist() if name.startswith(("xl/drawings/", "xl/charts/"))}
    for name, text in sorted(parts.items()):
        if name.startswith("xl/drawings/drawing") and name.endswith(".xml"):
            for anchor in ElementTree.fromstring(text):
                for own in anchor.iter(f"{DRAWING}cNvPr"):
                    if not (own.get("descr") or "").strip():
                        yield Fault(name, own.get("name", ""), "a chart or picture without a description")
        if re.fullmatch(r"xl/charts/chart\d+\.xml", name):
            yield from chart_is_named(name, ElementTree.fromstring(text))


def chart_is_named(name, root):
    chart = root.find(f"{CHART}chart")
    if chart.find(f"{CHART}title") is None:
        yield Fault(name, "", "a chart without a title")
    for axis in ("catAx", "dateAx", "valAx"):
        for own in chart.iter(f"{CHART}{axis}"):
            if own.find(f"{CHART}title") is None:
                yield Fault(name, axis, "an axis without a name")
    for number, series in enumerate(chart.iter(f"{CHART}ser"), 1):
        if series.find(f"{CHART}tx") is None:
            yield Fault(name, f"series {number}", "a series without a name")
        values = series.find(f"{CHART}val/{CHART}numRef/{CHART}f")
        if values is None or not (values.text or "").strip():
            yield Fault(name, f"series {number}", "a series without cells it draws from")
    blanks = chart.find(f"{CHART}dispBlanksAs")
    if blanks is None or blanks.get("val", "zero") != "gap":
        yield Fault(name, "", "periods without figures are drawn as if they had one")


OF_A_WORKBOOK = [
    says_what_it_is,
    sheets_have_names,
    first_sheet_leads_to_all,
    first_cell_is_chosen,
    pictures_say_what_they_show,
]


def sheet_parts(package):
    """The part of each sheet by the sheet's name."""
    relations = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    targets = {own.get("Id"): own.get("Target") for own in relations.iter(f"{RELATIONS}Relationship")}
    book = ElementTree.fromstring(package.read("xl/workbook.xml"))
    parts = {}
    for own in book.iter(f"{MAIN}sheet"):
        target = next(targets[value] for key, value in own.attrib.items() if key.endswith("}id"))
        parts[own.get("name")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return parts


def faults(path):
    """Every fault of a workbook; of a coloured copy those of the council's sheet alone."""
    copy = path.parent.name == "returned"
    found = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path)
    with zipfile.ZipFile(path) as package:
        sheets = book.worksheets
        if copy:
            # A provider's own sheet of that name, or the one it answered on, stands before.
            sheets = [own for own in sheets if own.title.startswith(FEEDBACK)][-1:]
            if not sheets:
                return [Fault("(workbook)", "", f"has no sheet “{FEEDBACK}”")]
        else:
            for rule in OF_A_WORKBOOK:
                found.extend(rule(book, package))
        parts = sheet_parts(package)
        for sheet in sheets:
            own = Sheet(sheet, ElementTree.fromstring(package.read(parts[sheet.title])))
            for rule in OF_A_SHEET:
                found.extend(Fault(sheet.title, cell, what) for cell, what in rule(own))
    return found


def checked(path):
    try:
        return path, faults(path)
    except Exception as error:  # a workbook that cannot be looked at has not passed
        return path, [Fault("(workbook)", "", f"cannot be looked at: {error!r}")]


def workbooks(folder):
    """The workbooks below `folder` that this program designs, and the coloured copies."""
    names = re.compile(r"((provider-|committee-)?pack.*|report.*)\.xlsx", re.IGNORECASE)
    for path in sorted(folder.rglob("*.xlsx")):
        if path.parent.name == "returned" or names.fullmatch(path.name):
            if not {"returns", "originals"} & set(path.relative_to(folder).parts):
                yield path


# The check of the check: one sound workbook, and one fault after another planted in it.


def sound():
    """A small workbook without a fault."""
    book = openpyxl.Workbook()
    book.properties.title = "Review pack"
    book.properties.creator = "Brambleshire County Council"
    book.properties.language = "en-GB"
    contents, figures = book.active, book.create_sheet("Figures")
    contents.title = "Contents"
    rows = {
        contents: ("Review pack", [("Sheet", "What it holds"), ("Figures", "The figures of two quarters.")]),
        figures: ("Figures", [("Period", "Figure", "Rating"), ("Q1", 0.9, "▲ Amber"), ("Q2", 0.96, "● Green")]),
    }
    for sheet, (title, table) in rows.items():
        sheet["A1"] = title
        sheet["A1"].font = Font(size=18, bold=True)
        for row, values in enumerate(table, 3):
            for column, value in enumerate(values, 1):
                cell = sheet.cell(row, column, value)
                cell.alignment = Alignment(wrap_text=True, vertical="top")
        last = f"{get_column_letter(len(table[0]))}{2 + len(table)}"
        sheet.add_table(Table(displayName=f"Table_{sheet.title}", ref=f"A3:{last}"))
        for column in "ABC":
            sheet.column_dimensions[column].width = 30
        sheet.page_setup.paperSize = 9
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_setup.fitToHeight = 0
        sheet.oddFooter.right.text = "Page &P of &N"
        sheet.print_title_rows = "3:3"
    contents["A4"].hyperlink = Hyperlink(ref="A4", location="'Figures'!A1")
    figures["C4"].fill = PatternFill("solid", fgColor="FFFFBF47")
    figures["C5"].fill = PatternFill("solid", fgColor="FF00703C")
    figures["C5"].font = Font(color="FFFFFFFF")
    chart = LineChart()
    chart.title, chart.x_axis.title, chart.y_axis.title = "Figure", "Period", "Per cent"
    chart.add_data(Reference(figures, min_col=2, min_row=3, max_row=5), titles_from_data=True)
    figures.add_chart(chart, "A8")
    return book


def described(path, description):
    """openpyxl writes no description of a chart; it is put into the package."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for name, text in parts.items():
        if name.startswith("xl/drawings/drawing"):
            parts[name] = text.replace(b'name="Chart 1"', f'name="Chart 1" descr="{description}"'.encode())
    with zipfile.ZipFile(path, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)


def set_(target, name, value):
    setattr(target, name, value)


def second_table(book, heading):
    """Another table on the sheet of figures, two rows below the first."""
    sheet = book["Figures"]
    sheet["A7"] = heading
    for row, values in enumerate([("Period", "Count"), ("Q1", 2)], 8):
        for column, value in enumerate(values, 1):
            sheet.cell(row, column, value).alignment = Alignment(wrap_text=True)
    sheet.add_table(Table(displayName="Second", ref="A8:B9"))


# What is planted, and a part of the words by which it must be found.
PLANTED = [
    ("no title", "has no title", lambda book: set_(book["Figures"]["A1"], "value", None)),
    ("a plain title", "does not stand out", lambda book: set_(book["Figures"]["A1"], "font", Font(size=11))),
    ("no table", "outside any table", lambda book: book["Figures"].tables.clear()),
    ("a loose cell", "outside any table", lambda book: set_(book["Figures"]["E4"], "value", "loose")),
    ("a heading twice", "used twice", lambda book: set_(book["Figures"]["B3"], "value", "period")),
    ("no heading", "without a heading", lambda book: set_(book["Figures"]["B3"], "value", None)),
    ("an empty row", "an empty row", lambda book: [set_(cell, "value", None) for cell in book["Figures"][5]]),
    ("an empty cell", "an empty cell", lambda book: set_(book["Figures"]["B5"], "value", None)),
    ("tables without a heading", "without a heading above", lambda book: second_table(book, None)),
    ("merged cells", "is merged", lambda book: book["Figures"].merge_cells("A20:B20")),
    ("a hidden sheet", "is hidden", lambda book: set_(book["Figures"], "sheet_state", "hidden")),
    ("a hidden column", "column is hidden", lambda book: set_(book["Figures"].column_dimensions["B"], "hidden", True)),
    ("a hidden row", "row is hidden", lambda book: set_(book["Figures"].row_dimensions[4], "hidden", True)),
    ("small letters", "letters of 8", lambda book: set_(book["Figures"]["A4"], "font", Font(size=8))),
    ("serifs", "serifs", lambda book: set_(book["Figures"]["A4"], "font", Font(name="Times New Roman"))),
    ("slanted letters", "slanted", lambda book: set_(book["Figures"]["A4"], "font", Font(italic=True))),
    ("turned text", "turned", lambda book: set_(book["Figures"]["A4"], "alignment", Alignment(textRotation=90))),
    ("text that is cut", "do not wrap", lambda book: (set_(book["Figures"]["A4"], "value", "x" * 50), set_(book["Figures"]["A4"], "alignment", Alignment()))),
    ("a row too low", "lines in a row", lambda book: (set_(book["Figures"]["A4"], "value", "x" * 90), set_(book["Figures"].row_dimensions[4], "height", 15))),
    ("digits that do not fit", "digits in a column", lambda book: (set_(book["Figures"]["B4"], "value", 123456789), set_(book["Figures"].column_dimensions["B"], "width", 4))),
    ("an endless column", "characters wide", lambda book: set_(book["Figures"].column_dimensions["A"], "width", 200)),
    ("colour alone", "does not begin with ●", lambda book: set_(book["Figures"]["C5"], "value", "Green")),
    ("a shape without a word", "and a word", lambda book: set_(book["Figures"]["C5"], "value", "●")),
    ("pale letters", "to 1", lambda book: set_(book["Figures"]["A4"], "font", Font(color="FFAAAAAA"))),
    ("a sentence that is cut", "a sentence of", lambda book: set_(book["Figures"]["A2"], "value", "word " * 60)),
    ("a bare link", "words say nothing", lambda book: (set_(book["Figures"]["A4"], "value", "https://council.example"), set_(book["Figures"]["A4"], "hyperlink", "https://council.example"))),
    ("other paper", "A4 paper", lambda book: set_(book["Figures"].page_setup, "paperSize", 1)),
    ("not fitted", "neither fitted", lambda book: (set_(book["Figures"].sheet_properties.pageSetUpPr, "fitToPage", False), set_(book["Figures"].page_setup, "scale", 20))),
    ("squeezed", "squeezed", lambda book: set_(book["Figures"].page_setup, "fitToHeight", 1)),
    ("no page numbers", "no page numbers", lambda book: set_(book["Figures"].oddFooter.right, "text", "")),
    ("headings on one page", "not repeated", lambda book: (long_table(book), set_(book["Figures"], "_print_rows", None))),
    ("a formula", "is a formula", lambda book: set_(book["Figures"]["B4"], "value", "=1+1")),
    ("no document title", "has no title", lambda book: set_(book.properties, "title", None)),
    ("no author", "does not name the council", lambda book: set_(book.properties, "creator", "openpyxl")),
    ("no language", "its language", lambda book: set_(book.properties, "language", None)),
    ("a name that says nothing", "its name says nothing", lambda book: set_(book["Figures"], "title", "Sheet2")),
    ("a sheet not named", "does not name the sheet", lambda book: set_(book["Contents"]["A4"], "value", "Numbers")),
    ("no link to a sheet", "has no link to", lambda book: set_(book["Contents"]["A4"], "hyperlink", None)),
    ("another sheet opens", "opens in the place", lambda book: set_(book, "active", 1)),
    ("another cell is chosen", "opens here", lambda book: set_(book["Figures"].sheet_view.selection[0], "activeCell", "C9")),
    ("no axis name", "axis without a name", lambda book: set_(book["Figures"]._charts[0].y_axis, "title", None)),
    ("no chart title", "chart without a title", lambda book: set_(book["Figures"]._charts[0], "title", None)),
    ("gaps drawn as nought", "as if they had one", lambda book: set_(book["Figures"]._charts[0], "display_blanks", "zero")),
    ("a long table without its headings", "kept in sight", lambda book: long_table(book)),
]


def long_table(book):
    sheet = book["Figures"]
    for row in range(6, 50):
        for column, value in enumerate(("Q", 1, "None"), 1):
            sheet.cell(row, column, value).alignment = Alignment(wrap_text=True)
    sheet.tables["Table_Figures"].ref = "A3:C49"


def check_of_the_check(folder):
    """That a sound workbook passes, and that each planted fault is found. Gives what went wrong."""
    wrong = []
    path = folder / "pack.xlsx"
    book = sound()
    book.save(path)
    described(path, "Line chart of two quarters.")
    wrong.extend(f"the sound workbook: {fault}" for fault in faults(path))
    book.save(path)
    if not any("without a description" in fault.what for fault in faults(path)):
        wrong.append("a chart without a description was not found")
    for name, words, plant in PLANTED:
        book = sound()
        plant(book)
        book.save(path)
        described(path, "Line chart of two quarters.")
        found = checked(path)[1]
        if not any(words in fault.what for fault in found):
            wrong.append(f"{name} was not found; instead {found}")
    says = sound()
    says["Figures"]["B5"] = None
    says["Figures"]["A2"] = "Cells left blank are quarters without a figure."
    says.save(path)
    described(path, "Line chart of two quarters.")
    wrong.extend(f"blanks that are told of: {fault}" for fault in faults(path))
    return wrong


def main():
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        wrong = check_of_the_check(Path(folder))
    for line in wrong:
        print(f"check of the check: {line}")
    print(f"{len(PLANTED) + 1} planted faults, {len(wrong)} not found as they should be", flush=True)
    if wrong:
        sys.exit(1)
    if len(sys.argv) < 2:
        return
    folder = Path(sys.argv[1])
    paths = list(workbooks(folder))
    if not paths:
        sys.exit(f"no workbook lies below {folder}")
    failed = 0
    with concurrent.futures.ProcessPoolExecutor(max_workers=2) as pool:
        for path, found in pool.map(checked, paths, chunksize=4):
            failed += bool(found)
            for fault in found:
                print(f"{path.relative_to(folder)}: {fault.sheet} {fault.cell}: {fault.what}")
    kinds = collections.Counter("coloured copies" if path.parent.name == "returned" else path.name.split(".")[0] for path in paths)
    for kind, number in sorted(kinds.items()):
        print(f"{kind}: {number}")
    print(f"{time.monotonic() - started:.0f} seconds")
    print(f"{len(paths) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
