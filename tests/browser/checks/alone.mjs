// A page stands alone: its language and title are said, it runs no script, its policy lets nothing in, and nothing in it
// comes from elsewhere.

export const name = 'stands alone';

export function faults(tab) {
    return tab.evaluate(() => {
        const faults = [];
        if (document.documentElement.lang !== 'en-GB') faults.push(`the language is “${document.documentElement.lang}”, not en-GB`);
        if (!document.title.trim()) faults.push('it has no title');
        const mains = document.querySelectorAll('main').length;
        if (mains !== 1) faults.push(`it has ${mains} main landmarks`);
        const policy = document.head.querySelector('meta[http-equiv="Content-Security-Policy"]')?.content ?? '';
        const rules = new Map(policy.split(';').map((rule) => rule.trim().split(/\s+/)).map(([rule, ...values]) => [rule, values.join(' ')]));
        for (const rule of ['default-src', 'base-uri', 'form-action']) {
            if (rules.get(rule) !== "'none'") faults.push(`its policy has ${rule} “${rules.get(rule) ?? ''}”, not 'none'`);
        }
        if (/unsafe|\*|https?:|file:/.test(policy)) faults.push(`its policy lets things in: ${policy}`);
        for (const element of document.querySelectorAll('script, iframe, object, embed, form, link, base, [src]:not([src^="data:"]), [srcset]')) {
            faults.push(`holds ${element.cloneNode(false).outerHTML}`);
        }
        for (const element of document.querySelectorAll('*')) {
            for (const attribute of element.attributes) {
                if (/^on/.test(attribute.name) || attribute.name === 'style') faults.push(`${attribute.name} on ${element.tagName.toLowerCase()}`);
            }
        }
        for (const style of document.querySelectorAll('style')) {
            if (/@import|url\(\s*["']?(?!data:|#)/.test(style.textContent)) faults.push('its style asks for something from elsewhere');
        }
        return faults;
    });
}
