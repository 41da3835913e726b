//! How long the rules take: one check, the search for another time, a whole series. `make bench-rules` sets the figures beside their targets.

use std::hint::black_box;

use app::domain::{
    rulebook::ActivityCode,
    session::{Action, Proposal, SessionState, Surroundings, Words, check, generated::scenes, plan_series, suggest},
};
use criterion::{Criterion, criterion_group, criterion_main};

fn checks(c: &mut Criterion) {
    let (proposal, around) = scenes::sixty_sessions();
    c.bench_function("check", |b| {
        b.iter(|| check(Action::Enter, SessionState::Entered, black_box(&proposal), Words::default(), black_box(&around)));
    });
}

fn searches(c: &mut Criterion) {
    let mut search = |name: &str, (proposal, around): (Proposal, Surroundings)| {
        c.bench_function(name, |b| b.iter(|| suggest(Action::Enter, black_box(&proposal), black_box(&around))));
    };
    search("search_normal_week", scenes::normal_week());
    search("search_nothing_free", scenes::nothing_free());
}

fn series(c: &mut Criterion) {
    let (form, around) = scenes::forty_four_hours();
    c.bench_function("series_44_hours", |b| {
        b.iter(|| plan_series(ActivityCode::OnTheJobTraining, black_box(&form), &[], black_box(&around)));
    });
}

criterion_group!(benches, checks, searches, series);
criterion_main!(benches);
