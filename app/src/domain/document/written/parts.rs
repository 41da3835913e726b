//! The templates of what is written here: the parts of each document, what belongs in each, and the text it begins with.

use super::super::{facts::ServiceFacts, kind::DocumentKind};
use crate::domain::text::{counted, date_short, hours};

/// When a part must be filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needed {
    /// Always.
    Always,
    /// When the service failed (R35).
    OnFailure,
}

/// A part of a document: a heading and the text under it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The field's name in forms and in what is kept.
    pub name: &'static str,
    /// The heading.
    pub title: &'static str,
    /// What belongs here.
    pub hint: &'static str,
    /// When it must be filled in.
    pub needed: Needed,
}

const fn part(name: &'static str, title: &'static str, hint: &'static str) -> Part {
    Part { name, title, hint, needed: Needed::Always }
}

const fn analysis(name: &'static str, title: &'static str, hint: &'static str) -> Part {
    Part { name, title, hint, needed: Needed::OnFailure }
}

const INTERVIEW: [Part; 5] = [
    part("participants", "Partecipanti", "Chi ha partecipato al colloquio e con quale ruolo, quando e dove."),
    part("situation", "Situazione lavorativa e mansioni", "Il posto di lavoro, le mansioni, da quando, con quali cambiamenti."),
    part("resources", "Risorse e difficoltà", "Che cosa riesce bene, che cosa pesa, quali aiuti ci sono già."),
    part("employer_needs", "Esigenze e disponibilità dell'azienda", "Che cosa chiede l'azienda e che cosa mette a disposizione."),
    part("conclusions", "Conclusioni e passi successivi", "Che cosa si è deciso e che cosa viene dopo."),
];

const PLAN: [Part; 5] = [
    part("starting_point", "Situazione di partenza", "Che cosa è emerso dai colloqui e dall'analisi del contesto."),
    part("goals", "Obiettivi", "Che cosa la persona saprà fare alla fine, in modo che si possa verificare."),
    part("actions", "Azioni di affiancamento e tempi", "Che cosa si fa, in quali settimane, con quale intensità."),
    part("roles", "Ruoli e referenti", "Chi fa che cosa: persona, coach, referente aziendale, colleghi."),
    part("checks", "Verifiche e indicatori", "Quando e da che cosa si capisce che l'obiettivo è raggiunto."),
];

/// R34 asks for the first four, R35 for the other three when the service failed.
const REPORT: [Part; 7] = [
    part("activities", "Attività svolte", "Compilato dalle erogazioni concluse: completa e correggi."),
    part("integration", "Integrazione nel contesto aziendale", "Rapporti con colleghi e responsabili, autonomia negli spazi e nei tempi."),
    part("capability", "Capacità di svolgere la prestazione lavorativa", "Che cosa è migliorato rispetto all'inizio, con esempi."),
    part("prospects", "Probabilità di mantenere l'occupazione nel tempo", "Quanto è solido il rapporto di lavoro e che cosa lo aiuta."),
    analysis("criticalities", "Criticità riscontrate", "Le difficoltà incontrate, con fatti e momenti."),
    analysis("causes", "Possibili motivazioni", "Perché il percorso o il rapporto di lavoro si è interrotto."),
    analysis("measures", "Azioni intraprese in itinere", "Che cosa si è fatto, quando e con quale effetto, per risolvere le difficoltà."),
];

impl DocumentKind {
    /// The parts of what is written here, in order; none for other kinds.
    pub fn parts(self) -> &'static [Part] {
        match self {
            Self::InterviewReport => &INTERVIEW,
            Self::CoachingPlan => &PLAN,
            Self::FinalReport => &REPORT,
            Self::Register | Self::Attestation | Self::OtherOutput => &[],
        }
    }
}

/// What a part begins with, made from what is known already; empty where nothing is.
pub(super) fn beginning(part: &Part, kind: DocumentKind, facts: &ServiceFacts) -> String {
    let head = &facts.head;
    match (kind, part.name) {
        (DocumentKind::InterviewReport, "participants") => {
            format!("{}, titolare del voucher.\nIl referente aziendale di {}.\nIl coach.", head.person, head.employer)
        }
        (DocumentKind::CoachingPlan, "roles") => {
            format!("Persona: {}.\nAzienda: {}.\nCoach: {}.", head.person, head.employer, coaches(facts))
        }
        (DocumentKind::FinalReport, "activities") => activities(facts),
        _ => String::new(),
    }
}

/// What was delivered, an activity a line (R34).
fn activities(facts: &ServiceFacts) -> String {
    let line = |activity: &super::super::facts::ActivityFacts| {
        let count = u32::try_from(activity.rows.len()).unwrap_or(u32::MAX);
        let (first, last) = (activity.rows.first()?, activity.rows.last()?);
        let when = if first.on == last.on {
            format!("il {}", date_short(first.on))
        } else {
            format!("dal {} al {}", date_short(first.on), date_short(last.on))
        };
        let many = counted(count, "erogazione", "erogazioni");
        Some(format!("{}: {many}, {} di {} concordate, {when}.", activity.name, hours(activity.delivered()), hours(activity.agreed)))
    };
    facts.activities.iter().filter_map(line).collect::<Vec<_>>().join("\n")
}

fn coaches(facts: &ServiceFacts) -> String {
    let mut named: Vec<&str> = Vec::new();
    for row in facts.rows() {
        if !named.contains(&row.coach.as_str()) {
            named.push(&row.coach);
        }
    }
    named.join(", ")
}
