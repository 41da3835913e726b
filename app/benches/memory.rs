//! How much memory the rules ask for. A program of its own: counting slows every allocation that the other benches time.

use app::domain::session::{Action, SessionState, Words, check, generated::scenes, suggest};

fn main() {
    let mut measured = serde_json::Map::new();
    let mut measure = |name: &str, work: &mut dyn FnMut()| {
        let used = allocation_counter::measure(work);
        measured.insert(
            name.to_owned(),
            serde_json::json!({ "bytes": used.bytes_total, "allocations": used.count_total, "peak": used.bytes_max }),
        );
    };
    let (proposal, around) = scenes::sixty_sessions();
    measure("check", &mut || drop(check(Action::Enter, SessionState::Entered, &proposal, Words::default(), &around)));
    let taken = around.sessions.first().map(|session| proposal.at(session.coach, session.span)).unwrap_or(proposal);
    measure("check_refused", &mut || drop(check(Action::Enter, SessionState::Entered, &taken, Words::default(), &around)));
    let (proposal, around) = scenes::normal_week();
    measure("search_normal_week", &mut || drop(suggest(Action::Enter, &proposal, &around)));
    println!("{}", serde_json::Value::Object(measured));
}
