// One h1, the first heading; no level skipped on the way down; no heading empty.

export const name = 'headings';

export function faults(tab) {
    return tab.evaluate(() => {
        const faults = [];
        const headings = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((element) => ({
            level: Number(element.tagName[1]),
            text: element.textContent.trim().replace(/\s+/g, ' '),
        }));
        const first = headings.filter(({ level }) => level === 1).length;
        if (first !== 1) faults.push(`there are ${first} headings of level 1`);
        let above = 0;
        for (const { level, text } of headings) {
            if (level > above + 1) faults.push(`level ${level} “${text}” comes straight after level ${above}`);
            if (text === '') faults.push(`a heading of level ${level} is empty`);
            above = level;
        }
        return faults;
    });
}
