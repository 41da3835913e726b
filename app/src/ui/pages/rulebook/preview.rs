//! Cosa cambia: the planned sessions that the draft would judge otherwise.

use leptos::prelude::*;

use crate::{
    domain::{
        rulebook::{ChangedVerdict, Preview, Refusal, Rule},
        text::{date_long, time_hm},
    },
    ui::components::{EmptyState, Icon},
};

/// The list, or that there is none.
#[component]
pub fn Changes(preview: Preview) -> impl IntoView {
    let Preview { judged, total, changed } = preview;
    let planned = match judged {
        0 => "Nessuna erogazione è pianificata da quella data in poi.".to_owned(),
        1 => "Giudicata l'unica erogazione pianificata da quella data in poi.".to_owned(),
        _ => format!("Giudicate le {judged} erogazioni pianificate da quella data in poi."),
    };
    if total == 0 {
        return view! { <EmptyState icon="it-check-circle" title="Nessuna erogazione pianificata cambia esito"><p>{planned}</p></EmptyState> }
            .into_any();
    }
    let shown = u64::try_from(changed.len()).unwrap_or(total);
    view! {
        <p>{planned}" "<b>{if total == 1 { "Una cambia esito.".to_owned() } else { format!("{total} cambiano esito.") }}</b></p>
        <table class="list list--plain">
            <caption class="visually-hidden">"Erogazioni che cambiano esito"</caption>
            <thead><tr><th scope="col">"Erogazione"</th><th scope="col">"Oggi"</th><th scope="col">"Con la nuova versione"</th></tr></thead>
            <tbody>{changed.into_iter().map(|row| view! { <Row row/> }).collect_view()}</tbody>
        </table>
        {(shown < total).then(|| view! { <p class="muted">{format!("Sono mostrate le prime {shown}.")}</p> })}
    }
    .into_any()
}

#[component]
fn Row(row: ChangedVerdict) -> impl IntoView {
    let ChangedVerdict { span, state, opal_code, site_town, activity_name, before, blocks, warns } = row;
    let rules = |rules: Vec<Rule>| rules.into_iter().map(|rule| rule.to_string()).collect::<Vec<_>>().join(", ");
    let blocked = !blocks.is_empty();
    let silent = blocks.is_empty() && warns.is_empty();
    let said = |class, icon, kind| move |Refusal { rule, sentence }| view! { <li class=class><Icon name=icon/><span><span class="visually-hidden">{kind}": "</span>{sentence}{format!(" ({rule})")}</span></li> };
    view! {
        <tr class:list__row--block=blocked>
            <th scope="row" data-label="Erogazione">
                {format!("{} {}-{}", date_long(span.on()), time_hm(span.from()), time_hm(span.to()))}
                <span class="list__sub">{format!("{opal_code} · {activity_name} · {site_town} · {}", state.label())}</span>
            </th>
            <td data-label="Oggi">{if before.is_empty() { "nessun rilievo".to_owned() } else { rules(before) }}</td>
            <td data-label="Con la nuova versione">
                <ul class="verdict">
                    {blocks.into_iter().map(said("verdict__block", "it-close-circle", "Da correggere")).collect_view()}
                    {warns.into_iter().map(said("verdict__warn", "it-warning-circle", "Attenzione")).collect_view()}
                    {silent.then(|| view! { <li class="verdict__ok"><Icon name="it-check-circle"/><span>"nessun rilievo"</span></li> })}
                </ul>
            </td>
        </tr>
    }
}
