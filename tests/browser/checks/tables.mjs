// Every table has a caption, heads with a scope, and rows of the same length.

export const name = 'tables';

export function faults(tab) {
    return tab.evaluate(() => {
        const faults = [];
        for (const table of document.querySelectorAll('table')) {
            const caption = table.caption?.textContent.trim().replace(/\s+/g, ' ') ?? '';
            const named = `the table “${caption || table.textContent.trim().slice(0, 40)}”`;
            if (!caption) faults.push(`${named} has no caption`);
            if (!table.querySelector('th')) faults.push(`${named} has no heads`);
            for (const head of table.querySelectorAll('th')) {
                if (!['col', 'row', 'colgroup', 'rowgroup'].includes(head.getAttribute('scope'))) {
                    faults.push(`${named}: the head “${head.textContent.trim()}” has no scope`);
                }
            }
            for (const head of table.querySelectorAll('thead th')) {
                if (!head.textContent.trim()) faults.push(`${named} has an empty head`);
            }
            const lengths = new Set([...table.rows].map((row) => [...row.cells].reduce((sum, cell) => sum + cell.colSpan, 0)));
            if (lengths.size > 1 && !table.querySelector('[rowspan]')) faults.push(`${named} has rows of ${[...lengths].join(' and ')} cells`);
        }
        return faults;
    });
}
