// One page through every check: as delivered on a wide screen, as printed, by keyboard, with large text, at 320 px.

import path from 'node:path';
import { pathToFileURL } from 'node:url';

import * as accessibility from '../checks/accessibility.mjs';
import * as alone from '../checks/alone.mjs';
import * as charts from '../checks/charts.mjs';
import * as headings from '../checks/headings.mjs';
import * as keyboard from '../checks/keyboard.mjs';
import * as links from '../checks/links.mjs';
import * as paper from '../checks/paper.mjs';
import * as quiet from '../checks/quiet.mjs';
import * as reflow from '../checks/reflow.mjs';
import * as tables from '../checks/tables.mjs';
import * as text from '../checks/text.mjs';
import { narrow, wide } from './settings.mjs';

const AS_DELIVERED = [alone, headings, tables, charts, links, accessibility];

/**
 * The faults of one page, each `{ check, words }`. `tab` is an open tab, used for one page after the other.
 *
 * `closely` says whether the checks that cost most are done too: paper, keyboard, large text.
 */
export async function visit(tab, folder, page, { closely }) {
    const file = path.join(folder, page);
    const address = pathToFileURL(file).href;
    const faults = [];
    const told = (check, words) => faults.push(...words.map((line) => ({ check, words: line })));
    const heard = quiet.listen(tab, address);
    try {
        await tab.setViewportSize(wide);
        await tab.goto(address);
        await accessibility.load(tab);

        for (const check of AS_DELIVERED) told(check.name, await check.faults(tab, { folder, file }));
        if (closely) {
            told(paper.name, await paper.faults(tab));
            await tab.setViewportSize(wide);
        }
        // From here on what is folded away is unfolded, so that it is looked at too.
        await tab.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
        if (closely) {
            told(keyboard.name, await keyboard.faults(tab));
            told(text.name, await text.faults(tab));
        }
        await tab.setViewportSize(narrow);
        told(reflow.name, await reflow.faults(tab));
        told(`${accessibility.name} at ${narrow.width} px`, await accessibility.faults(tab));
    } catch (error) {
        told('the visit itself', [String(error.stack ?? error)]);
    }
    told(quiet.name, heard());
    return faults;
}
