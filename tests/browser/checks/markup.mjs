// The Nu HTML checker over all pages in one run of its own: no error, and no warning but those permitted here.

import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { run } from '../lib/run.mjs';

export const name = 'Nu HTML checker';

const JAR = path.join(path.dirname(createRequire(import.meta.url).resolve('vnu-jar/package.json')), 'build/dist/vnu.jar');

/** What the checker may say, and why. */
const PERMITTED = [
    {
        says: /^Inline style violates Content Security Policy .* blocked by “style-src” directive/,
        // The policy names the style by its hash, which the checker does not work out. A browser does, and would say so
        // on the console.
        type: 'info',
    },
    {
        says: /^The “border” attribute on the “table” element is obsolete/,
        // Letters are opened in word processors, which draw no lines without it.
        type: 'info',
    },
];

/** Page → faults, for the pages that have any. */
export async function faults(folder, pages) {
    const found = new Map();
    if (pages.length === 0) return found;
    const files = pages.map((page) => path.join(folder, page));
    const { stdout } = await run('java', ['-jar', JAR, '--format', 'json', '--stdout', '--exit-zero-always', ...files]);
    for (const { type, url, lastLine, message, extract } of JSON.parse(stdout).messages) {
        if (PERMITTED.some((permitted) => permitted.type === type && permitted.says.test(message))) continue;
        const page = path.relative(folder, fileURLToPath(url)).split(path.sep).join('/');
        const words = `${type}, line ${lastLine}: ${message} ${extract?.replace(/\s+/g, ' ') ?? ''}`.trim();
        found.set(page, [...(found.get(page) ?? []), words]);
    }
    return found;
}
