//! The kinds of documents, and which of them the catalogue asks of an activity (R31 to R35).

use serde::{Deserialize, Serialize};

use crate::domain::words::words;

words! {
    /// What a document is.
    pub enum DocumentKind else "not a kind of document" {
        /// One row for each delivered session, with boxes for the signatures (R31).
        Register = "register", "Registro attività";
        /// The same facts without the boxes, with the day of issue.
        Attestation = "attestation", "Attestazione del servizio erogato";
        /// An output of the exploratory interviews (R33).
        InterviewReport = "interview_report", "Relazione del colloquio esplorativo";
        /// An output of the activity of that name (R33).
        CoachingPlan = "coaching_plan", "Piano di coaching";
        /// Any other output of an activity (R33).
        OtherOutput = "other_output", "Altro output";
        /// How the service went, for the employment centre (R34, R35).
        FinalReport = "final_report", "Relazione finale sugli esiti";
    }
}

impl DocumentKind {
    /// The outputs of activities: what may be uploaded, and must carry the references of R33.
    pub const OUTPUTS: [Self; 3] = [Self::InterviewReport, Self::CoachingPlan, Self::OtherOutput];
    /// What is written here, from a template of parts.
    pub const WRITTEN: [Self; 3] = [Self::InterviewReport, Self::CoachingPlan, Self::FinalReport];

    /// Whether it is an output of an activity.
    pub fn is_output(self) -> bool {
        Self::OUTPUTS.contains(&self)
    }

    /// Whether it is written here, part by part.
    pub fn is_written(self) -> bool {
        Self::WRITTEN.contains(&self)
    }

    /// Whether a new issue takes the place of the one before: of a dossier there is one register, one attestation and one plan, while there
    /// are as many interviews as there were; a report that was delivered is locked (R34).
    pub fn replaces(self) -> bool {
        matches!(self, Self::Register | Self::Attestation | Self::CoachingPlan)
    }

    /// What is done with it when it is ready: the report is delivered to the employment centre (R34), all others are issued.
    pub fn issuing(self) -> &'static str {
        match self {
            Self::FinalReport => "Consegna al CPI",
            _ => "Emetti",
        }
    }

    /// The name of its file: no person's name is in it.
    pub fn file_stem(self) -> &'static str {
        match self {
            Self::Register => "registro-attivita",
            Self::Attestation => "attestazione",
            Self::InterviewReport => "relazione-colloquio",
            Self::CoachingPlan => "piano-di-coaching",
            Self::OtherOutput => "output",
            Self::FinalReport => "relazione-finale",
        }
    }
}

/// Some kinds of documents, each once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<DocumentKind>", into = "Vec<DocumentKind>")]
pub struct KindSet(u8);

impl KindSet {
    /// Those of it, in the order of declaration.
    pub fn iter(self) -> impl Iterator<Item = DocumentKind> {
        DocumentKind::ALL.into_iter().filter(move |kind| self.contains(*kind))
    }

    /// Whether a kind is one of them.
    pub fn contains(self, kind: DocumentKind) -> bool {
        self.0 & (1 << kind as u8) != 0
    }

    /// Both together.
    #[must_use]
    pub fn with(self, more: Self) -> Self {
        Self(self.0 | more.0)
    }

    /// These but not those.
    #[must_use]
    pub fn without(self, less: Self) -> Self {
        Self(self.0 & !less.0)
    }

    /// The words of the database: `coaching_plan interview_report`.
    pub fn words(self) -> String {
        self.iter().map(DocumentKind::as_str).collect::<Vec<_>>().join(" ")
    }
}

impl std::str::FromStr for KindSet {
    type Err = &'static str;

    fn from_str(words: &str) -> Result<Self, Self::Err> {
        words.split_whitespace().map(str::parse).collect()
    }
}

impl FromIterator<DocumentKind> for KindSet {
    fn from_iter<T: IntoIterator<Item = DocumentKind>>(kinds: T) -> Self {
        Self(kinds.into_iter().fold(0, |set, kind| set | 1 << kind as u8))
    }
}

impl From<Vec<DocumentKind>> for KindSet {
    fn from(kinds: Vec<DocumentKind>) -> Self {
        kinds.into_iter().collect()
    }
}

impl From<KindSet> for Vec<DocumentKind> {
    fn from(set: KindSet) -> Self {
        set.iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_of_kinds_is_written_and_read_as_words_and_holds_each_once() {
        let set: KindSet = [DocumentKind::CoachingPlan, DocumentKind::InterviewReport, DocumentKind::CoachingPlan].into_iter().collect();
        assert_eq!(set.words(), "interview_report coaching_plan");
        assert_eq!(set.words().parse(), Ok(set));
        assert_eq!(serde_json::to_string(&set).unwrap(), r#"["interview_report","coaching_plan"]"#);
        assert_eq!(serde_json::from_str::<KindSet>(r#"["coaching_plan","interview_report"]"#).unwrap(), set);
        let plan: KindSet = [DocumentKind::CoachingPlan].into_iter().collect();
        assert!(set.without(plan).iter().eq([DocumentKind::InterviewReport]) && plan.with(set) == set);
        assert!("x".parse::<KindSet>().is_err() && "".parse() == Ok(KindSet::default()));
    }

    #[test]
    fn every_kind_is_made_from_sessions_written_here_or_uploaded() {
        for kind in DocumentKind::ALL {
            let from_sessions = matches!(kind, DocumentKind::Register | DocumentKind::Attestation);
            assert!(from_sessions != (kind.is_output() || kind.is_written()), "{kind:?}");
            assert!(kind.file_stem().is_ascii());
        }
    }
}
