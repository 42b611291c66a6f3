// The pages below a folder, and which of them are looked at most closely.

import fs from 'node:fs';
import path from 'node:path';

/** Every `*.html` below `folder`, as paths relative to it with `/`, sorted. */
export function pagesBelow(folder) {
    return fs
        .readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.toLowerCase().endsWith('.html'))
        .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)).split(path.sep).join('/'))
        .sort();
}

/** Pages of one kind in one workspace are made by the same template from the same contract. */
function kindOf(page) {
    const workspace = page.includes('/') ? page.slice(0, page.indexOf('/')) : '';
    const name = page.slice(page.lastIndexOf('/') + 1);
    // pack-<area>.html is one kind, whatever the area.
    return `${workspace} ${name.replace(/^([a-z]*-?pack)-.*\.html$/, '$1-of-an-area.html')}`;
}

/**
 * The largest and the smallest page of each kind in each workspace, and the page with the most of each of `hard`
 * (regular expressions): what holds for the extremes of a template holds for the many alike between them.
 */
export function extremes(folder, pages, hard = [/<tr/g, /<svg/g, /<h[1-6]/g]) {
    const kinds = new Map();
    for (const page of pages) {
        const text = fs.readFileSync(path.join(folder, page), 'utf8');
        const measures = [text.length, -text.length, ...hard.map((pattern) => text.match(pattern)?.length ?? 0)];
        const kind = kindOf(page);
        kinds.set(kind, [...(kinds.get(kind) ?? []), { page, measures }]);
    }
    const chosen = new Set();
    for (const members of kinds.values()) {
        for (let measure = 0; measure < hard.length + 2; measure += 1) {
            const most = members.reduce((a, b) => (b.measures[measure] > a.measures[measure] ? b : a));
            chosen.add(most.page);
        }
    }
    return chosen;
}
