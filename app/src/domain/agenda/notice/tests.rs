//! When each thing is brought to mind, to whom, and in which words.

use super::*;
use crate::domain::{ids::AccountId, provider::Role, time::Span};
use uuid::Uuid;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The days, counted from `day`, on which the stage grows, and the first one without any after that.
fn grows(day: NaiveDate, matter: Matter) -> (Vec<i64>, Option<i64>) {
    let days = minus_days(day, 100).iter_days().take(300);
    let stages: Vec<_> = days.map(|today| (days_between(day, today), matter.stage(today))).collect();
    let grown = stages.windows(2).filter(|pair| pair[1].1 > pair[0].1).map(|pair| pair[1].0).collect();
    let over = stages.windows(2).find(|pair| pair[0].1.is_some() && pair[1].1.is_none()).map(|pair| pair[1].0);
    (grown, over)
}

#[test]
fn r7_a_request_is_brought_to_mind_at_three_one_and_no_days_left_and_no_more_when_it_has_lapsed() {
    let decide_by = day("2026-11-27");
    assert_eq!(grows(decide_by, Matter::Request { decide_by }), (vec![-3, -1, 0], Some(1)));
}

#[test]
fn r23_r24_an_open_session_is_brought_to_mind_after_one_five_and_seven_days_and_stays_until_somebody_ends_it() {
    let on = day("2026-11-16");
    assert_eq!(grows(on, Matter::Session { on, last_day: day("2026-11-23") }), (vec![1, 5, 7], None));
}

#[test]
fn r23_a_term_of_another_length_keeps_the_day_after_and_the_last_day() {
    let on = day("2026-11-16");
    assert_eq!(grows(on, Matter::Session { on, last_day: day("2026-11-28") }), (vec![1, 10, 12], None));
    assert_eq!(grows(on, Matter::Session { on, last_day: on }), (vec![1], None), "never before its day is over");
}

#[test]
fn r38_a_voucher_is_brought_to_mind_at_thirty_fifteen_seven_and_one_days_and_no_more_when_it_has_ended() {
    let valid_to = day("2026-12-31");
    assert_eq!(grows(valid_to, Matter::Voucher { valid_to }), (vec![-30, -15, -7, -1], Some(1)));
}

#[test]
fn r8_each_refusal_of_a_day_is_news_for_a_week() {
    let on = day("2026-11-23");
    assert_eq!(grows(on, Matter::Refusals { on, count: 2 }), (vec![0], Some(8)));
    assert!(Matter::Refusals { on, count: 3 }.stage(on) > Matter::Refusals { on, count: 2 }.stage(on));
    assert_eq!(Matter::Refusals { on, count: 0 }.stage(on), None);
}

#[test]
fn a_stop_of_ten_days_ends_with_the_nearest_threshold_alone() {
    let stage = |matter: Matter| [matter.stage(day("2026-11-10")), matter.stage(day("2026-11-20"))];
    assert_eq!(stage(Matter::Voucher { valid_to: day("2026-11-25") }), [Some(2), Some(3)]);
    assert_eq!(stage(Matter::Session { on: day("2026-11-09"), last_day: day("2026-11-16") }), [Some(1), Some(3)]);
    assert_eq!(stage(Matter::Request { decide_by: day("2026-11-13") }), [Some(1), None]);
}

fn actor(role: Role, sites: &[SiteId], coach: Option<CoachId>) -> Actor {
    Actor {
        account: AccountId(Uuid::from_u128(1)),
        name: String::new(),
        role,
        provider: (role != Role::SystemAdministrator).then_some(ProviderId(Uuid::from_u128(2))),
        provider_name: None,
        sites: sites.to_vec(),
        site_names: Vec::new(),
        coach,
    }
}

#[test]
fn a_matter_concerns_who_can_act_on_it() {
    let [here, there] = [3, 4].map(|n| SiteId(Uuid::from_u128(n)));
    let [own, other] = [5, 6].map(|n| CoachId(Uuid::from_u128(n)));
    let [provider, foreign] = [2, 7].map(|n| ProviderId(Uuid::from_u128(n)));
    let people = [
        actor(Role::Operator, &[here], None),
        actor(Role::Operator, &[there], None),
        actor(Role::ProviderAdministrator, &[here, there], None),
        actor(Role::Coach, &[here], Some(own)),
        actor(Role::SystemAdministrator, &[], None),
    ];
    let has = |audience: Audience| people.each_ref().map(|actor| audience.has(actor));
    assert_eq!(has(Audience::Office(here)), [true, false, true, false, false]);
    assert_eq!(has(Audience::Delivery(here, own)), [true, false, true, true, false]);
    assert_eq!(has(Audience::Delivery(here, other)), [true, false, true, false, false]);
    assert_eq!(has(Audience::Oversight(provider)), [false, false, true, false, true]);
    assert_eq!(has(Audience::Oversight(foreign)), [false, false, false, false, true]);
}

#[test]
fn the_sentence_says_what_is_left_today_whenever_the_notice_was_raised() {
    let person = PersonName { first: "Anna".to_owned(), last: "Bassi".to_owned() };
    let today = day("2026-11-23");
    let request = |decide_by| NoticeAbout::Request {
        id: OpalId(Uuid::nil()),
        opal_code: "JC-1".to_owned(),
        person: person.clone(),
        decide_by: day(decide_by),
    };
    let voucher = |valid_to| NoticeAbout::Voucher {
        dossier: OpalId(Uuid::nil()),
        opal_code: "JC-1".to_owned(),
        person: person.clone(),
        valid_to: day(valid_to),
    };
    let session = |on, state| {
        let time = |text: &str| text.parse().unwrap();
        NoticeAbout::Session {
            id: SessionId(Uuid::nil()),
            dossier: OpalId(Uuid::nil()),
            activity: ActivityCode::CoachingPlan,
            activity_name: "Piano di coaching".to_owned(),
            person: person.clone(),
            span: Span::new(day(on), time("09:00:00"), time("10:00:00")).unwrap(),
            state,
            last_day: plus_days(day(on), 7),
        }
    };
    let refusals = |count| NoticeAbout::Refusals { provider: "Ente".to_owned(), on: today, count };
    for (about, sentence, urgent) in [
        (request("2026-11-26"), "Restano 3 giorni per decidere, entro gio 26 nov 2026.", false),
        (request("2026-11-24"), "Resta 1 giorno per decidere, entro mar 24 nov 2026.", false),
        (request("2026-11-23"), "Oggi è l'ultimo giorno per decidere: da domani la richiesta è cancellata.", true),
        (voucher("2026-12-05"), "Restano 12 giorni di voucher, fino a sab 5 dic 2026.", false),
        (voucher("2026-11-23"), "Il voucher termina oggi: da domani il fascicolo è chiuso.", true),
        (
            session("2026-11-18", SessionState::Scheduled),
            "L'erogazione di mer 18 nov 2026 non è conclusa: regolarizzala entro mer 25 nov 2026.",
            false,
        ),
        (
            session("2026-11-16", SessionState::Started),
            "L'erogazione di lun 16 nov 2026 non è conclusa: oggi è l'ultimo giorno per regolarizzarla.",
            true,
        ),
        (
            session("2026-11-12", SessionState::Started),
            "L'erogazione di gio 12 nov 2026 non è conclusa e il termine è passato: chiudila negativamente.",
            true,
        ),
        (
            session("2026-11-12", SessionState::Entered),
            "L'erogazione di gio 12 nov 2026 non è conclusa e il termine è passato: annullala.",
            true,
        ),
        (refusals(1), "Una richiesta rifiutata lun 23 nov 2026.", false),
        (refusals(2), "2 richieste rifiutate lun 23 nov 2026.", false),
    ] {
        assert_eq!((about.sentence(today).as_str(), about.is_urgent(today)), (sentence, urgent));
    }
    assert_eq!(request("2026-11-26").subject(), "JC-1 · Anna Bassi");
}
