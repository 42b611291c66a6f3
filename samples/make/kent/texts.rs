//! What the provider writes: comments beside the KPIs, and its narrative, month by month from April 2022.

use crate::kent::dates::MONTHS;

/// Comments on KPIs 1 to 3.
pub const COMMENTS: [[&str; 3]; MONTHS] = [
    ["All six units visited in the first month", "", ""],
    ["", "Two reports to follow, both due after half-term", "Staffing table corrected and sent again"],
    ["", "", ""],
    ["Pippin Lodge to be visited on 29 July", "", ""],
    ["Oast Court visited a second time at the manager's request", "", ""],
    ["Pippin Lodge: visitor unwell, no cover found", "", ""],
    ["", "", "Both corrected within three days"],
    ["", "", ""],
    [
        "One of our three visitors left on 9 December",
        "Rookwood Lodge: Ofsted's portal refused the file twice",
        "Corrected on 21 December",
    ],
    [
        "Two visitors for seven units. Tern Cottage and Pippin Lodge missed",
        "Two reports written after the visitor's leave",
        "",
    ],
    [
        "All seven visited by two visitors",
        "Three reports late: visiting went before writing",
        "All five sent again",
    ],
    ["Pippin Lodge visited on 3 April", "", "Three sent back, one for the second time"],
    ["", "", ""],
    ["Rookwood Lodge and Pippin Lodge not visited; co-ordinator off from 11 April to 8 May", "", ""],
    [
        "Pippin Lodge closed from 5 June: boiler",
        "Rookwood Lodge late by one and three days",
        "Tern Cottage, from May",
    ],
    ["", "Tern Cottage: to Ofsted two days late", ""],
    ["", "", ""],
    ["", "Larkmead (27 September) to follow", ""],
];

/// Capacity issues, themes from visits, good practice.
pub const NARRATIVE: [[&str; 3]; MONTHS] = [
    [
        "Three visitors in post, each with a deputy. No capacity issues in the first month.",
        "Units are settling into the new form. Children at three units asked for longer stays in the holidays.",
        "Applebourne House keeps a picture book of every visitor, so that children know who is coming.",
    ],
    [
        "None. Visits at the end of the month fall close to half-term; two reports follow in June.",
        "Handovers between day and night staff; outings after two years of few.",
        "Sallowfield holds its children's meeting with talking mats and keeps the photographs as minutes.",
    ],
    [
        "None.",
        "Heat in upstairs bedrooms at two units; fans bought. Medication records are complete everywhere.",
        "Tern Cottage rings every family the day after a first stay.",
    ],
    [
        "The last visit of the month was moved to 29 July because of the heat; its report follows in August.",
        "Agency staff over the summer holidays. Handover sheets now name who knows each child best.",
        "Oast Court swapped its garden party to the evening and asked the children to write the invitations.",
    ],
    [
        "None. A second visit to Oast Court was made at the manager's request after a run of short-notice stays.",
        "Short-notice stays and what they mean for the children already there.",
        "Pippin Lodge has a sensory corner planned and painted by the young people.",
    ],
    [
        "One visitor was unwell from 20 to 30 September and the deputy on leave. Pippin Lodge will be visited first in \
         October.",
        "Transport home on Sundays is late from two units. Managers have raised it with the transport team.",
        "Rookwood Lodge recorded a fire drill as a social story.",
    ],
    [
        "None. All units visited. The log did not fit the new template and will follow.",
        "New communication passports; autumn menus.",
        "Tern Cottage invites parents to read the visitor's summary with staff.",
    ],
    [
        "None at present. One visitor has told us that they will leave in December; the post is advertised.",
        "Winter plans: heating, staffing over Christmas, contact with families.",
        "Applebourne House has a complaints postcard with three faces; two were used this month and answered.",
    ],
    [
        "One of three visitors left on 9 December. Pippin Lodge could not be visited. Interviews in January.",
        "Christmas stays were well planned. One unit's hoist was out of order for nine days.",
        "Sallowfield asked each child for a wish for the new year and built January's plan on them.",
    ],
    [
        "Two visitors for seven units since Larkmead joined on 1 January. No appointment from the first interviews. \
         Tern Cottage and Pippin Lodge were missed and come first in February.",
        "Larkmead: new building, staff team from three other units, good start. Elsewhere sickness among staff.",
        "Larkmead let every child choose the colour of a door.",
    ],
    [
        "All seven units visited, at the cost of reports: visitors travelled on most days and wrote in the evenings. \
         Second interviews on 8 March.",
        "Staff vacancies at two units; overnight ratios were kept.",
        "Rookwood Lodge's manager sends the visitor a list of what changed since the last report.",
    ],
    [
        "Still two visitors. The co-ordinator checks reports before they go, which has added days. A third visitor is \
         appointed and starts on 1 June, subject to checks.",
        "Recording of consents; two units use an old form.",
        "Oast Court has a quiet hour after arrival.",
    ],
    ["", "", ""],
    [
        "The co-ordinator was off from 11 April to 8 May and nobody sent the return for April. Two visitors for seven \
         units; the third starts on 1 June.",
        "Consents again; hot weather plans.",
        "Tern Cottage trains its own bank staff in each child's communication.",
    ],
    [
        "Third visitor in post since 1 June and visiting alone since 5 June. Pippin Lodge is closed from 5 June while \
         its boiler is replaced; no child stayed there.",
        "Where children of Pippin Lodge stayed meanwhile, and how they were prepared for it.",
        "Larkmead made a photo tour for children coming from Pippin Lodge.",
    ],
    [
        "None. Three visitors in post; Pippin Lodge is open again.",
        "Holiday staffing; swimming at three units.",
        "Applebourne House holds its team meeting with two young people as hosts.",
    ],
    [
        "None. Reports are drafted on the day of the visit and read by a second visitor.",
        "Good summer stays. Flooring at one unit to be replaced in the autumn.",
        "Pippin Lodge kept the door colours the children chose at Larkmead.",
    ],
    [
        "None. The report on Larkmead (27 September) follows in the next return.",
        "Start of school term; tiredness after the first weeks, earlier bedtimes agreed with families.",
        "Sallowfield's children interviewed the visitor and printed the answers in their newsletter.",
    ],
];
