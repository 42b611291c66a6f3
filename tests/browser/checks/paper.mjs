// Printed: A4, tagged, with title, language and bookmarks; running heads and page numbers on every sheet, none blank, nothing
// beyond the margins; no row, chart or heading parted that could have stayed together; fills and their words kept.

import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { contentsOf, wordsOf } from '../lib/pdf.mjs';

export const name = 'paper';

const MM = 72 / 25.4;
/** No letter is smaller than this on paper, in points. */
const SMALLEST = 7;

/** The page as PDF, as a person's “Print” makes it. */
export async function print(tab, file) {
    await tab.pdf({ path: file, tagged: true, outline: true, preferCSSPageSize: true });
}

export async function faults(tab) {
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'quarterday-paper-'));
    try {
        const file = path.join(folder, 'page.pdf');
        await print(tab, file);
        const [contents, words] = await Promise.all([contentsOf(file), wordsOf(file)]);
        const margins = await tab.evaluate(marginsOf);
        const tall = await laidOut(tab, contents.pages[0], margins);
        return [
            ...about(contents, await tab.title()),
            ...sheets(contents, words, margins),
            ...parted(contents.structure, tall),
            ...tall.faults,
        ];
    } finally {
        await fs.rm(folder, { recursive: true });
    }
}

/** The margins of sheets in mm by the name of the page, as its style has them; in the page. */
function marginsOf() {
    const margins = { '': { top: 10, right: 10, bottom: 10, left: 10 } };
    for (const sheet of document.styleSheets) {
        for (const rule of sheet.cssRules) {
            if (!(rule instanceof CSSPageRule)) continue;
            const named = (margins[rule.selectorText] ??= { ...margins[''] });
            for (const side of Object.keys(named)) {
                const set = rule.style.getPropertyValue(`margin-${side}`);
                if (set.endsWith('mm')) named[side] = parseFloat(set);
            }
        }
    }
    return margins;
}

/** The margins of a sheet: one that lies on its side is named so. */
function marginsFor(margins, { width, height }) {
    return (width > height && margins.landscape) || margins[''];
}

/** What the document says of itself. */
function about({ title, language, tagged, bookmarks, structure }, expected) {
    const faults = [];
    if (!tagged || structure.length === 0) faults.push('it is not tagged');
    if (title !== expected) faults.push(`its title is “${title}”, the page's “${expected}”`);
    if (language !== 'en-GB') faults.push(`its language is “${language}”`);
    if (!bookmarks) faults.push('it has no bookmarks');
    return faults;
}

/** Each sheet of paper. */
function sheets({ pages }, words, named) {
    const faults = [];
    pages.forEach(({ width, height }, index) => {
        const sheet = `sheet ${index + 1} of ${pages.length}`;
        const size = [Math.round(width / MM), Math.round(height / MM)].sort((a, b) => a - b).join(' × ');
        if (size !== '210 × 297') faults.push(`${sheet} is ${size} mm, not A4`);
        const margins = marginsFor(named, { width, height });
        const all = words[index];
        const head = all.filter((word) => word.bottom < margins.top * MM);
        const foot = all.filter((word) => word.top > height - margins.bottom * MM);
        const body = all.filter((word) => !head.includes(word) && !foot.includes(word));
        if (!head.some((word) => word.left < width / 2) || !head.some((word) => word.right > width / 2)) {
            faults.push(`${sheet} has no running head left and right`);
        }
        const number = foot.map((word) => word.text).join(' ');
        if (!number.includes(`Page ${index + 1} of ${pages.length}`)) faults.push(`${sheet} is numbered “${number}”`);
        if (body.length === 0) faults.push(`${sheet} is blank`);
        for (const word of body) {
            if (word.left < margins.left * MM - 1 || word.right > width - margins.right * MM + 1) faults.push(`${sheet}: “${word.text}” reaches into the margin`);
            else if (word.bottom - word.top < SMALLEST) faults.push(`${sheet}: “${word.text}” is tiny`);
        }
    });
    return faults;
}

/** Rows, charts and list items on two sheets that fit on one; headings and captions at the foot of one, parted from what they head. */
function parted(structure, tall) {
    const faults = [];
    const split = ({ on }) => on.length > 0 && Math.max(...on) > Math.min(...on);
    const places = ({ on }) => `${Math.min(...on)} and ${Math.max(...on)}`;
    // The head of a table is printed again on each sheet, and has no cell of data.
    const rows = structure.filter((element) => element.kind === 'TR' && element.kinds.has('TD') && split(element));
    if (rows.length > tall.rows) {
        faults.push(`${rows.length} rows are split (sheets ${rows.map(places).join('; ')}), though only ${tall.rows} are taller than a sheet`);
    }
    for (const chart of structure.filter((element) => element.kind === 'Figure' && split(element))) faults.push(`a chart is split (sheets ${places(chart)})`);

    structure.forEach((element, index) => {
        if (!/^(H[1-6]|Caption)$/.test(element.kind) || element.on.length === 0) return;
        if (split(element)) faults.push(`a heading is split (${element.kind}, sheets ${places(element)})`);
        // What follows it in reading order and is not inside it.
        const next = structure.slice(index + 1).find((other) => other.on.length > 0 && other.depth <= element.depth);
        const last = Math.max(...element.on);
        if (next && Math.min(...next.on) > last) faults.push(`a heading stands alone at the foot of sheet ${last} (${element.kind})`);
    });
    return faults;
}

/** The page laid out as on paper: whether it fits, rows taller than a sheet, and fills that a printer would leave out. */
async function laidOut(tab, sheet, named) {
    const margins = marginsFor(named, sheet);
    const px = (mm, ...less) => Math.floor(((mm - less[0] - less[1]) * 96) / 25.4);
    const room = {
        width: px(sheet.width / MM, margins.left, margins.right),
        height: px(sheet.height / MM, margins.top, margins.bottom),
        // On a sheet of its own that lies on its side.
        sideways: named.landscape ? px(297, named.landscape.left, named.landscape.right) : 0,
    };
    await tab.emulateMedia({ media: 'print' });
    await tab.setViewportSize({ width: room.width, height: room.height });
    const found = await tab.evaluate(({ height, sideways }) => {
        const seen = [...document.body.querySelectorAll('*')].filter((element) => element.checkVisibility());
        const faults = new Set();
        for (const element of seen) {
            const style = getComputedStyle(element);
            const filled = !/^rgba\(.*, 0\)$/.test(style.backgroundColor) && style.backgroundColor !== 'rgb(255, 255, 255)';
            if (filled && style.printColorAdjust !== 'exact') {
                faults.add(`the fill of ${element.tagName.toLowerCase()}.${element.className} is lost on paper`);
            }
        }
        const rows = seen.filter((element) => element.tagName === 'TR' && element.getBoundingClientRect().height > height * 0.9);
        // A browser would shrink the whole page, words included, until its widest part fits.
        const own = getComputedStyle(document.body).page;
        const pageOf = (element) => {
            const { page } = getComputedStyle(element);
            return page !== 'auto' || element === document.body ? page : pageOf(element.parentElement);
        };
        const turned = seen.filter((element) => element.tagName === 'TABLE' && pageOf(element) !== own);
        for (const table of turned) {
            const { width } = table.getBoundingClientRect();
            if (width > sideways) faults.add(`the table “${table.caption?.textContent}” is ${width} px wide, wider than its sheet with ${sideways}`);
            table.hidden = true;
        }
        const width = document.documentElement.scrollWidth;
        if (width > innerWidth) {
            const wide = seen.filter((element) => element.tagName === 'TABLE' && element.getBoundingClientRect().right > innerWidth);
            faults.add(`it is ${width} px wide, wider than its sheet with ${innerWidth}: ${wide.map((table) => table.caption?.textContent).join('; ')}`);
        }
        for (const table of turned) table.hidden = false;
        return { rows: rows.length, faults: [...faults] };
    }, room);
    await tab.emulateMedia({ media: null });
    return found;
}
