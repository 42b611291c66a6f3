// Faults, one a page, with the check that must find each and the words it says.

/** Where a fault in the style is put: at its end, and so the last word. */
const STYLE_END = '</style>';
const MAIN_END = '</main>';

const style = (css) => [[STYLE_END, `${css}${STYLE_END}`]];
const main = (html) => [[MAIN_END, `${html}${MAIN_END}`]];

/** name → { changes, check, says }; `rehash: false` leaves the page's policy to what it was. */
export const PLANTED = {
    // stands alone, quiet
    'a-script': { changes: main('<script>console.log("hello")</script>'), check: 'quiet', says: /console, .*script/i },
    'a-console-message': {
        changes: [["default-src 'none'", "default-src 'none'; script-src 'unsafe-inline'"], ...main('<script>console.log("hello")</script>')],
        check: 'quiet',
        says: /console, log: hello/,
    },
    'an-error': {
        changes: [["default-src 'none'", "default-src 'none'; script-src 'unsafe-inline'"], ...main('<script>nothing.there()</script>')],
        check: 'quiet',
        says: /error: nothing is not defined/,
    },
    'a-request': {
        changes: [['img-src data:', 'img-src file:'], ...main('<p><img src="picture.png" alt="A picture"></p>')],
        check: 'quiet',
        says: /asks for .*picture\.png/,
    },
    'a-request-that-is-stopped': { changes: main('<p><img src="picture.png" alt="A picture"></p>'), check: 'quiet', says: /console, error/ },
    'another-language': { changes: [['lang="en-GB"', 'lang="en"']], check: 'stands alone', says: /language is “en”/ },
    'a-loose-policy': { changes: [["default-src 'none'", "default-src 'self'"]], check: 'stands alone', says: /default-src/ },
    'a-style-the-policy-does-not-know': { changes: style('p { color: #000000; }'), rehash: false, check: 'quiet', says: /console, error: .*style/i },
    'a-handler': { changes: [['<h1>', '<h1 onclick="0">']], check: 'stands alone', says: /onclick on h1/ },

    // axe
    'no-alternative': { changes: main('<p><img src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=" width="50" height="50"></p>'), check: 'axe', says: /^image-alt/ },
    'faint-words': { changes: [...style('.faint { color: #aaaaaa; }'), ...main('<p class="faint">Hardly to be read</p>')], check: 'axe', says: /^color-contrast/ },
    'faint-words-folded-away': {
        changes: [...style('.faint { color: #aaaaaa; }'), ...main('<details><summary>More</summary><p class="faint">Hardly to be read</p></details>')],
        check: 'axe at 320 px',
        says: /^color-contrast/,
    },
    'faint-words-on-a-small-screen': { changes: style('@media (max-width: 40rem) { h1 { color: #aaaaaa; } }'), check: 'axe at 320 px', says: /^color-contrast/ },
    'small-targets': { changes: [...style('.close { line-height: 0.8; } .close a { padding: 0; }'), ...main('<div class="close"><a href="#main">a</a></div><div class="close"><a href="#figures">b</a></div>')], check: 'axe', says: /^target-size/ },

    // headings, tables, charts
    'a-skipped-heading': { changes: main('<h4>Too deep</h4>'), check: 'headings', says: /level 4 “Too deep” comes straight after level 2/ },
    'two-first-headings': { changes: main('<h1>Another</h1>'), check: 'headings', says: /2 headings of level 1/ },
    'no-caption': { changes: [['<caption>Figures by month</caption>', '']], check: 'tables', says: /no caption/ },
    'no-scope': { changes: [['<th scope="col">Figure</th>', '<th>Figure</th>']], check: 'tables', says: /“Figure” has no scope/ },
    'no-heads': { changes: main('<table><caption>Bare</caption><tbody><tr><td>1</td><td>2</td></tr></tbody></table>'), check: 'tables', says: /has no heads/ },
    'a-short-row': { changes: [['<td>0</td>', '']], check: 'tables', says: /rows of 4 and 3 cells/ },
    'no-title-of-a-chart': { changes: [['<title id="chart-title">Trend</title>', '']], check: 'charts', says: /no title/ },
    'no-description-of-a-chart': { changes: [['A line going up.', '']], check: 'charts', says: /no description/ },
    'no-table-of-a-chart': {
        changes: [['</section>', '</section><section><h2>Again</h2><svg role="img" aria-labelledby="t d" viewBox="0 0 9 9"><title id="t">Again</title><desc id="d">A dot.</desc><circle r="2"/></svg></section>'], ...style('svg { min-width: 0; }')],
        check: 'charts',
        says: /“Again” has no table/,
    },

    // links
    'a-file-that-is-not-there': { changes: [['href="other.html"', 'href="gone.html"']], check: 'links', says: /file that is not there/ },
    'a-place-that-is-not-there': { changes: [['href="#figures"', 'href="#elsewhere"']], check: 'links', says: /place that is not in the page/ },
    'a-place-that-is-not-in-the-other-page': { changes: [['href="other.html#main"', 'href="other.html#elsewhere"']], check: 'links', says: /place that is not in other\.html/ },
    'out-into-the-world': { changes: [['href="other.html"', 'href="https://example.com/"']], check: 'links', says: /not relative/ },
    'out-of-the-folder': { changes: [['href="other.html"', 'href="../other.html"']], check: 'links', says: /out of the folder/ },

    // keyboard
    'no-skip-link': { changes: [['<a class="skip" href="#main">Skip to main content</a>', '']], check: 'keyboard', says: /not a skip link/ },
    'a-skip-link-that-leads-nowhere': { changes: [['<main id="main" tabindex="-1">', '<main id="main">'], ['href="#main"', 'href="#figures"']], check: 'keyboard', says: /leads to BODY, not to main/ },
    'a-changed-order': { changes: [['<a href="#figures"', '<a tabindex="1" href="#figures"']], check: 'keyboard', says: /tabindex 1/ },
    'no-outline': { changes: style('a:focus-visible { outline: none; }'), check: 'keyboard', says: /no outline/ },
    'out-of-sight': { changes: [...style('.away { position: fixed; left: -99rem; }'), ...main('<p class="away"><a href="#main">Away</a></p>')], check: 'keyboard', says: /“Away” is out of sight/ },
    covered: { changes: [...style('.cover { position: fixed; inset: 0 0 auto; height: 50rem; background: #ffffff; } @media print { .cover { display: none; } }'), ...main('<p class="cover">Notice</p>')], check: 'keyboard', says: /is covered/ },
    'a-trap': {
        changes: [["default-src 'none'", "default-src 'none'; script-src 'unsafe-inline'"], ...main('<p><a id="trap" href="#main">Trap</a></p><script>trap.onkeydown = (event) => event.preventDefault()</script>')],
        check: 'keyboard',
        says: /goes round|is not reached/,
    },

    // large text, 320 px
    'a-box-of-fixed-height': { changes: [...style('.box { height: 1.6rem; overflow: hidden; } .box { height: 26px; }'), ...main('<p class="box">Words that stand in a box</p>')], check: 'large text', says: /at 200%: .*cut off/ },
    'no-room-for-spacing': { changes: [...style('.box { height: 1.5rem; overflow: hidden; width: 15rem; white-space: nowrap; }'), ...main('<p class="box">Words in a box: so long.</p>')], check: 'large text', says: /spaced: .*cut off/ },
    'wider-than-the-screen': { changes: [...style('.wide { width: 30rem; } @media print { .wide { width: auto; } }'), ...main('<p class="wide">Words in a wide box</p>')], check: 'reflow at 320 px', says: /px wide in a window of 320/ },
    'a-region-no-keyboard-reaches': { changes: [['<div class="scroll" role="region" aria-label="Figures by month" tabindex="0">', '<div class="scroll">']], check: 'reflow at 320 px', says: /not reached by keyboard/ },
    'words-that-scroll': { changes: [...style('pre { margin: 0; } @media print { pre { display: none; } }'), ...main(`<div class="scroll" role="region" aria-label="Words" tabindex="0"><pre>${'Words without end. '.repeat(6)}</pre></div>`)], check: 'reflow at 320 px', says: /scrolls for a pre/ },

    // paper
    'another-size': { changes: style('@page { size: A5; }'), check: 'paper', says: /148 × 210 mm, not A4/ },
    'no-running-head': { changes: style('@page { @top-right { content: none; } }'), check: 'paper', says: /no running head/ },
    'no-page-numbers': { changes: style('@page { @bottom-right { content: none; } }'), check: 'paper', says: /is numbered “”/ },
    'a-blank-sheet': { changes: [...style('@media print { .blank { break-before: page; break-after: page; height: 1px; } }'), ...main('<div class="blank"></div><p>The end</p>')], check: 'paper', says: /is blank/ },
    'split-rows': { changes: style('@media print { tr { break-inside: auto !important; } td { font-size: 22pt; } }'), check: 'paper', says: /rows are split/ },
    'a-heading-at-the-foot': { changes: [...style('@media print { h2 { break-after: auto; } .lone { break-before: page; break-inside: avoid; } }'), ...main('<h2>Left behind</h2><p class="lone">On the next sheet</p>')], check: 'paper', says: /stands alone at the foot/ },
    'lost-fills': { changes: style('.tag { print-color-adjust: economy !important; -webkit-print-color-adjust: economy !important; }'), check: 'paper', says: /fill of span\.tag is lost/ },
    'beyond-the-margin': { changes: [...style('@media print { .long { white-space: nowrap; } }'), ...main(`<p class="long">${'Words. '.repeat(20)}</p>`)], check: 'paper', says: /wider than its sheet/ },
    'into-the-margin': { changes: [...style('@media print { .out { margin-left: -10mm; } }'), ...main('<p class="out">Words</p>')], check: 'paper', says: /reaches into the margin/ },
    'tiny-words': { changes: style('@media print { td { font-size: 4.5pt; } }'), check: 'paper', says: /is tiny/ },

    // markup
    'unsound-markup': { changes: main('<p><section>No</section></p>'), check: 'Nu HTML checker', says: /No “p” element in scope/ },
    'the-same-id-twice': { changes: main('<p id="figures">Again</p>'), check: 'Nu HTML checker', says: /Duplicate ID/ },
};
