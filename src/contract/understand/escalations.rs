//! Escalations and their conditions.

use super::Reading;
use crate::contract::meant::{Condition, Escalation, Form};
use crate::contract::written;
use crate::domain::text::nearest;

/// Escalations as meant.
pub(super) fn escalations(
    reading: &mut Reading<'_>,
    written: Vec<written::Escalation>,
    forms: &[Form],
) -> Vec<Escalation> {
    let mut escalations: Vec<Escalation> = Vec::new();
    for escalation in written {
        let any = escalation
            .any
            .into_iter()
            .map(|condition| {
                if let Condition::Follows(follows) = condition.get_ref()
                    && !escalations.iter().any(|earlier| earlier.id == follows.escalation)
                {
                    let known: Vec<&str> = escalations.iter().map(|earlier| earlier.id.as_str()).collect();
                    let near = nearest(&follows.escalation, known.iter().copied());
                    reading.fault(
                        &condition,
                        format!("no escalation `{}` stands above this one", follows.escalation),
                        Some(match near {
                            Some(near) => format!("did you mean `{near}`?"),
                            None => "put the escalation it follows from first".into(),
                        }),
                    );
                }
                if let Condition::Returns(returns) = condition.get_ref() {
                    for form in returns.forms.iter().filter(|id| !forms.iter().any(|form| form.id == **id)) {
                        let near = nearest(form, forms.iter().map(|form| form.id.as_str()));
                        reading.fault(
                            &condition,
                            format!("there is no form `{form}`"),
                            near.map(|near| format!("did you mean `{near}`?")),
                        );
                    }
                }
                condition.into_inner()
            })
            .collect();
        escalations.push(Escalation {
            id: escalation.id.into_inner(),
            title: escalation.title,
            clause: escalation.clause,
            action: escalation.action,
            per: escalation.per,
            watch_only: escalation.watch_only,
            in_headline: escalation.in_headline,
            caution: escalation.caution,
            any,
        });
    }
    escalations
}
