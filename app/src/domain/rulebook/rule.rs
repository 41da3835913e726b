//! The rules R1 to R43 by their numbers, with the section of the manual each comes from.

use serde::{Deserialize, Serialize};

/// A rule of the service; ordered by number, as findings are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Rule(u8);

/// Names the rules that the code speaks of.
macro_rules! rules {
    ($($name:ident)*) => {
        #[expect(missing_docs, reason = "each rule is described in the rulebook under its number")]
        impl Rule {
            $(pub const $name: Self = Self(number(stringify!($name)));)*
        }
    };
}
rules!(R2 R4 R6 R7 R8 R10 R13 R15 R17 R18 R19 R20 R21 R22 R23 R24 R25 R26 R27 R28 R29 R30 R31 R36 R37 R38 R40 R41 R43);

/// Reads the number out of a name such as `R26`, at compile time.
const fn number(name: &str) -> u8 {
    let bytes = name.as_bytes();
    let mut value = 0;
    let mut at = 1;
    while at < bytes.len() {
        value = value * 10 + (bytes[at] - b'0');
        at += 1;
    }
    value
}

impl Rule {
    /// The section of the manual, or the act, that the rule rests on.
    pub fn source(self) -> &'static str {
        match self.0 {
            1 => "manuale 1",
            2..=8 => "manuale 2",
            9..=11 => "manuale 3",
            12..=19 => "manuale 3.1",
            20..=35 => "manuale 3.2",
            36 | 37 => "manuale 3.3",
            38 => "avviso di Veneto Lavoro dell'8 agosto 2023",
            39 | 40 => "avviso Job Coaching",
            _ => "regola del sistema",
        }
    }
}

impl std::fmt::Display for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "R{}", self.0)
    }
}

impl From<Rule> for String {
    fn from(rule: Rule) -> Self {
        rule.to_string()
    }
}

impl TryFrom<String> for Rule {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.strip_prefix('R').and_then(|n| n.parse().ok()) {
            Some(n @ 1..=43) => Ok(Self(n)),
            _ => Err("a rule is R1 to R43"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_written_as_the_manual_analysis_numbers_it() {
        assert_eq!(Rule::R26.to_string(), "R26");
        assert_eq!(Rule::try_from("R41".to_owned()), Ok(Rule::R41));
        assert!(Rule::try_from("R44".to_owned()).is_err());
    }
}
