// A page without a fault, in the manner of the real ones, on which faults are planted.

/** The page's style. */
export const STYLE = `
:root { --ink: #0b0c0c; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 0 1rem; font: 1rem/1.5 sans-serif; color: var(--ink); background: #ffffff; overflow-wrap: break-word; }
a { display: inline-block; padding: 0.25rem 0; }
summary { padding: 0.25rem 0; }
:focus-visible { outline: 0.1875rem solid var(--ink); }
main:focus { outline: none; }
.skip { position: absolute; left: -999rem; }
.skip:focus { position: static; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; min-width: 30rem; }
caption, th, td { text-align: left; padding: 0.25rem; }
.tag { color: #ffffff; background: #b10e1e; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
svg { display: block; width: 100%; min-width: 40rem; height: auto; }
@page { size: A4; margin: 20mm 15mm 18mm; }
@page { @top-left { content: "Sound page"; } @top-right { content: "As at 1 April 2026"; } @bottom-right { content: "Page " counter(page) " of " counter(pages); } }
@media print {
  body { max-width: none; padding: 0; }
  .scroll { overflow: visible; }
  svg, table { min-width: 0; }
  h1, h2, caption, thead { break-after: avoid; }
  tr, svg { break-inside: avoid; }
}
`;

const ROWS = Array.from(
    { length: 40 },
    (_, row) => `<tr><th scope="row">Month ${row + 1}</th><td>${row}</td><td><span class="tag">■ Red</span></td><td>${'Words that take some room. '.repeat(6)}</td></tr>`,
).join('\n');

/** The page, with each of `changes` made to it: [what stands there, what takes its place]. */
export function page(changes = []) {
    let text = `<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-STYLE'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>A sound page</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#main">Skip to main content</a>
<header><p>Ashmarsh County Council</p></header>
<main id="main" tabindex="-1">
<h1>A sound page</h1>
<p>It leads to <a href="other.html">another page</a> and to <a href="#figures">its figures</a>.</p>
<details><summary>What is folded away</summary><p>It is looked at too, and leads to <a href="other.html#main">a place</a>.</p></details>
<section>
<h2 id="figures">Figures</h2>
<div class="scroll" role="region" aria-label="Chart" tabindex="0">
<svg role="img" aria-labelledby="chart-title chart-description" viewBox="0 0 640 100"><title id="chart-title">Trend</title><desc id="chart-description">A line going up.</desc><polyline points="0,90 640,10" fill="none" stroke="#0b0c0c"/></svg>
</div>
<div class="scroll" role="region" aria-label="Figures by month" tabindex="0">
<table>
<caption>Figures by month</caption>
<thead><tr><th scope="col">Month</th><th scope="col">Figure</th><th scope="col">Rating</th><th scope="col">Remark</th></tr></thead>
<tbody>
${ROWS}
</tbody>
</table>
</div>
</section>
</main>
</body>
</html>
`;
    for (const [there, instead] of changes) {
        if (!text.includes(there)) throw new Error(`the sound page has no “${there}”`);
        // Given as a function: a dollar sign in it means nothing.
        text = text.replace(there, () => instead);
    }
    return text;
}
