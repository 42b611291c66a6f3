//! What providers write under the agenda items that no figure answers.

/// Updates to choose from, by agenda item from the befriending scheme to any other business.
pub const UPDATES: [[&str; 6]; 10] = [
    [
        "Telephone befriending in place of visits; every match rung at least once a week.",
        "Two new befrienders trained; matches reviewed with the people supported.",
        "Befriending through the local volunteer centre; garden visits where people like them.",
        "Three people write to a pen friend at another scheme, at their own wish.",
        "Visits in person again for those who want them; two people prefer the telephone.",
        "Befrienders met in September to share what works. One match has ended by agreement.",
    ],
    [
        "Tablets for video calls in every scheme. No change to hours yet.",
        "Door sensors tried for one person with their agreement; a waking night may become a sleep-in.",
        "Medication prompts by speaker in two flats: seven hours a week fewer, used for outings.",
        "Assessment of assistive technology asked for three people.",
        "Falls detectors in use; no call-outs this quarter.",
        "Remote support tried between 10 pm and midnight; results at the next meeting.",
    ],
    [
        "Each person has a plan for staying in touch; key workers look at it every month.",
        "Small groups outdoors, walking and gardening, while day services are closed.",
        "Two people have started again at their allotment, one has joined a choir.",
        "Loneliness is a standing question in monthly key-work meetings; three plans changed after it.",
        "Shared meals between two schemes on Sundays.",
        "Community map made with people supported: what is open, how to get there, who could come along.",
    ],
    [
        "Plan attached; actions on time unless the sheet says otherwise.",
        "Progress stands in the plan. Next full review with the council in the spring.",
        "Plan brought up to date with people supported at their forum.",
        "One action complete this quarter, others as planned.",
        "Actions reviewed by the leadership team; see the plan.",
        "Progress as on the sheet Service development plan.",
    ],
    [
        "Mandatory training by video; practical moving and handling in groups of four.",
        "Recruitment through word of mouth works best. Two started, one in checks.",
        "Care certificate: all new staff enrolled within a month.",
        "Autism awareness for all teams, led by two people supported.",
        "Vacancies at two schemes; own bank covers most shifts.",
        "Exit talks: travel and shift patterns are the reasons given most.",
    ],
    [
        "Answered within the policy's timescales; nothing outstanding.",
        "Four compliments from families, mostly about keeping in touch.",
        "Lessons from complaints are on the agenda of team meetings.",
        "One complaint came through the council and is closed; the family is content with the outcome.",
        "Compliments from a GP practice about hospital passports.",
        "Easy-read complaints leaflet is new; two people have used it.",
    ],
    [
        "No alerts that led to an enquiry.",
        "One alert, closed at the first stage; medication count is now checked at handover.",
        "Two alerts between housemates; compatibility reviewed with social workers.",
        "Safeguarding refresher done by 94% of staff, others booked.",
        "One enquiry open with the council; we take part in the meetings.",
        "No alerts. Safeguarding champions meet monthly.",
    ],
    [
        "No breaches. Data security toolkit submitted.",
        "One letter sent to a wrong address within the organisation; logged, nobody outside saw it.",
        "No breaches. Annual audit of records done.",
        "Encrypted phones for all teams.",
        "No breaches this quarter.",
        "Privacy notice revised and available in easy read.",
    ],
    [
        "Claims for actuals up to date in the portal.",
        "Two invoices queried with the council, both settled.",
        "Protective equipment has raised costs; records kept for the infection control grant.",
        "Actuals submitted weekly. No payments outstanding.",
        "Uplift applied from April; staff paid above the minimum.",
        "No concerns.",
    ],
    [
        "None.",
        "The provider forum would be welcome again in person.",
        "Office hours over the holidays were sent to the team.",
        "Vaccinations: list of eligible staff sent as asked.",
        "Could the council share its list of easy-read resources?",
        "Nothing further.",
    ],
];

/// A passage longer than others, on social isolation.
pub const LONG: &str = "Since the second restrictions began on 5 November every person has had a contact plan of their own: who \
    they want to hear from, how and how often, and what staff do when a call is missed. Eleven people use video calls, four \
    prefer letters and photographs, two meet a relative in the garden under the exemption for support. A weekly quiz between \
    schemes has grown to nineteen players. What worries us are three people who have stopped going out at all; their social \
    workers know, and short walks with a member of staff they chose have begun. We would like to talk about day services at \
    the review meeting.";

/// A commentary longer than others, on spot checks.
pub const LONG_COMMENTARY: &str = "Spot checks stopped from 1 April to 18 May while visitors were kept out of the schemes. From \
    19 May they were made by the registered manager on her own, announced by telephone an hour before so that people were \
    not worried, with a mask and at a distance. Checks of records went on by video call throughout and are not counted here. \
    Those missed will be made up by the end of September.";
