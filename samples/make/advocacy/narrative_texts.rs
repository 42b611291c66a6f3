//! What the provider writes in its narrative reports. Figures come from the cases; the rest follows the story.

use crate::advocacy::cases::{CARE_ACT, Council, RPR, TYPES};
use crate::advocacy::dates::{quarter_end, quarter_start};
use crate::advocacy::simulation::Simulation;
use crate::random::Random;

type ByQuarter = [&'static str; 8];

const TRENDS: ByQuarter = [
    "First quarter of the contract. Cases taken over from the previous provider were reviewed by the end of October and each person was told who their advocate is.",
    "Referrals dipped over Christmas and New Year and picked up in the last two weeks of January. Hospital discharge remains the main reason for IMCA referrals.",
    "More referrals for safeguarding enquiries than in the winter. Several came late in the process and we have asked teams to refer at the start.",
    "A steady summer. RPR instructions follow the DoLS team's renewal programme and came in two waves, in June and in August.",
    "Care Act referrals rose after the autumn reviews began. Triage was slower in September and October while two posts were vacant.",
    "Care Act referrals were suspended by the councils from 12 January to 23 February; people already waiting were seen first. Urgent statutory referrals were accepted throughout.",
    "Referrals returned to the usual level after the phased restart. First contact is still taking longer than it should.",
    "A normal summer quarter. Allocation and first contact are back within target and nobody has waited longer than five working days since June.",
];

const UNMET: ByQuarter = [
    "Unmet need: people who would like help but do not meet the criteria, mostly tenants in supported housing.",
    "Unmet need: parents with learning disabilities in court proceedings.",
    "Unmet need: non-instructed advocacy for people between hospital and care home.",
    "Unmet need: young people moving to adult services who are not yet 16.",
    "Unmet need: help with complaints about housing repairs.",
    "Unmet need: carers asking for an advocate of their own.",
    "Unmet need: support with benefit appeals; passed to advice services.",
    "Unmet need: Deaf people who use BSL in mental health settings; an interpreter pool is being set up.",
];

const STAFFING: ByQuarter = [
    "Staffing: all posts transferred; one part-time IMHA vacancy, interviews in December. Sickness 2.9%. All advocates hold or are working towards the independent advocacy qualification.",
    "Staffing: IMHA post filled from 3 February. Sickness 4.1% (winter bugs). Mental Capacity Act refresher for 14 staff and 5 volunteers.",
    "Staffing: fully staffed. Sickness 2.4%. Two advocates completed the Care Act module, one the DoLS module.",
    "Staffing: one advocate on parental leave from July, covered by sessional hours. Sickness 2.2%. Safeguarding level 3 completed by all team leaders.",
    "Staffing: two advocates left in September, one more gave notice in November. Sickness 5.3%. Adverts drew few candidates and were repeated with a travel allowance.",
    "Staffing: three vacancies for most of the quarter, one triage worker on long-term sick leave. Two advocates start in March, one in April. Agency cover used for 96 hours.",
    "Staffing: three advocates have started and are in induction until June; one vacancy left. Sickness 3.6%.",
    "Staffing: fully staffed since May. Sickness 2.5%. New starters have completed the MCA, DoLS and safeguarding modules.",
];

const SAFEGUARDING: ByQuarter = [
    "Safeguarding: three concerns raised with the council, all acknowledged within a day. Complaints: none.",
    "Safeguarding: two concerns raised. Complaints: one, about a late call-back; apology given and upheld in part.",
    "Safeguarding: four concerns raised, one led to an enquiry in a care home. Complaints: none.",
    "Safeguarding: two concerns raised. Complaints: none. One compliment from a ward manager.",
    "Safeguarding: three concerns raised. Complaints: two, both about waiting; upheld. Letters sent within ten working days.",
    "Safeguarding: two concerns raised. Complaints: three about waiting, upheld; one about an advocate's manner, not upheld.",
    "Safeguarding: five concerns raised, none about our own staff. Complaints: one about waiting, upheld.",
    "Safeguarding: three concerns raised. Complaints: none. Five compliments.",
];

const QUALITY_MARK: ByQuarter = [
    "Quality mark: desktop evidence being gathered; application planned for January.",
    "Quality mark: application sent on 27 January; self-assessment accepted.",
    "Quality mark: site visit took place on 14 and 15 May; verbal feedback was good.",
    "Quality mark: awarded on 20 June. Two recommendations on recording are in our plan.",
    "Quality mark: held; recommendation on supervision notes completed.",
    "Quality mark: held. No Covid-19 challenges; usual winter precautions on wards.",
    "Quality mark: held; annual statement sent in April.",
    "Quality mark: held; preparing for renewal in 2028. No Covid-19 challenges.",
];

const PARTNERS: ByQuarter = [
    "Communications plan agreed with both councils. Introductions made to adult social care teams, both hospital trusts and the mental health trust.",
    "Leaflets and easy-read posters went to 61 GP surgeries. The planned January roadshows had to be cancelled because of snow.",
    "Stalls at carers' week and at two mental health open days. Regular slot agreed at the care home managers' forum.",
    "Summer fairs and a library tour; social media posts on \"What is an IMCA?\" reached about 4,300 people.",
    "Linked in with the hospital discharge hubs and the learning disability partnership board. The partner forum in October was cancelled by its host.",
    "Awareness work was cut back to give time to the waiting list. One online session for housing officers was held.",
    "Briefings restarted in April. Joint session with the carers' centre and with Healthwatch.",
    "Six community events, two of them with people who have used the service. New short film with subtitles and BSL.",
];

const OUTCOMES: ByQuarter = [
    "Outcome forms were introduced in October; most people asked to understand the process they were in and to be heard in it.",
    "Of the people asked, 81% said they felt more involved in the decision about them.",
    "Methods used: outcome stars for Care Act cases, observation records for non-instructed cases.",
    "84% said they were more confident to speak up next time; nine people have since chaired their own review.",
    "Fewer outcome forms came back than last quarter because closing calls were delayed.",
    "77% said they felt listened to. Comments mention waiting, but also advocates who stayed with it.",
    "80% felt more involved. Professionals mention clearer reports since the new template.",
    "86% felt more involved, the best figure so far. Referrers value the earlier reports.",
];

const RISKS: ByQuarter = [
    "Case files of the previous provider were incomplete for about one case in ten; all now rebuilt.",
    "Winter absence in the IMHA team; cover arranged across both boroughs.",
    "Backlog of DoLS renewals may bring more RPR work than planned in the autumn.",
    "Number of paid RPR cases is growing faster than the hours. We ask to discuss this at the review meeting.",
    "Vacancies: allocation within two days is at risk until posts are filled. Recovery plan attached to the e-mail.",
    "Allocation, partner briefings and referrer feedback have all been affected by vacancies. Risk of losing more staff through workload.",
    "First contact and milestones remain at risk until new starters carry full caseloads in June.",
    "Risks are lower than at any time since last summer. Office lease in Crewe ends in March 2027.",
];

const LPS: ByQuarter = [
    "No timescales known.",
    "No timescales known. Staff have read the consultation response.",
    "",
    "No timescales known.",
    "Nothing to report: the start has not been announced.",
    "",
    "No timescales known.",
    "No timescales known; transition plan will be drawn up once there are.",
];

const IMPROVEMENT: ByQuarter = [
    "360° feedback: survey agreed with social work teams, first round in February.\nLesson learned: hand-over meetings need the previous advocate present.",
    "360° feedback: 31 replies, mostly positive; teams ask for a shorter referral form.\nLesson learned: rebook cancelled events in the same quarter.",
    "360° feedback: shorter form in use since April.\nLesson learned: agree milestones only once the assessment date is fixed.",
    "360° feedback: 38 replies, 34 good or very good.\nLesson learned: volunteers get more feedback from people than advocates do.",
    "360° feedback: teams report slower triage, and they are right.\nLesson learned: keep a second person trained for triage.",
    "360° feedback: 27 replies, 15 good or very good, 12 unhappy about waiting.\nLesson learned: tell referrers about delays before they ask.",
    "360° feedback: next round in July.\nLesson learned: check that automatic questionnaires still go out after a system upgrade.",
    "360° feedback: 40 replies, 35 good or very good.\nLesson learned: weekly look at cases near their milestones works and stays.",
];

const VOLUNTEERS: ByQuarter = [
    "Seven volunteers transferred, two recruited. They help at the drop-in and with easy-read checks.",
    "Two more volunteers trained. Peer group meets every fortnight, six to nine people.",
    "Volunteers now telephone people after cases close. Peer group planned its own session on care reviews.",
    "Eleven volunteers active. A peer supporter co-presented at a library event.",
    "Ten volunteers active; one has become a paid advocate. Peer group met online in November.",
    "Nine volunteers active. Peer group paused for three weeks because of snow and illness.",
    "Twelve volunteers active, among them two former service users.",
    "Thirteen volunteers active. A second peer group has started.",
];

const SOCIAL_VALUE: ByQuarter = [
    "All staff are paid the Real Living Wage. Volunteering day at a food bank. Social Value Award: criteria being studied.",
    "Apprenticeship advertised. Staff gave 28 hours to local projects. Social Value Award: draft application begun.",
    "Apprentice started in April. Two pool bicycles replaced short car journeys.",
    "Volunteering target for the year reached. Social Value Award: application not yet sent.",
    "Local suppliers used for all printing. Social Value Award: waiting for a second referee.",
    "Fewer volunteering hours while the team was short. Local recruitment: two starters from the borough.",
    "Volunteering picked up again. Travel by car is down by a tenth against last spring.",
    "Volunteering at its highest so far; easy-read printing moved to a social enterprise. Social Value Award: application sent on 24 August.",
];

const CASE_STUDIES: [[&str; 3]; 6] = [
    [
        "a man in hospital without family was to move to a care home forty miles away; the IMCA found that he had a friend nearby and a place in town was chosen.",
        "serious medical treatment was proposed for a woman with dementia; the IMCA recorded what she had said in earlier years and the team changed the plan.",
        "in a safeguarding enquiry the IMCA asked for the person to be seen at home, where she showed what she was afraid of.",
    ],
    [
        "the representative noticed that doors were locked at weekends only; conditions were added to the authorisation.",
        "a person objected to where he lived at each visit; the authorisation was challenged with our support.",
        "regular visits led to a review, and the person now goes swimming twice a week.",
    ],
    [
        "a young woman prepared for her tribunal with us and spoke for herself.",
        "a man on a ward did not understand his section; the advocate and the nurse explained it together, with pictures.",
        "help with a letter about medication led to a second opinion.",
    ],
    [
        "a man with an acquired brain injury took part in his assessment with picture cards and got the support at home he wanted.",
        "during a care review a woman asked for fewer carers at longer visits; this was agreed.",
        "a young man of 17 had his say about moving to adult services.",
    ],
    [
        "the decision support tool was gone through domain by domain; two scores were changed.",
        "a person's daughter abroad was brought into the meeting by video.",
        "a retrospective review was asked for and accepted.",
    ],
    [
        "support with a housing panel; the tenancy was kept.",
        "help for a parent to follow proceedings in plain words.",
        "a complaint about a cancelled operation was answered after four months.",
    ],
];

/// The ten updates of `council` for a quarter.
pub fn updates(simulation: &Simulation, quarter: usize, council: Council) -> [String; 10] {
    [
        referrals(simulation, quarter, council),
        out_of_area(quarter, council),
        format!(
            "{}\n\n{}\n{}",
            STAFFING[quarter],
            SAFEGUARDING[(quarter + council.index() * 3) % 8],
            QUALITY_MARK[quarter]
        ),
        PARTNERS[quarter].to_string(),
        outcomes(quarter, council),
        RISKS[quarter].to_string(),
        LPS[quarter].to_string(),
        IMPROVEMENT[quarter].to_string(),
        VOLUNTEERS[quarter].to_string(),
        SOCIAL_VALUE[quarter].to_string(),
    ]
}

fn referrals(simulation: &Simulation, quarter: usize, council: Council) -> String {
    let (from, to) = (quarter_start(quarter), quarter_end(quarter));
    let new: Vec<_> = simulation
        .cases
        .iter()
        .filter(|case| case.council == council && from <= case.received && case.received <= to)
        .collect();
    let of = |kind: usize| new.iter().filter(|case| case.kind == kind).count();
    let mut random = Random::stream(5, quarter as u64, council.index() as u64);
    let online = random.between(18, 34);
    let telephone = random.between(40, 66);
    let face = random.between(150, 190);
    let waiting = [2, 3, 1, 2, 14, 21, 9, 1][quarter] + random.between(0, 2);
    format!(
        "{}\n\nReferrals in the quarter: {}, of these {} Care Act and {} RPR. {}\nContacts: {face} face to face, {online} \
         online, {telephone} by telephone.\nWaiting list at the end of the quarter: {waiting} ({}).",
        TRENDS[quarter],
        new.len(),
        of(CARE_ACT),
        of(RPR),
        UNMET[(quarter + council.index() * 5) % 8],
        if waiting > 8 { "mostly Care Act, then IMHA" } else { "Care Act only" },
    )
}

fn out_of_area(quarter: usize, council: Council) -> String {
    let mut random = Random::stream(6, quarter as u64, council.index() as u64);
    let number = random.between(1, 4);
    let spot = random.between(0, 1);
    let place =
        ["Staffordshire", "Wirral", "Greater Manchester", "Flintshire border", "Lancashire"][random.index(5)];
    let spot_words = match spot {
        0 => "No spot purchase.".to_string(),
        _ => "Spot purchase: one case with a third-party provider at £38.50 an hour; agreed rate £36.00."
            .to_string(),
    };
    format!(
        "{number} out-of-area {} ({place}; from the social care team and the hospital; IMCA and Care Act). Supported by our \
         own advocates: {}. {spot_words}",
        if number == 1 { "referral" } else { "referrals" },
        number - spot,
    )
}

fn outcomes(quarter: usize, council: Council) -> String {
    let mut text = OUTCOMES[quarter].to_string();
    text.push_str("\n\nCase studies:");
    for kind in 0..council.types() {
        let study = CASE_STUDIES[kind][(quarter + kind + council.index()) % 3];
        text.push_str(&format!("\n{}: {study}", TYPES[kind]));
    }
    text
}
