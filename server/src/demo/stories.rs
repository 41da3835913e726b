//! What happened in the demonstration: which requests were decided how, and what became of their sessions. Days are working days before and
//! after today; times are chosen so that neither a person nor a coach is in two places at once.

use app::domain::{
    dossier::JobOutcome,
    request::RefusalCategory,
    rulebook::ActivityCode::{self, CoachingPlan, ContextAnalysis, ExploratoryInterviews, FinalEvaluation, OnTheJobTraining},
};

/// What became of one request of the provider E001.
pub struct Story {
    /// Its OPAL code in the fixture.
    pub opal_code: &'static str,
    /// The site it is addressed to.
    pub site: &'static str,
    /// Days between notification and decision.
    pub decided_after: i32,
    /// The decision and what followed.
    pub outcome: Outcome,
}

/// A decision.
pub enum Outcome {
    /// Ammissione al servizio, and then the work.
    Admitted {
        /// The voucher's last day, in days from today, where it is another than the fixture's.
        valid_to: Option<i32>,
        /// The sessions.
        plans: &'static [Plan],
        /// The activities that were closed, each in the evening of that working day.
        closed: &'static [(ActivityCode, i32)],
        /// What changed on the way, each in the afternoon of that working day.
        turns: &'static [(Turn, i32)],
    },
    /// Rifiuta la richiesta.
    Refused(RefusalCategory, &'static str),
    /// Ritirata dal CPI.
    Withdrawn,
    /// Cancellata: nobody decided in time.
    Lapsed,
}

/// A change of the whole dossier.
pub enum Turn {
    /// The person works for another employer: its name, VAT number, town and contact.
    Employer([&'static str; 4]),
    /// The service ended early (S18).
    Interrupted(JobOutcome, &'static str),
}

/// A session and how far it gets.
pub struct Plan {
    /// The activity.
    pub activity: ActivityCode,
    /// Which coach of the site, by order of `people.rs`.
    pub coach: usize,
    /// The working day, 0 is today.
    pub day: i32,
    /// First hour.
    pub from: u32,
    /// Last hour.
    pub to: u32,
    /// How far it gets.
    pub fate: Fate,
}

/// How far a session gets by today.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Stays *inserita*.
    Entered,
    /// Stays *programmata*.
    Scheduled,
    /// Stays *avviata*.
    Started,
    /// *Erogata* in time.
    Delivered,
    /// *Erogata*, but written down only a working day later (R24).
    DeliveredLate,
    /// *Erogata* in the place of the session before it (R22).
    DeliveredInstead,
    /// *Annullata*.
    Cancelled,
    /// *Chiusa negativamente*.
    NotDelivered,
}

use Fate::{Cancelled, Delivered, DeliveredInstead, DeliveredLate, Entered, NotDelivered, Scheduled, Started};

const fn plan(activity: ActivityCode, coach: usize, day: i32, from: u32, to: u32, fate: Fate) -> Plan {
    Plan { activity, coach, day, from, to, fate }
}

/// Where the operator and the coach of the demonstration work.
const PADOVA: &str = "E001-PD";
/// The provider's other site.
const VENEZIA: &str = "E001-VE";

const fn admitted(opal_code: &'static str, site: &'static str, plans: &'static [Plan], closed: &'static [(ActivityCode, i32)]) -> Story {
    Story { opal_code, site, decided_after: 1, outcome: Outcome::Admitted { valid_to: None, plans, closed, turns: &[] } }
}

const fn ending(opal_code: &'static str, site: &'static str, valid_to: i32, plans: &'static [Plan]) -> Story {
    Story { opal_code, site, decided_after: 1, outcome: Outcome::Admitted { valid_to: Some(valid_to), plans, closed: &[], turns: &[] } }
}

const fn turning(opal_code: &'static str, site: &'static str, plans: &'static [Plan], turns: &'static [(Turn, i32)]) -> Story {
    Story { opal_code, site, decided_after: 1, outcome: Outcome::Admitted { valid_to: None, plans, closed: &[], turns } }
}

/// All of them; what is not here waits for a decision or lapses.
pub const STORIES: &[Story] = &[
    // All five activities Terminata.
    admitted(
        "JC-2026-110295",
        PADOVA,
        &[
            plan(ExploratoryInterviews, 1, -18, 9, 11, Delivered),
            plan(ExploratoryInterviews, 1, -17, 9, 11, Delivered),
            plan(ContextAnalysis, 1, -16, 9, 13, Delivered),
            plan(CoachingPlan, 1, -15, 9, 13, Delivered),
            plan(OnTheJobTraining, 1, -14, 9, 13, Delivered),
            plan(OnTheJobTraining, 1, -13, 9, 13, Delivered),
            plan(OnTheJobTraining, 1, -12, 9, 13, Delivered),
            plan(OnTheJobTraining, 1, -11, 9, 13, Delivered),
            plan(OnTheJobTraining, 1, -10, 9, 13, Delivered),
            plan(OnTheJobTraining, 1, -9, 9, 13, Delivered),
            plan(OnTheJobTraining, 1, -8, 9, 13, Delivered),
            plan(FinalEvaluation, 1, -7, 9, 12, Delivered),
        ],
        &[(ExploratoryInterviews, -17), (ContextAnalysis, -16), (CoachingPlan, -15), (OnTheJobTraining, -8), (FinalEvaluation, -7)],
    ),
    // One hour of training left, and two hours entered that can't be scheduled any more.
    admitted(
        "JC-2026-110187",
        PADOVA,
        &[
            plan(ExploratoryInterviews, 2, -18, 8, 12, Delivered),
            plan(ContextAnalysis, 2, -17, 8, 12, Delivered),
            plan(CoachingPlan, 2, -16, 8, 12, Delivered),
            plan(OnTheJobTraining, 2, -13, 8, 12, Delivered),
            plan(OnTheJobTraining, 2, -12, 8, 12, Delivered),
            plan(OnTheJobTraining, 2, -11, 8, 12, Delivered),
            plan(OnTheJobTraining, 2, -10, 8, 12, Delivered),
            plan(OnTheJobTraining, 2, -9, 8, 12, Delivered),
            plan(OnTheJobTraining, 2, -8, 8, 12, Delivered),
            plan(OnTheJobTraining, 2, -7, 8, 12, Delivered),
            plan(OnTheJobTraining, 2, -6, 8, 12, Delivered),
            plan(OnTheJobTraining, 2, -5, 8, 12, Delivered),
            plan(OnTheJobTraining, 2, -4, 8, 12, Delivered),
            plan(OnTheJobTraining, 2, -2, 8, 10, Cancelled),
            plan(OnTheJobTraining, 2, 1, 9, 12, Scheduled),
            plan(OnTheJobTraining, 2, 2, 9, 11, Entered),
        ],
        &[(ExploratoryInterviews, -18), (ContextAnalysis, -17)],
    ),
    // The day of the coach who signs in.
    admitted(
        "JC-2026-110188",
        PADOVA,
        &[
            plan(ExploratoryInterviews, 0, -7, 9, 11, Delivered),
            plan(ExploratoryInterviews, 0, -6, 9, 11, NotDelivered),
            plan(ExploratoryInterviews, 0, -5, 9, 11, DeliveredInstead),
            plan(ContextAnalysis, 0, -4, 9, 12, Delivered),
            plan(CoachingPlan, 0, -3, 9, 11, Cancelled),
            plan(CoachingPlan, 0, -2, 9, 11, Delivered),
            plan(OnTheJobTraining, 0, -1, 9, 12, Delivered),
            plan(OnTheJobTraining, 0, 0, 8, 9, Started),
            plan(OnTheJobTraining, 0, 0, 9, 12, Scheduled),
            plan(OnTheJobTraining, 0, 1, 9, 12, Scheduled),
            plan(OnTheJobTraining, 0, 2, 9, 12, Entered),
            plan(OnTheJobTraining, 0, 3, 9, 12, Entered),
        ],
        &[(ExploratoryInterviews, -5)],
    ),
    // Late ones, some of which can still be put right.
    admitted(
        "JC-2026-110252",
        PADOVA,
        &[
            plan(CoachingPlan, 1, -7, 14, 16, Scheduled),
            plan(ExploratoryInterviews, 1, -6, 14, 16, DeliveredLate),
            plan(OnTheJobTraining, 1, -3, 14, 16, Entered),
            plan(ContextAnalysis, 0, -2, 14, 16, Scheduled),
            plan(ContextAnalysis, 0, -1, 14, 16, Started),
            plan(FinalEvaluation, 1, 4, 14, 16, Entered),
        ],
        &[],
    ),
    // The voucher ends soon.
    ending(
        "JC-2026-110104",
        PADOVA,
        9,
        &[
            plan(ExploratoryInterviews, 3, -6, 9, 13, Delivered),
            plan(ContextAnalysis, 3, -5, 9, 13, Delivered),
            plan(OnTheJobTraining, 3, -3, 9, 13, Delivered),
            plan(OnTheJobTraining, 3, -2, 9, 13, Delivered),
            plan(OnTheJobTraining, 3, 0, 9, 13, Scheduled),
            plan(OnTheJobTraining, 3, 2, 9, 13, Scheduled),
            plan(OnTheJobTraining, 3, 5, 9, 13, Entered),
        ],
    ),
    // The voucher has ended: nothing more can be planned.
    ending(
        "JC-2026-110288",
        PADOVA,
        -2,
        &[
            plan(ExploratoryInterviews, 3, -7, 14, 17, Delivered),
            plan(ContextAnalysis, 3, -6, 14, 17, Delivered),
            plan(OnTheJobTraining, 3, -5, 14, 18, Delivered),
        ],
    ),
    // Just begun: everything still inserita.
    admitted(
        "JC-2026-110125",
        PADOVA,
        &[plan(ExploratoryInterviews, 2, 1, 14, 16, Entered), plan(ContextAnalysis, 2, 2, 14, 18, Entered)],
        &[],
    ),
    // Admitted, not begun.
    admitted("JC-2026-110042", PADOVA, &[], &[]),
    // The same provider's other site.
    admitted(
        "JC-2026-110211",
        VENEZIA,
        &[
            plan(ExploratoryInterviews, 0, -15, 9, 13, Delivered),
            plan(ContextAnalysis, 0, -14, 9, 13, Delivered),
            plan(CoachingPlan, 0, -12, 9, 12, Delivered),
            plan(OnTheJobTraining, 0, -8, 14, 18, Delivered),
            plan(OnTheJobTraining, 0, -7, 14, 18, Delivered),
            plan(OnTheJobTraining, 0, -4, 14, 18, NotDelivered),
            plan(OnTheJobTraining, 0, -3, 14, 18, DeliveredInstead),
            plan(OnTheJobTraining, 0, 0, 14, 18, Scheduled),
        ],
        &[(ExploratoryInterviews, -15), (ContextAnalysis, -14)],
    ),
    // Another employer on the way, then the job ended.
    turning(
        "JC-2026-110103",
        VENEZIA,
        &[
            plan(ExploratoryInterviews, 1, -5, 9, 12, Delivered),
            plan(ContextAnalysis, 1, -3, 9, 12, Delivered),
            plan(ContextAnalysis, 1, 1, 9, 10, Scheduled),
            plan(CoachingPlan, 1, 2, 9, 11, Entered),
        ],
        &[
            (Turn::Employer(["Cantine del Sile S.r.l.", "00743110157", "Mestre", "Sig. Aldo Pavan"]), -4),
            (Turn::Interrupted(JobOutcome::Resigned, "Ha accettato un lavoro più vicino a casa."), -1),
        ],
    ),
    Story {
        opal_code: "JC-2026-110089",
        site: VENEZIA,
        decided_after: 3,
        outcome: Outcome::Refused(
            RefusalCategory::Mismatch,
            "Il settore dell'azienda richiede una specializzazione che i nostri coach oggi non hanno.",
        ),
    },
    Story {
        opal_code: "JC-2026-110108",
        site: PADOVA,
        decided_after: 6,
        outcome: Outcome::Refused(
            RefusalCategory::Other,
            "La sede chiude per lavori di ristrutturazione fino alla fine del prossimo trimestre.",
        ),
    },
    Story { opal_code: "JC-2026-110056", site: VENEZIA, decided_after: 5, outcome: Outcome::Withdrawn },
    Story { opal_code: "JC-2026-110033", site: PADOVA, decided_after: 2, outcome: Outcome::Withdrawn },
    Story { opal_code: "JC-2026-110095", site: PADOVA, decided_after: 7, outcome: Outcome::Lapsed },
];

/// What is written into the register of a delivered session.
pub fn description(activity: ActivityCode) -> &'static str {
    match activity {
        ExploratoryInterviews => "Colloquio con il lavoratore e con il referente aziendale sulle attese reciproche.",
        ContextAnalysis => "Osservazione del reparto e delle fasi di lavoro; rilevati i passaggi da semplificare.",
        CoachingPlan => "Condivisi con l'azienda obiettivi, tempi e modalità dell'affiancamento.",
        OnTheJobTraining => "Affiancamento sulla postazione; esercitata la sequenza di lavoro con autonomia crescente.",
        FinalEvaluation => "Verifica degli obiettivi con il lavoratore e con il referente aziendale.",
    }
}

/// The place in the note of a session.
pub fn place(activity: ActivityCode) -> &'static str {
    match activity {
        OnTheJobTraining => "Presso l'azienda, reparto produzione",
        ContextAnalysis | CoachingPlan => "Presso l'azienda, ufficio del referente",
        ExploratoryInterviews | FinalEvaluation => "Presso la sede",
    }
}
