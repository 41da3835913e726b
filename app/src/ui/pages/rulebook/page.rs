//! The page "Regole": one version at a time, the one in force first, and the holidays that hold by all of them.

use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    holidays::Holidays,
    version::{CatalogueOf, LimitsOf, PatronsOf},
};
use crate::{
    api,
    domain::{
        rulebook::{Publication, Rulebook, RulebookOverview, RulebookVersion},
        text::{date_long, time_hm},
    },
    ui::{
        components::{Fact, Facts, Loaded, PageHead},
        paths, signed_in,
    },
};

/// The page "Regole".
#[component]
pub fn RulebookPage() -> impl IntoView {
    let overview = Resource::new(|| (), |()| api::rulebook::current());
    let chosen = Memo::new({
        let query = use_query_map();
        move |_| query.with(paths::read_rulebook_version)
    });
    view! { <Loaded resource=overview view=move |data: RulebookOverview| view! { <Overview data chosen/> }/> }.into_any()
}

#[component]
fn Overview(data: RulebookOverview, chosen: Memo<Option<NaiveDate>>) -> impl IntoView {
    let RulebookOverview { rulebook, publications, now } = data;
    let today = now.today();
    let may_publish = signed_in().is_some_and(|actor| actor.publishes_rulebook());
    let years = [today.year(), today.year() + 1];
    let holidays = view! { <Holidays rulebook=rulebook.clone() years/> };
    let shown = move || {
        let version = chosen.get().map_or_else(|| rulebook.on(today), |on| rulebook.on(on));
        view! {
            <Versions rulebook=rulebook.clone() today shown=version.valid_from/>
            <Head rulebook=rulebook.clone() version=version.clone() publications=publications.clone() today/>
            <LimitsOf rulebook=rulebook.clone() version=version.clone()/>
            <CatalogueOf catalogue=version.catalogue.clone() measure=version.measure.clone()/>
            <PatronsOf version=version.clone()/>
        }
    };
    view! {
        <PageHead title="Regole" breadcrumb=vec![("Cruscotto".to_owned(), Some(paths::home())), ("Regole".to_owned(), None)]
            facts="I limiti, il catalogo e i festivi che il sistema applica, ciascuno con la sua fonte e la sua validità.">
            {may_publish.then(|| view! { <a class="btn btn-primary" href=paths::new_rulebook_version()>"Nuova versione"</a> })}
        </PageHead>
        <div class="stack">{shown}{holidays}</div>
    }
}

/// Where a version stands in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum When {
    InForce,
    Future,
    Past,
}

impl When {
    fn of(version: &RulebookVersion, rulebook: &Rulebook, today: NaiveDate) -> Self {
        if rulebook.on(today).valid_from == version.valid_from {
            Self::InForce
        } else if version.valid_from > today {
            Self::Future
        } else {
            Self::Past
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::InForce => "in vigore",
            Self::Future => "futura",
            Self::Past => "non più in vigore",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::InForce => "Regole in vigore",
            Self::Future => "Regole future",
            Self::Past => "Regole non più in vigore",
        }
    }
}

/// The one in force, those to come in their order, and then the past ones, newest first.
fn by_validity(rulebook: &Rulebook, today: NaiveDate) -> Vec<(When, NaiveDate)> {
    let mut versions: Vec<_> = rulebook.versions().iter().map(|version| (When::of(version, rulebook, today), version.valid_from)).collect();
    versions.sort_by_key(|(when, from)| {
        let day = from.num_days_from_ce();
        (*when, if *when == When::Past { -day } else { day })
    });
    versions
}

/// The choice among the versions; with one there is none.
#[component]
fn Versions(rulebook: Rulebook, today: NaiveDate, shown: NaiveDate) -> impl IntoView {
    let versions = by_validity(&rulebook, today);
    (versions.len() > 1).then(|| {
        let link = |(when, from): (When, NaiveDate)| {
            view! {
                <li><a class="version" href=paths::rulebook_version(from) aria-current=(from == shown).then_some("page")>
                    <span>{format!("Dal {}", date_long(from))}</span>" "<span class="version__when">{when.word()}</span>
                </a></li>
            }
        };
        view! { <nav class="versions" aria-label="Versioni delle regole"><ul>{versions.into_iter().map(link).collect_view()}</ul></nav> }
    })
}

/// What a version is: since when, until when, by which act, and who published it.
#[component]
fn Head(rulebook: Rulebook, version: RulebookVersion, publications: Vec<Publication>, today: NaiveDate) -> impl IntoView {
    let next = rulebook.versions().iter().find(|later| later.valid_from > version.valid_from);
    let until = next.and_then(|next| next.valid_from.pred_opt());
    let published = publications.into_iter().find(|publication| publication.valid_from == version.valid_from).map_or_else(
        || "con il programma".to_owned(),
        |Publication { at, by, .. }| format!("{}, {}, da {by}", date_long(at.today()), time_hm(at.time())),
    );
    view! {
        <section class="panel" aria-labelledby="regole-titolo">
            <h2 class="panel__title" id="regole-titolo">{When::of(&version, &rulebook, today).title()}</h2>
            <Facts>
                <Fact term="In vigore dal">{date_long(version.valid_from)}</Fact>
                {until.map(|until| view! { <Fact term="Fino al">{date_long(until)}</Fact> })}
                <Fact term="Fonte">{version.citation}</Fact>
                <Fact term="Pubblicata">{published}</Fact>
            </Facts>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_in_force_comes_first_then_the_future_ones_then_the_past_ones_backwards() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let rulebook = ["2025-01-01", "2026-01-01", "2027-01-01", "2028-01-01"].into_iter().fold(Rulebook::builtin(), |rulebook, from| {
            rulebook.with(RulebookVersion { valid_from: day(from), ..rulebook.latest().clone() })
        });
        let order: Vec<_> = by_validity(&rulebook, day("2026-11-23")).into_iter().map(|(_, from)| from).collect();
        assert_eq!(order, ["2026-01-01", "2027-01-01", "2028-01-01", "2025-01-01", "2020-01-01"].map(day));
    }
}
