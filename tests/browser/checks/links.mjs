// Links lead to files that exist beside the page, and to places that exist in them; none leads out into the world.

import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const name = 'links';

const places = new Map();

/** The ids of a page. */
function idsOf(file) {
    if (!places.has(file)) {
        const text = fs.readFileSync(file, 'utf8');
        places.set(file, new Set([...text.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id)));
    }
    return places.get(file);
}

export async function faults(tab, { folder, file }) {
    const links = await tab.evaluate(() =>
        [...document.querySelectorAll('a')].map((link) => ({
            written: link.getAttribute('href'),
            resolved: link.href,
            words: link.textContent.trim().replace(/\s+/g, ' '),
        })),
    );
    const faults = [];
    for (const { written, resolved, words } of links) {
        const named = `“${words}” (${written})`;
        if (!words) faults.push(`${named} has no words`);
        if (!written) {
            faults.push(`${named} leads nowhere`);
            continue;
        }
        if (written.startsWith('mailto:')) continue;
        if (/^[a-z][a-z0-9+.-]*:|^\/|^\\/i.test(written)) {
            faults.push(`${named} is not relative to the page`);
            continue;
        }
        const url = new URL(resolved);
        const target = fileURLToPath(new URL(url.pathname, 'file:'));
        if (path.relative(folder, target).startsWith('..')) {
            faults.push(`${named} leads out of the folder`);
        } else if (!fs.statSync(target, { throwIfNoEntry: false })?.isFile()) {
            faults.push(`${named} leads to a file that is not there`);
        } else if (url.hash && !idsOf(target).has(decodeURIComponent(url.hash.slice(1)))) {
            faults.push(`${named} leads to a place that is not in ${target === file ? 'the page' : path.relative(path.dirname(file), target)}`);
        }
    }
    return faults;
}
