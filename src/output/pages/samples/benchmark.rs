//! Invented benchmarks: one with everything that can be said, one with too few figures.

use rust_decimal::Decimal;

use crate::domain::better::Better;
use crate::domain::quantity::Unit;
use crate::review::benchmark::{Before, Benchmark, Compared, LeftOut, Market, Quarter, Spread};
use crate::review::report::Comparison;

use super::{PLANTED, quarter};

/// The other providers of the samples' contract.
pub const OTHERS: [&str; 6] =
    [PLANTED, "Larkspur Row", "Ninefold Homes", "Osprey Wharf", "Tallow Lane", "Windle Court"];

fn compared(provider: &str, rank: usize, thousandths: i64, before: Before) -> Compared {
    let value = Decimal::new(thousandths, 3);
    Compared {
        provider: provider.to_string(),
        value,
        shown: crate::domain::quantity::show(value, Unit::Percent, &[Decimal::new(95, 2)]),
        out_of: Some(format!("{thousandths} of 1,000")),
        rank,
        alike: 1,
        quarter: spread().quarter(value),
        before,
        remark: None,
        sentence: "Third highest of 5 providers, up from 92% in the period before.".to_string(),
    }
}

fn spread() -> Spread {
    let of = |thousandths| Decimal::new(thousandths, 3);
    Spread { number: 5, lower: of(911), median: of(947), upper: of(971) }
}

/// Five providers compared, `own` in the middle, two left out.
pub fn benchmark(own: &str) -> Benchmark {
    let figure = |thousandths| Before::Figure(Decimal::new(thousandths, 3));
    let relieved =
        Compared { remark: Some("Relief agreed".to_string()), ..compared(OTHERS[2], 4, 911, figure(911)) };
    let left_out = |provider: &str, shown: Option<&str>, reason: &str| LeftOut {
        provider: provider.to_string(),
        shown: shown.map(str::to_string),
        reason: reason.to_string(),
    };
    Benchmark {
        kpi: "5".to_string(),
        title: "Referrals triaged and allocated within 2 working days".to_string(),
        clause: "1.4".to_string(),
        period: quarter(4),
        unit: Unit::Percent,
        thresholds: vec![Decimal::new(95, 2)],
        better: Some(Better::Higher),
        at_least: 5,
        comparable: 5,
        market: Some(Market {
            spread: spread(),
            before: Some((Decimal::new(9496, 4), 6)),
            providers: vec![
                compared(PLANTED, 1, 983, figure(950)),
                compared(OTHERS[1], 2, 971, Before::None("No period before".to_string())),
                compared(own, 3, 947, figure(920)),
                relieved,
                compared(OTHERS[3], 5, 713, figure(777)),
            ],
        }),
        left_out: vec![
            left_out(OTHERS[4], Some("99.7%"), "partial period: the service started on 4 November 2025"),
            left_out(OTHERS[5], None, "no return was received"),
        ],
        sentences: vec!["The median is 94.7%; the middle half lies between 91.1% and 97.1%.".to_string()],
    }
}

/// Too few figures for a benchmark.
pub fn too_few() -> Benchmark {
    Benchmark {
        kpi: "6".to_string(),
        title: "Referrals where the person was contacted within 2 days".to_string(),
        better: None,
        comparable: 4,
        market: None,
        sentences: vec![
            "No benchmark: 4 of 6 providers have a figure that can be compared, and at least 5 are needed."
                .to_string(),
        ],
        ..benchmark("Harbour Advocacy")
    }
}

/// The KPIs of a report, the second without a benchmark.
pub fn comparisons() -> Vec<Comparison> {
    let earlier = Spread { number: 6, lower: Decimal::new(88, 2), median: Decimal::new(9496, 4), ..spread() };
    vec![
        Comparison {
            newest: benchmark("Harbour Advocacy"),
            since: Some(format!(
                "{}: No benchmark: none of 7 providers has a figure.",
                quarter(5).describe()
            )),
            course: vec![(quarter(3), earlier), (quarter(4), spread())],
        },
        Comparison { newest: too_few(), since: None, course: Vec::new() },
    ]
}

#[test]
fn the_sample_is_as_it_would_be() {
    let benchmark = benchmark("Harbour Advocacy");
    let own = benchmark.compared("Harbour Advocacy").unwrap();
    assert_eq!((own.quarter, own.shown.as_str()), (Quarter::Median, "94.7%"));
}
