// Saves what pages look like, for people to look at: on a wide screen, at 320 px, and printed.
//
//     node tests/browser/pictures.mjs FOLDER OUT [WORDS …]
//
// Takes the largest and the smallest page of each kind below FOLDER, or the pages whose path holds one of WORDS. Names in OUT
// are the pages' paths with `_` for `/`; the sheets of paper are numbered.

import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { print } from './checks/paper.mjs';
import { launch } from './lib/browser.mjs';
import { extremes, pagesBelow } from './lib/pages.mjs';
import { run } from './lib/run.mjs';
import { narrow, wide } from './lib/settings.mjs';

const [folder, out, ...wanted] = process.argv.slice(2);
if (!folder || !out) {
    console.error('node pictures.mjs FOLDER OUT [WORDS …]');
    process.exit(2);
}
const all = pagesBelow(folder);
const chosen = wanted.length > 0 ? all.filter((page) => wanted.some((words) => page.includes(words))) : [...extremes(folder, all, [])].sort();
fs.mkdirSync(out, { recursive: true });
const browser = await launch();
try {
    const tab = await browser.newPage();
    for (const page of chosen) {
        const name = path.join(out, page.replaceAll('/', '_').replace(/\.html$/i, ''));
        await tab.goto(pathToFileURL(path.resolve(folder, page)).href);
        for (const [words, size] of Object.entries({ wide, narrow })) {
            await tab.setViewportSize(size);
            await tab.screenshot({ path: `${name}-${words}.png`, fullPage: true });
        }
        await print(tab, `${name}.pdf`);
        await run('pdftoppm', ['-png', '-r', '70', `${name}.pdf`, `${name}-sheet`]);
        console.log(page);
    }
} finally {
    await browser.close();
}
