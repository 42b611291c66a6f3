// axe-core: WCAG 2.0, 2.1 and 2.2, levels A and AA, and best practices.

import fs from 'node:fs';
import { createRequire } from 'node:module';

export const name = 'axe';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const AXE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Puts axe into the page from outside; the page's policy would let in no script of its own. */
export async function load(tab) {
    await tab.evaluate(AXE);
}

export function faults(tab) {
    return tab.evaluate(async (tags) => {
        // Scrolled to the top, so that nothing lies under anything else by chance.
        scrollTo(0, 0);
        const { violations } = await globalThis.axe.run(document, {
            runOnly: tags,
            resultTypes: ['violations'],
            selectors: false,
        });
        return violations.flatMap(({ id, help, nodes }) =>
            nodes.map((node) => `${id}: ${help}: ${node.html.replace(/\s+/g, ' ').slice(0, 160)} ${node.any?.[0]?.message ?? ''}`.trim()),
        );
    }, TAGS);
}
