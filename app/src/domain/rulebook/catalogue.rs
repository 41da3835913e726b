//! The five activities of an OPAL with their hours and rate: dated data, copied into a dossier at admission (R9, R11).

use serde::{Deserialize, Serialize};

use crate::domain::{
    document::{DocumentKind, KindSet},
    dossier::voucher::VoucherKind,
};

/// One of the five activities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActivityCode {
    /// Colloqui esplorativi.
    ExploratoryInterviews,
    /// Analisi del contesto e della mansione.
    ContextAnalysis,
    /// Piano di coaching.
    CoachingPlan,
    /// Allenamento e affiancamento.
    OnTheJobTraining,
    /// Monitoraggio e valutazione finale.
    FinalEvaluation,
}

impl ActivityCode {
    /// All five, in the order of the path.
    pub const ALL: [Self; 5] =
        [Self::ExploratoryInterviews, Self::ContextAnalysis, Self::CoachingPlan, Self::OnTheJobTraining, Self::FinalEvaluation];

    /// The word in URLs, files and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ExploratoryInterviews => "exploratory_interviews",
            Self::ContextAnalysis => "context_analysis",
            Self::CoachingPlan => "coaching_plan",
            Self::OnTheJobTraining => "on_the_job_training",
            Self::FinalEvaluation => "final_evaluation",
        }
    }
}

impl std::str::FromStr for ActivityCode {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|code| code.as_str() == text).ok_or("not one of the five activities")
    }
}

/// Agreed minutes for the two sizes of the voucher.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// Voucher base.
    pub base: u32,
    /// Voucher rinforzato.
    pub enhanced: u32,
}

impl Hours {
    /// The minutes for that kind of voucher.
    pub fn of(self, kind: VoucherKind) -> u32 {
        match kind {
            VoucherKind::Base => self.base,
            VoucherKind::Enhanced => self.enhanced,
        }
    }
}

/// One line of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogueActivity {
    /// Which activity.
    pub code: ActivityCode,
    /// Its name on screen.
    pub name: String,
    /// Agreed minutes.
    pub minutes: Hours,
    /// Whether it takes place at the employer's, so that the place belongs in the note (R15).
    pub at_employer: bool,
    /// Whether name and hours are our assumption and not an official text (S1, S2).
    pub assumption: bool,
    /// The outputs that the activity owes (R33); versions published before there were documents ask for none.
    #[serde(default)]
    pub outputs: KindSet,
}

impl CatalogueActivity {
    /// R11: only "allenamento e affiancamento" has other hours for the voucher "rinforzato".
    pub fn is_lawful(&self) -> bool {
        self.code == ActivityCode::OnTheJobTraining || self.minutes.base == self.minutes.enhanced
    }
}

/// The composition of an OPAL and the hourly rate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Catalogue {
    /// The five activities in order (R1).
    pub activities: Vec<CatalogueActivity>,
    /// Cents an hour; a placeholder for demonstration (S3), never an official rate.
    pub rate_cents: i64,
}

impl Catalogue {
    /// Minutes of the whole OPAL.
    pub fn total_minutes(&self, kind: VoucherKind) -> u32 {
        self.activities.iter().map(|activity| activity.minutes.of(kind)).sum()
    }

    /// R1 and R11: exactly the five activities, and only "allenamento e affiancamento" differs between the two vouchers.
    pub fn is_lawful(&self) -> bool {
        self.activities.iter().map(|activity| activity.code).eq(ActivityCode::ALL)
            && self.activities.iter().all(CatalogueActivity::is_lawful)
    }

    /// 44 and 52 hours are the manual's; the other names, hours and the rate are assumptions S1 to S3.
    pub(super) fn builtin() -> Self {
        let line = |code, name: &str, base: u32, enhanced: u32, at_employer, assumption| CatalogueActivity {
            code,
            name: name.to_owned(),
            minutes: Hours { base: base * 60, enhanced: enhanced * 60 },
            at_employer,
            assumption,
            // The manual's examples: "piano di coaching, relazioni dei colloqui esplorativi".
            outputs: match code {
                ActivityCode::ExploratoryInterviews => [DocumentKind::InterviewReport].into_iter().collect(),
                ActivityCode::CoachingPlan => [DocumentKind::CoachingPlan].into_iter().collect(),
                _ => KindSet::default(),
            },
        };
        Self {
            activities: vec![
                line(ActivityCode::ExploratoryInterviews, "Colloqui esplorativi", 4, 4, false, true),
                line(ActivityCode::ContextAnalysis, "Analisi del contesto e della mansione", 4, 4, false, true),
                line(ActivityCode::CoachingPlan, "Piano di coaching", 4, 4, false, true),
                line(ActivityCode::OnTheJobTraining, "Allenamento e affiancamento", 44, 52, true, false),
                line(ActivityCode::FinalEvaluation, "Monitoraggio e valutazione finale", 4, 4, false, true),
            ],
            rate_cents: 40_00,
        }
    }
}
