// Text at twice its size (WCAG 2.2, 1.4.4), and with the spacing that readers may set (1.4.12): nothing is cut off, and the
// page itself does not scroll sideways.

import { wide } from '../lib/settings.mjs';

export const name = 'large text';

const SPACED = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }`;

/** What is cut off, in the page. Also used at 320 px. */
export function cutOff() {
    const faults = [];
    const named = (element) => `${element.tagName.toLowerCase()}${element.className.baseVal === undefined && element.className ? `.${element.className}` : ''} “${element.textContent.trim().replace(/\s+/g, ' ').slice(0, 50)}”`;
    const root = document.documentElement;
    if (root.scrollWidth > innerWidth) faults.push(`the page is ${root.scrollWidth} px wide in a window of ${innerWidth}`);
    for (const element of document.body.querySelectorAll('*')) {
        if (element.closest('svg') || !element.checkVisibility()) continue;
        const style = getComputedStyle(element);
        const scrolls = /auto|scroll/.test(style.overflowX);
        const hides = /hidden|clip/.test(`${style.overflowX} ${style.overflowY}`);
        // Words for those who hear the page are cut to nothing on purpose.
        const heard = style.clipPath === 'inset(50%)';
        if (hides && !heard && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)) {
            faults.push(`${named(element)} is cut off`);
        }
        if (heard || scrolls) continue;
        const own = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
        if (!own || element.closest('.heard')) continue;
        const box = element.getBoundingClientRect();
        let region = element.parentElement;
        while (region && !/auto|scroll/.test(getComputedStyle(region).overflowX)) region = region.parentElement;
        if (!region && (box.right > innerWidth + 1 || box.left < -1)) {
            // The skip link waits out of sight until it is reached.
            if (!element.matches('.skip')) faults.push(`${named(element)} reaches beyond the window`);
        }
        if (style.display !== 'inline' && element.scrollHeight > element.clientHeight + 4 && element.clientHeight > 0) {
            faults.push(`${named(element)} is taller than its box`);
        }
    }
    return faults;
}

export async function faults(tab) {
    await tab.setViewportSize(wide);
    await tab.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
    const large = await tab.evaluate(cutOff);
    await tab.evaluate((css) => {
        document.documentElement.style.fontSize = '';
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(css);
        document.adoptedStyleSheets = [sheet];
    }, SPACED);
    const spaced = await tab.evaluate(cutOff);
    await tab.evaluate(() => { document.adoptedStyleSheets = []; });
    return [...large.map((words) => `at 200%: ${words}`), ...spaced.map((words) => `spaced: ${words}`)];
}
