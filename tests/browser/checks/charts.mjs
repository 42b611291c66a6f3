// Every picture drawn on a page is either a chart with a title, a description and a table of its data beside it, or an icon
// that is hidden from those who hear the page and has its words beside it.

export const name = 'charts';

export function faults(tab) {
    return tab.evaluate(() => {
        const faults = [];
        for (const svg of document.querySelectorAll('svg')) {
            if (svg.closest('[aria-hidden="true"]')) {
                if (!svg.closest('p, li, td, th, dd, dt, figcaption, caption, span')?.textContent.trim()) faults.push('an icon has no words beside it');
                continue;
            }
            const title = svg.querySelector(':scope > title');
            const description = svg.querySelector(':scope > desc');
            const named = `the chart “${title?.textContent.trim() ?? ''}”`;
            if (svg.getAttribute('role') !== 'img') faults.push(`${named} is not marked as a picture`);
            if (!title?.textContent.trim()) faults.push('a chart has no title');
            if (!description?.textContent.trim()) faults.push(`${named} has no description`);
            const said = `${svg.getAttribute('aria-labelledby') ?? ''} ${svg.getAttribute('aria-describedby') ?? ''}`.trim().split(/\s+/);
            for (const part of [title, description]) {
                if (part && !said.includes(part.id)) faults.push(`${named}: its ${part.tagName} is not what it is labelled by`);
            }
            // A figure's table may stand inside it or beside it.
            const home = svg.closest('article') ?? svg.closest('section') ?? svg.closest('main');
            if (!home?.querySelector('table')) faults.push(`${named} has no table of its data beside it`);
        }
        return faults;
    });
}
