// At 320 CSS px (WCAG 2.2, 1.4.10) the page does not scroll sideways; tables and charts may, in regions of their own that a
// keyboard reaches and a name announces.

import { cutOff } from './text.mjs';

export const name = 'reflow at 320 px';

export async function faults(tab) {
    const regions = await tab.evaluate(() => {
        const faults = [];
        for (const element of document.body.querySelectorAll('*')) {
            if (!element.checkVisibility() || element.scrollWidth <= element.clientWidth + 1) continue;
            if (!/auto|scroll/.test(getComputedStyle(element).overflowX)) continue;
            const said = element.getAttribute('aria-label') ?? document.getElementById(element.getAttribute('aria-labelledby'))?.textContent ?? '';
            const named = `${element.tagName.toLowerCase()} “${said || element.textContent.trim().slice(0, 40)}”`;
            if (element.getAttribute('tabindex') !== '0') faults.push(`${named} scrolls, but is not reached by keyboard`);
            if (element.getAttribute('role') !== 'region' || !said.trim()) faults.push(`${named} scrolls, but is no region with a name`);
            const wide = [...element.children].filter((child) => child.scrollWidth > element.clientWidth + 1 || child.getBoundingClientRect().width > element.clientWidth + 1);
            for (const child of wide) {
                if (!['TABLE', 'svg'].includes(child.tagName)) faults.push(`${named} scrolls for a ${child.tagName.toLowerCase()}, which is neither table nor chart`);
            }
        }
        return faults;
    });
    return [...(await tab.evaluate(cutOff)), ...regions];
}
