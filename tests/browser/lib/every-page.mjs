// All pages, a few at a time, in one browser; the markup of all of them in one run of the Nu checker beside it.

import * as markup from '../checks/markup.mjs';
import { launch } from './browser.mjs';
import { extremes, pagesBelow } from './pages.mjs';
import { workers } from './settings.mjs';
import { visit } from './visit.mjs';

/** Page → its faults, in the order of the pages. `all` looks at every page as closely as at the extremes. */
export async function everyPage(folder, { all = false } = {}) {
    const pages = pagesBelow(folder);
    const closely = all ? new Set(pages) : extremes(folder, pages);
    const found = new Map(pages.map((page) => [page, []]));
    const waiting = [...pages];

    const browser = await launch();
    let done = 0;
    const worker = async () => {
        // Each worker has a context of its own, and so a process of its own.
        const tab = await (await browser.newContext()).newPage();
        for (let page = waiting.shift(); page !== undefined; page = waiting.shift()) {
            found.get(page).push(...(await visit(tab, folder, page, { closely: closely.has(page) })));
            done += 1;
            if (done % 50 === 0) console.log(`${done} of ${pages.length} pages, after ${Math.round(performance.now() / 1000)} s`);
        }
    };
    try {
        await Promise.all(Array.from({ length: workers }, worker));
    } finally {
        await browser.close();
    }
    for (const [page, faults] of await markup.faults(folder, pages)) {
        found.get(page).push(...faults.map((words) => ({ check: markup.name, words })));
    }
    return { found, closely };
}
