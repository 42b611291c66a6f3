// Looks at every page below a folder in a real browser.
//
//     node tests/browser/check.mjs FOLDER [--all]
//
// FOLDER is what `quarterday demo FOLDER` made. Each page is held against the checks in `checks/`; paper, keyboard and
// large text at the extremes of each kind of page, or at every page with `--all`. Ends with status 1 when a page has a fault.

import path from 'node:path';

import { everyPage } from './lib/every-page.mjs';
import { report } from './lib/report.mjs';

const [folder, ...options] = process.argv.slice(2);
if (!folder || options.some((option) => option !== '--all')) {
    console.error('node check.mjs FOLDER [--all]');
    process.exit(2);
}
const { found, closely } = await everyPage(path.resolve(folder), { all: options.includes('--all') });
console.log(`${found.size} pages, ${closely.size} of them on paper, by keyboard and with large text too`);
const failed = report(found);
if (found.size === 0) console.log(`There is no page below ${folder}.`);
process.exitCode = failed > 0 || found.size === 0 ? 1 : 0;
