// What was found, page by page.

/** Most faults of one check on one page that are written out; the others are counted. */
const WRITTEN_OUT = 8;

/** Prints the faults of each page that has any, and the closing line; the number of pages that failed. */
export function report(found) {
    let failed = 0;
    for (const [page, faults] of found) {
        if (faults.length === 0) continue;
        failed += 1;
        console.log(`\n${page}`);
        for (const [check, lines] of grouped(faults)) {
            console.log(`  ${check}`);
            for (const line of lines.slice(0, WRITTEN_OUT)) console.log(`    ${line.replaceAll('\n', '\n    ')}`);
            if (lines.length > WRITTEN_OUT) console.log(`    and ${lines.length - WRITTEN_OUT} more`);
        }
    }
    const byCheck = new Map();
    for (const faults of found.values()) {
        for (const check of new Set(faults.map((fault) => fault.check))) byCheck.set(check, (byCheck.get(check) ?? 0) + 1);
    }
    if (byCheck.size > 0) console.log('\nPages at fault, by check:');
    for (const [check, pages] of [...byCheck].sort()) console.log(`  ${pages} ${check}`);
    console.log(`\n${found.size - failed} passed, ${failed} failed`);
    return failed;
}

function grouped(faults) {
    const groups = new Map();
    for (const { check, words } of faults) groups.set(check, [...(groups.get(check) ?? []), words]);
    return groups;
}
