//! The preview of an act and its confirmation: what is done, what stays and why, and a description for each session that is concluded (R31).

use leptos::{html, prelude::*};

use super::{
    chosen::Choice,
    list::when,
    plan::{Plan, Why},
};
use crate::{
    api,
    domain::{
        ids::SessionId,
        rulebook::Refusal,
        session::{BulkAct, ManySteps, SessionRow, check_description},
        text,
    },
    ui::{
        browser::{bind_value, focus_by_id},
        components::{ActionButton, ConfirmDialog, Fact, Facts, Icon, Notice, Notices, sessions_in_words},
        forms::Command,
    },
};

/// More sessions than these are folded away.
const FEW: usize = 6;
/// The element id of the text for all.
const FOR_ALL: &str = "descrizione-per-tutte";

/// The words of an act on several sessions: its title, what becomes of one and of many, what is under way.
struct InWords {
    title: &'static str,
    one: &'static str,
    many: &'static str,
    consequence: &'static str,
    under_way: &'static str,
}

fn in_words(act: BulkAct) -> InWords {
    match act {
        BulkAct::Schedule => InWords {
            title: "Programma le erogazioni",
            one: "programmata",
            many: "programmate",
            consequence: "Dopo la conferma le loro ore sono impegnate e le erogazioni non sono più modificabili.",
            under_way: "Programmo",
        },
        BulkAct::Start => InWords {
            title: "Avvia le erogazioni",
            one: "avviata",
            many: "avviate",
            consequence: "Dopo la conferma le erogazioni sono «avviate»: resta solo da concluderle.",
            under_way: "Avvio",
        },
        BulkAct::Complete => InWords {
            title: "Concludi le erogazioni",
            one: "conclusa",
            many: "concluse",
            consequence: "Dopo la conferma le erogazioni sono «erogate» e non cambiano più; le descrizioni vanno nel registro.",
            under_way: "Concludo",
        },
    }
}

/// The dialog; it opens and closes with `open`.
#[component]
pub fn PreviewDialog(
    /// The rows, with the descriptions typed so far.
    choice: Choice,
    /// What would be done.
    plan: RwSignal<Plan>,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Loads the rows anew; told the first one that changed.
    on_done: Callback<Option<SessionRow>>,
) -> impl IntoView {
    let (command, notices) = (Command::new(), Notices::get());
    // Fields are not scolded before the first attempt; and how many were done when not all were.
    let (tried, done_so_far) = (RwSignal::new(false), RwSignal::new(0_usize));
    let act = Memo::new(move |_| plan.with(|plan| plan.act));
    Effect::new(move |_| {
        if open.get() {
            tried.set(false);
            done_so_far.set(0);
        }
    });
    let count = Memo::new(move |_| plan.with(|plan| plan.fits.len()));
    let said = move |count: usize| {
        let words = in_words(act.get_untracked());
        format!("{} {}.", sessions_in_words(count), if count == 1 { words.one } else { words.many })
    };
    let send = Callback::new(move |()| {
        let asked = plan.get_untracked();
        if asked.fits.is_empty() {
            open.set(false);
            return;
        }
        tried.set(true);
        let text = move |row: &SessionRow| choice.text(row.id).get_untracked();
        let missing = asked.fits.iter().find(|(row, _)| asked.act == BulkAct::Complete && check_description(&text(row)).is_some());
        if let Some((row, _)) = missing {
            focus_by_id(&field(row.id));
            return;
        }
        let sessions = asked.chosen(|row| if asked.act == BulkAct::Complete { text(row) } else { String::new() });
        command.run(
            move |key| api::session::step_many(ManySteps { key, act: asked.act, sessions }),
            move |outcomes| {
                let (done, rest) = plan.get_untracked().after(outcomes);
                let all = rest.fits.is_empty() && rest.left.len() == plan.with_untracked(|plan| plan.left.len());
                if all {
                    open.set(false);
                } else {
                    done_so_far.update(|so_far| *so_far += done.len());
                    plan.set(rest);
                }
                if !done.is_empty() {
                    notices.say(said(done.len()));
                }
                on_done.run(done.into_iter().next());
            },
        );
    });
    let confirm = move || match count.get() {
        0 => "Ho capito".to_owned(),
        count => format!("{} {}", act.get().label(), sessions_in_words(count)),
    };
    let consequence = move || match count.get() {
        0 => "Le erogazioni elencate restano come sono.".to_owned(),
        _ => in_words(act.get()).consequence.to_owned(),
    };
    let minutes = move || plan.with(|plan| text::hours(plan.fits.iter().map(|(row, _)| row.span.minutes()).sum()));
    let partly = move || {
        let so_far = done_so_far.get();
        (so_far > 0).then(|| view! { <Notice kind="done"><p>{said(so_far)}" Per le altre qualcosa è cambiato nel frattempo."</p></Notice> })
    };
    let fits = move || plan.with(|plan| plan.fits.clone());
    let completes = Memo::new(move |_| act.get() == BulkAct::Complete && count.get() > 0);
    view! {
        <ConfirmDialog
            id="regolarizzazione"
            title=Signal::derive(move || in_words(act.get()).title.to_owned())
            open
            consequence=Signal::derive(consequence)
            confirm=Signal::derive(confirm)
            command
            on_confirm=send
        >
            {partly}
            <Facts class="facts--compact">
                <Fact term="Erogazioni">{move || plan.with(|plan| format!("{} di {}", plan.fits.len(), plan.fits.len() + plan.left.len() + plan.others))}</Fact>
                <Fact term="Ore">{minutes}</Fact>
            </Facts>
            {move || others(plan.with(|plan| plan.others))}
            {move || left(plan.with(|plan| plan.left.clone()))}
            {move || if completes.get() {
                view! { <Descriptions choice rows=fits().into_iter().map(|(row, _)| row).collect() tried/> }.into_any()
            } else {
                fitting(act.get(), &fits()).into_any()
            }}
            {move || warned(&fits())}
            <p class="muted" role="status">
                {move || command.pending().get().then(|| format!("{} {}…", in_words(act.get()).under_way, sessions_in_words(count.get())))}
            </p>
        </ConfirmDialog>
    }
}

/// Which one it is, and whose.
fn which(row: &SessionRow) -> String {
    format!("{}, {}, {}", when(row), row.person.last_first(), row.activity_name)
}

fn others(count: usize) -> Option<impl IntoView> {
    let text = match count {
        0 => return None,
        1 => "Un'altra di quelle scelte è a un passo diverso e resta com'è.".to_owned(),
        count => format!("Altre {count} di quelle scelte sono a un passo diverso e restano come sono."),
    };
    Some(view! { <p class="muted">{text}</p> })
}

fn left(left: Vec<(SessionRow, Vec<Why>)>) -> Option<impl IntoView> {
    let line = |(row, why): (SessionRow, Vec<Why>)| {
        let why = why.into_iter().map(|Why { sentence, rule }| match rule {
            Some(rule) => format!("{sentence} ({rule})"),
            None => sentence,
        });
        let text = format!("{}: {}", which(&row), why.collect::<Vec<_>>().join(" "));
        view! { <li class="verdict__block"><Icon name="it-close-circle"/><span>{text}</span></li> }
    };
    (!left.is_empty()).then(|| {
        view! {
            <section aria-label="Restano come sono">
                <h3 class="slots__title">{format!("Restano come sono: {}", left.len())}</h3>
                <ul class="verdict">{left.into_iter().map(line).collect_view()}</ul>
            </section>
        }
    })
}

/// Folded away when they are many: what stays as it is must be in sight.
fn fitting(act: BulkAct, fits: &[(SessionRow, Vec<Refusal>)]) -> Option<impl IntoView + use<>> {
    let title = match act {
        BulkAct::Schedule => "Da programmare",
        BulkAct::Start => "Da avviare",
        BulkAct::Complete => "Da concludere",
    };
    let lines = fits.iter().map(|(row, _)| view! { <li class="verdict__ok"><Icon name="it-check-circle"/><span>{which(row)}</span></li> });
    (!fits.is_empty()).then(|| {
        view! {
            <details open=fits.len() <= FEW>
                <summary>{format!("{title}: {}", fits.len())}</summary>
                <ul class="verdict" aria-label=title>{lines.collect_view()}</ul>
            </details>
        }
    })
}

/// What is confirmed with it, session by session.
fn warned(fits: &[(SessionRow, Vec<Refusal>)]) -> Option<impl IntoView + use<>> {
    let line = |(row, warns): &(SessionRow, Vec<Refusal>)| {
        let text = warns.iter().map(|warn| format!("{} ({})", warn.sentence, warn.rule)).collect::<Vec<_>>().join(" ");
        let text = format!("{}: {text}", which(row));
        view! { <li class="verdict__warn"><Icon name="it-warning-circle"/><span>{text}</span></li> }
    };
    let lines: Vec<_> = fits.iter().filter(|(_, warns)| !warns.is_empty()).map(line).collect();
    (!lines.is_empty()).then(|| {
        view! {
            <section aria-label="Da confermare">
                <h3 class="slots__title">"Confermando accetti anche questi avvisi"</h3>
                <ul class="verdict">{lines}</ul>
            </section>
        }
    })
}

fn field(id: SessionId) -> String {
    format!("descrizione-{id}")
}

/// One text for those that have none yet, then each session's own.
#[component]
fn Descriptions(choice: Choice, rows: Vec<SessionRow>, tried: RwSignal<bool>) -> impl IntoView {
    let for_all = RwSignal::new(String::new());
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let several = rows.len() > 1;
    let apply = Callback::new(move |()| {
        let text = for_all.get_untracked();
        for text_of in ids.iter().map(|id| choice.text(*id)).filter(|text| text.with_untracked(|text| text.trim().is_empty())) {
            text_of.set(text.clone());
        }
    });
    view! {
        {several.then(|| view! {
            <div class="field field--wide">
                <label for=FOR_ALL>"Descrizione per tutte"</label>
                <Text id=FOR_ALL.to_owned() value=for_all problem=Signal::stored(None::<String>)/>
                <p class="field-hint">"La copi nelle erogazioni che non ne hanno ancora una; poi puoi cambiarle una per una."</p>
                <ActionButton class="btn btn-outline-primary btn-xs" on_press=apply>"Copia dove manca"</ActionButton>
            </div>
        })}
        <ul class="descriptions" aria-label="Da concludere">{rows.into_iter().map(|row| view! { <Description choice row tried/> }).collect_view()}</ul>
    }
}

#[component]
fn Description(choice: Choice, row: SessionRow, tried: RwSignal<bool>) -> impl IntoView {
    let (id, value) = (field(row.id), choice.text(row.id));
    let problem =
        Memo::new(move |_| tried.get().then(|| value.with(|text| check_description(text)).map(|finding| finding.sentence())).flatten());
    let error = format!("{id}-err");
    view! {
        <li class="field field--wide">
            <label for=id.clone()>{which(&row)}" "<span class="field__required" aria-hidden="true">"*"</span></label>
            <Text id=id value problem/>
            {move || problem.get().map(|sentence| view! {
                <p class="field-error" id=error.clone()><Icon name="it-error" size="icon--sm"/>{sentence}</p>
            })}
        </li>
    }
}

/// Two lines of text; its error stands below it, as `…-err`.
#[component]
fn Text(id: String, value: RwSignal<String>, #[prop(into)] problem: Signal<Option<String>>) -> impl IntoView {
    let control = NodeRef::<html::Textarea>::new();
    bind_value(control, value, String::new());
    let error = format!("{id}-err");
    view! {
        <textarea class="form-control" id=id rows="2" node_ref=control aria-invalid=move || problem.with(Option::is_some).then_some("true")
            aria-describedby=move || problem.with(Option::is_some).then(|| error.clone()) on:input=move |event| value.set(event_target_value(&event))></textarea>
    }
}
