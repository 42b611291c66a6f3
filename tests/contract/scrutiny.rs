//! Each point a lawyer would find, on a small definition spoilt in that point alone.

use std::fs;

use tempfile::TempDir;

use super::{SMALL, checked, one_line, quarterday, spoilt};

/// One point spoilt: what stands there, what takes its place, and what is said.
type Case = (&'static str, &'static str, &'static str);

fn assert_found(weight: &str, status: i32, cases: &[Case]) {
    let folder = TempDir::new().unwrap();
    for (old, new, expected) in cases {
        let text = spoilt(SMALL, old, new);
        let (ended, said) = checked(&folder, &text);
        assert_eq!(ended, status, "{old} -> {new}:\n{said}");
        // Each remark is a passage of its own, with its place and what to do.
        let remark = said
            .split(" fault: ")
            .flat_map(|part| part.split(" note: "))
            .find(|part| part.contains(expected));
        assert!(remark.is_some(), "{old} -> {new}:\n{said}");
        let remark = remark.unwrap();
        assert!(said.contains(&format!(" {weight}: {remark}")), "{old} -> {new}:\n{said}");
        assert!(remark.contains("mine.toml:") && remark.contains("What to do: "), "{remark}");
    }
}

#[test]
fn bands_and_targets() {
    const ONE: &str =
        "green = \"100%\", amber = { from = \"80%\", below = \"100%\" }, red = { below = \"80%\" }";
    const LATER: &str = "green = { to = 1 }, amber = 2, red = { from = 3 }";
    assert_found(
        "fault",
        1,
        &[
            (ONE, "green = \"100%\", red = { below = \"80%\" }", "The bands leave 80% to below 100% open"),
            (
                ONE,
                "green = { from = \"90%\" }, amber = { from = \"80%\", to = \"90%\" }, red = { below = \"80%\" }",
                "90% lies in more than one band: green and amber",
            ),
            (
                ONE,
                "green = \"100%\", amber = { from = \"90%\", below = \"100%\" }, red = { below = \"90%\" }",
                "Out of 6 or 7, no count reaches the band of amber: 90% to below 100%.",
            ),
            (
                ONE,
                "green = { from = \"80%\", below = \"100%\" }, amber = \"100%\", red = { below = \"80%\" }",
                "amber (100%) is the better of green (80% to below 100%)",
            ),
            (LATER, "green = { to = 1 }, red = { from = 3 }", "KPI 3 from 1 April 2026 (clause 2.3)"),
            (
                LATER,
                "green = { to = 1 }, amber = { above = 1, below = 2 }, red = { from = 2 }",
                "No count reaches the band of amber: above 1 to below 2.",
            ),
            ("target = \"95%\"", "target = 95", "No returns can meet the target of 9,500%."),
            ("target = \"95%\"", "target = \"0%\"", "No returns can miss the target of 0%."),
            ("at-least = 2 }", "at-least = 0 }", "No count can miss the target >= 0."),
            ("at-least = 2 }", "at-most = -1 }", "No count can meet the target <= -1."),
            ("at-least = 2 }", "at-least = 2, amber-margin = 2 }", "no count is red"),
            ("at-least = 2 }", "at-least = 2, amber-margin = \"0.5\" }", "no count is amber"),
        ],
    );
    assert_found(
        "note",
        0,
        &[
            (
                ONE,
                "green = \"100%\", red = { below = \"80%\" }, open = { rated = \"amber\", note = \"as agreed\" }",
                "is read as amber: “as agreed”",
            ),
            (
                LATER,
                "green = { from = 3 }, amber = 2, red = { to = 1 }",
                "Smaller figures are better under one",
            ),
        ],
    );
    // Of very many things every share can be reached, and the check ends.
    let folder = TempDir::new().unwrap();
    let many = spoilt(SMALL, "{ value = 6 }, { value = 7, from = 2026-04-01 }", "{ value = 4000000000 }");
    assert_eq!(checked(&folder, &many).0, 0);
    let (_, said) = checked(
        &folder,
        &spoilt(SMALL, "{ value = 6 }, { value = 7", "{ value = 60 }, { value = 70").replacen(
            "from = \"80%\"",
            "from = \"95%\"",
            1,
        ),
    );
    assert!(said.contains("80% to below 95% open (48 of 60 (80%), 49 of 60 (81.7%), "), "{said}");
    assert!(said.contains("53 of 60 (88.3%) and 14 more)"), "{said}");
    // 6 units hold this band's count, 7 do not; either is enough.
    let reached = spoilt(
        SMALL,
        ONE,
        "green = { above = \"84%\" }, amber = { from = \"83%\", to = \"84%\" }, red = { below = \"83%\" }",
    );
    assert_eq!(checked(&folder, &reached).0, 0);
}

#[test]
fn what_no_form_or_register_supplies() {
    assert_found(
        "fault",
        1,
        &[
            (
                "columns = [\"figure\"] },\n    { id = \"waiting\"",
                "columns = [\"done\"] },\n    { id = \"waiting\"",
                "No form supplies it: `monthly/figures` does not ask for a figure in its row `briefings`",
            ),
            ("columns = [\"done\", \"date\"]", "columns = [\"date\"]", "an answer in its row `insured`"),
            ("notice = \"Formal warning\"", "notice = \"Formal warnings\"", "Did you mean “Formal warning”?"),
            (
                "{ notices = { kind = \"Concern\"",
                "{ notices = { kind = \"Grumble\"",
                "The register cannot record the notice “Grumble”",
            ),
            (
                "to = \"Referrals resumed\"",
                "to = \"Referrals reopened\"",
                "cannot record the notice “Referrals reopened”",
            ),
            ("plan = \"Improvement plan\"", "plan = \"Plan\"", "cannot record the notice “Plan”"),
            (
                "kind = \"Safeguarding issue\"",
                "kind = \"Safeguarding issues\"",
                "cannot record the event “Safeguarding issues”. Did you mean “Safeguarding issue”?",
            ),
            ("column = \"Spend\"", "column = \"Spending\"", "The register has no scores “Spending”"),
            ("column = \"Spend\"", "column = \"Risk\"", "The column “Risk” is scored twice."),
            ("for = [\"run\"]", "for = []", "It is for no escalation"),
            ("by {by}", "by {day}", "`{day}` is filled in with nothing"),
            ("heading = \"Why\"", "heading = \"Why {whom}\"", "`{whom}` is filled in with nothing"),
            (
                "[[notifications]]\nkind = \"Safeguarding issue\"\nclause = \"7\"\nnotify = { within-working-days-after = 1 }\n",
                "",
                "The section `notifications` will be empty",
            ),
            ("id = \"small\"", "id = \"Small one\"", "The id `Small one` names folders"),
            ("clause = \"2.2\"", "clause = \"\"", "It cites no clause."),
        ],
    );
    assert_found(
        "note",
        0,
        &[
            (
                "sheets = [\"Year\"]",
                "sheets = [\"Year\"]\noptional = true",
                "may do without the table `annual/year`",
            ),
            ("weight = 1", "weight = 0", "has the weight 0"),
            (
                "clause = \"2.2\"",
                "clause = \"2.2\"\nlocal = true",
                "Its target is agreed locally, and no `reading` says why",
            ),
            (
                "clause = \"4\"",
                "clause = \"4\"\nlocal = true",
                "Its due date is set locally, and no `reading`",
            ),
            (
                "within-months = 12",
                "within-months = 12, from = \"award\"",
                "counted from the award, whose date is not given",
            ),
        ],
    );
}

#[test]
fn conditions_that_can_never_be_met_or_always_are() {
    const OVERALL: &str = "[overall.median]\nclause = \"6\"\n";
    assert_found(
        "fault",
        1,
        &[
            (OVERALL, "", "The contract has no `overall` rating."),
            (
                "at-least = 3, periods = 6",
                "at-least = 7, periods = 6",
                "7 of the last 6 periods cannot be as bad.",
            ),
            (
                "kpis-missed = { at-least = 2",
                "kpis-missed = { at-least = 5",
                "It asks for 5 different KPIs, of which only 4 can be red.",
            ),
            (
                "evidence = [{ row = \"insured\", column = \"date\", proves = \"not-expired\" }]",
                "",
                "No KPI of the contract is certified with evidence.",
            ),
            ("target = \"95%\"", "", "No data submission KPI of the contract has a target."),
            ("returns = { missing = true }", "returns = {}", "It says of no return what counts"),
            (
                "rating = \"red\", periods = 3 } },\n    { ratings-in-window",
                "rating = \"green\", periods = 3 } },\n    { ratings-in-window",
                "It holds for good ratings as well",
            ),
            (
                "late-in-a-row = { periods = 3 }",
                "late-in-a-row = { periods = 0 }",
                "it holds before anything has happened",
            ),
            (
                "at-least = 2, within = \"year\" } },\n    { between",
                "at-least = 0, within = \"year\" } },\n    { between",
                "With `at-least = 0`",
            ),
            ("to = \"Referrals resumed\"", "to = \"Referrals suspended\"", "both begins and ends it"),
            (
                "every = \"month\", clause = \"5.1\"",
                "every = \"quarter\", clause = \"5.1\"",
                "Meetings that are quarterly already",
            ),
        ],
    );
    // Without rated KPIs nothing that goes by ratings can be met; nor with rated KPIs that are stated less often than others.
    let folder = TempDir::new().unwrap();
    let unrated: String = SMALL
        .lines()
        .filter(|line| !line.starts_with("rule = ") && !line.starts_with("variations = "))
        .map(|line| format!("{line}\n"))
        .collect();
    let start = unrated.find("[[kpis]]\nref = \"4\"").unwrap();
    let end = unrated.find("[[kpis]]\nref = \"5\"").unwrap();
    let unrated = format!("{}{}", &unrated[..start], &unrated[end..]);
    let (status, said) = checked(&folder, &unrated);
    assert_eq!(status, 1);
    assert_eq!(said.matches("No KPI of the contract is rated.").count(), 6, "{said}");
    let yearly =
        spoilt(&unrated, "row = \"staff\" }", "row = \"staff\" }\nrule = { target = { at-most = 3 } }");
    let (_, said) = checked(&folder, &yearly);
    assert!(
        said.contains("It goes by monthly periods, and no KPI that is stated so often can be red."),
        "{said}"
    );
    let never_red = spoilt(
        &unrated,
        "row = \"briefings\" }",
        "row = \"briefings\" }\nrule = { bands = { green = { from = 2 }, amber = { below = 2 } } }",
    );
    let (_, said) = checked(&folder, &never_red);
    assert_eq!(said.matches("No KPI of the contract can be red.").count(), 5, "{said}");
    let empty = format!(
        "{SMALL}\n[[escalations]]\nid = \"b\"\ntitle = \"B\"\nclause = \"1\"\naction = \"C.\"\nany = []\n"
    );
    let (status, said) = checked(&folder, &empty);
    assert!(status == 1 && said.contains("It has no condition."), "{said}");
}

#[test]
fn dates_that_never_come_and_due_dates_that_are_odd() {
    const VALUES: &str = "{ value = 6 }, { value = 7, from = 2026-04-01 }";
    const MONTHLY: &str = "day = 15, roll = true";
    assert_found(
        "fault",
        1,
        &[
            (
                VALUES,
                "{ value = 6 }, { value = 7, from = 2025-04-01 }",
                "so that the one before it never comes into force",
            ),
            (
                VALUES,
                "{ value = 6 }, { value = 7, from = 2028-04-01 }",
                "never comes into force: the contract ends on 31 March 2028",
            ),
            (
                VALUES,
                "{ value = 7, from = 2026-04-01 }",
                "It has no value from 1 April 2025 to the day before 1 April 2026.",
            ),
            (VALUES, "{ value = 6 }, { value = 7 }", "Two values hold from the beginning"),
            (
                VALUES,
                "{ value = 6 }, { value = 7, from = 2026-04-01 }, { value = 8, from = 2026-04-01 }",
                "Two values hold from 1 April 2026",
            ),
            ("variations = [{ from = 2026-04-01", "variations = [{ from = 2024-04-01", "KPI 3 (clause 2.3)"),
            (
                MONTHLY,
                "months = 0, day = 1",
                "due before there is anything to report (24 of the first 24 returns, as for April 2025, due on 1 April 2025)",
            ),
        ],
    );
    assert_found(
        "note",
        0,
        &[
            (
                VALUES,
                "{ value = 6 }, { value = 8, from = 2027-04-01 }, { value = 7, from = 2026-04-01 }",
                "do not stand in order of their dates",
            ),
            (
                VALUES,
                "{ value = 6 }, { value = 7, from = 2026-01-15 }",
                "so that it applies from February 2026",
            ),
            (
                VALUES,
                "{ value = 6, from = 2025-01-01 }, { value = 7, from = 2026-04-01 }",
                "before the contract starts on 1 April 2025",
            ),
            (
                "rule = { bands = { green = { to = 2 }, amber = 3, red = { from = 4 } } }\n",
                "",
                "It is not rated before 1 April 2026.",
            ),
            (
                "target = \"95%\"",
                "target = \"95%\"\nvariations = [{ from = 2026-01-15, target = \"90%\" }]",
                "data submission KPI “Timeliness”",
            ),
            (MONTHLY, "months = 0, day = 20, roll = true", "due before the period they report has ended"),
            (MONTHLY, "day = 15", "due on days that are no working days"),
        ],
    );
    // A bank holiday of the workspace's own is no working day either.
    let folder = TempDir::new().unwrap();
    fs::write(
        folder.path().join("mine.toml"),
        spoilt(SMALL, "{ months = 2, day = 31, roll = true }", "{ months = 2, day = 27 }"),
    )
    .unwrap();
    let path = folder.path().join("mine.toml");
    let check = || {
        quarterday(&["contract", "check", path.to_str().unwrap(), "--dir", folder.path().to_str().unwrap()])
    };
    let before = check();
    assert!(before.out.contains("No faults and no notes."), "{}", before.out);
    fs::write(
        folder.path().join("quarterday.toml"),
        "bank-holidays = [{ date = 2026-05-27, name = \"Jubilee\" }]\n",
    )
    .unwrap();
    let after = check();
    assert!(
        one_line(&after.out).contains("no working days (1 of the first 2 returns"),
        "{}{}",
        after.out,
        after.err
    );
}

#[test]
fn forms_and_rows_that_cannot_be_told_apart() {
    assert_found(
        "fault",
        1,
        &[
            (
                "headings = [\"Part\"]",
                "headings = [\"Part\", \"ITEM:\"]",
                "The columns `item` and `part` have the same heading “ITEM:”",
            ),
            (
                "{ id = \"part\", headings = [\"Part\"] },",
                "{ id = \"part\", headings = [\"Part\"] },\n    { id = \"part\", headings = [\"Share\"] },",
                "The column `part` stands here twice.",
            ),
            ("headings = [\"Dated\"]", "headings = []", "The column `date` has no heading"),
            (
                "title = \"Monthly return\"",
                "title = \"Monthly return\"\nlabels = { period = [\"Review date\"], signed-on = [\"Review  date:\"] }",
                "The labels `period` and `signed-on` are both called “Review date:”",
            ),
            (
                "labels = [\"Briefings\"]",
                "labels = [\"Briefings\"], parts = \"hours\"",
                "The row `briefings` says what its `parts` count in and is no percentage.",
            ),
            (
                "labels = [\"Briefings\"]",
                "labels = [\"Briefings\", \"units  visited\"]",
                "The rows `visited` and `briefings` have the same label “units visited”",
            ),
            (
                "{ id = \"briefings\", labels = [\"Briefings\"], columns = [\"figure\"] },",
                "{ id = \"briefings\", labels = [\"Briefings\"], columns = [\"figure\"] },\n    { id = \"briefings\", labels = [\"Talks\"] },",
                "The row `briefings` stands here twice.",
            ),
            ("labels = [\"Insured\"]", "labels = [\" \"]", "The row `insured` has no label"),
            (
                "prefixes = [\"Source\"]",
                "prefixes = [\"Source\", \"age\"]",
                "The breakdowns `age` and `source` of the row `waiting` share “age”",
            ),
            ("prefixes = [\"Source\"]", "prefixes = []", "neither prefixes nor members"),
            ("aliases = [\"Northern\"]", "aliases = [\"South\"]", "“South” names the area North as well"),
        ],
    );
    let folder = TempDir::new().unwrap();
    let twin = |every: &str| {
        let start = SMALL.find("[[forms]]\nid = \"annual\"").unwrap();
        let end = SMALL.find("[[kpis]]").unwrap();
        let form =
            SMALL[start..end].replace("id = \"annual\"", "id = \"other\"").replace("every = \"year\"", every);
        format!("{}{form}{}", &SMALL[..end], &SMALL[end..])
    };
    let (status, said) = checked(&folder, &twin("every = \"year\""));
    assert!(status == 1 && said.contains("nothing tells them apart, as both are annual"), "{said}");
    assert!(
        said.contains("the headings of the form `annual` (“Asked once a year” and “In the year”)"),
        "{said}"
    );
    let (status, said) = checked(&folder, &twin("every = \"half-year\""));
    assert!(status == 0 && said.contains("the period alone tells them apart"), "{said}");

    // Two contracts: the provider's contract in the register tells them apart.
    let dir = TempDir::new().unwrap();
    fs::create_dir(dir.path().join("contracts")).unwrap();
    fs::write(dir.path().join("contracts/a.toml"), SMALL).unwrap();
    fs::write(dir.path().join("contracts/b.toml"), spoilt(SMALL, "id = \"small\"", "id = \"smaller\""))
        .unwrap();
    let ran = quarterday(&["contract", "check", "smaller", "--dir", dir.path().to_str().unwrap()]);
    let said = one_line(&ran.out);
    assert_eq!(ran.status, 0, "{said}");
    for words in
        ["the form `annual` of `small`", "provider's contract in the register tells them apart", "b.toml:"]
    {
        assert!(said.contains(words), "{words}\n{said}");
    }
    assert!(!said.contains("a.toml:"), "{said}");
}

#[test]
fn benchmarks_that_compare_nothing_or_tell_too_much() {
    const LAST: &str = "    { late-in-a-row = { periods = 3 } },\n]\n";
    const COMPARED: &str = "    { late-in-a-row = { periods = 3 } },\n]\n[benchmark]\nclause = \"1\"\n";
    const LOCAL: &str =
        "    { late-in-a-row = { periods = 3 } },\n]\n[benchmark]\nclause = \"1\"\nat-least = 4\n";
    const SILENT: &str = "    { late-in-a-row = { periods = 3 } },\n]\n[benchmark]\nclause = \" \"\n";
    assert_found(
        "note",
        0,
        &[
            (LAST, COMPARED, "KPI 5 (clause 2.5) "),
            (LAST, COMPARED, "does not say which figures are better"),
            (LAST, LOCAL, "With 4 figures a provider that knows its own could work out another's"),
            (
                "ref = \"5\"",
                "ref = \"5\"\nbetter = \"lower\"",
                "the contract has no `benchmark` that would go by it",
            ),
        ],
    );
    assert_found(
        "fault",
        1,
        &[
            (LAST, SILENT, "It cites no clause."),
            (
                "\"compliance\", \"priorities\"",
                "\"compliance\", \"benchmark\", \"priorities\"",
                "The section `benchmark` will be empty",
            ),
        ],
    );
    let folder = TempDir::new().unwrap();
    for (old, new, expected) in [
        (LAST, LOCAL.replace("at-least = 4", "at-least = 2"), "2 figures are too few for quartiles"),
        (
            "ref = \"2\"",
            "ref = \"2\"\nbetter = \"lower\"".to_string(),
            "the rule says otherwise: a KPI that is rated knows by it which figures are better",
        ),
        (
            "ref = \"4\"",
            "ref = \"4\"\nbetter = \"higher\"".to_string(),
            "an answer of yes or no is not compared",
        ),
        ("ref = \"5\"", "ref = \"5\"\nbetter = \"more\"".to_string(), "`higher`, `lower`"),
    ] {
        let (status, said) = checked(&folder, &spoilt(SMALL, old, &new));
        assert!(status == 1 && said.contains(expected), "{expected}\n{said}");
    }
    // With the direction said, nothing is left to remark, and it stands in plain English.
    let whole = spoilt(&spoilt(SMALL, LAST, COMPARED), "ref = \"5\"", "ref = \"5\"\nbetter = \"lower\"");
    let (status, said) = checked(&folder, &whole);
    assert!(status == 0 && said.contains("No faults and no notes."), "{said}");
    let explained = quarterday(&["contract", "explain", folder.path().join("mine.toml").to_str().unwrap()]);
    let explained = one_line(&explained.out);
    for words in [
        "The market benchmark (clause 1)",
        "where at least 5 figures can be compared",
        "KPI 5: lower is better.",
    ] {
        assert!(explained.contains(words), "{words}: {explained}");
    }
}
