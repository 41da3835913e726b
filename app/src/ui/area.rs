//! The areas of the back office: each is a program of its own for browsers, so that nobody downloads pages that their work does not lead to. The server
//! has all of them.

/// The first segments of the addresses of [`Area::Entrance`].
const ENTRANCE: [&str; 2] = ["accedi", "verifica"];
/// The first segments of the addresses of [`Area::Administration`].
const ADMINISTRATION: [&str; 3] = ["amministrazione", "regole", "rifiuti"];

/// A part of the back office. Going from one to another loads a new page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// Signing in, and what is open to anybody.
    Entrance,
    /// Requests, dossiers, sessions, agenda: the work of the day.
    Office,
    /// The rulebook, the providers, and how they use their duty.
    Administration,
}

impl Area {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Entrance, Self::Office, Self::Administration];

    /// The area of an address; what leads nowhere is the office's.
    pub fn of(path: &str) -> Self {
        let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
        match first {
            first if ENTRANCE.contains(&first) => Self::Entrance,
            first if ADMINISTRATION.contains(&first) => Self::Administration,
            _ => Self::Office,
        }
    }

    /// The name of its program's files.
    pub const fn program(self) -> &'static str {
        match self {
            Self::Entrance => "entrance",
            Self::Office => "office",
            Self::Administration => "administration",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Area;

    #[test]
    fn an_address_belongs_to_the_area_that_its_first_word_says() {
        for path in ["/regole", "/regole/nuova", "/rifiuti", "/amministrazione/enti/1"] {
            assert_eq!(Area::of(path), Area::Administration, "{path}");
        }
        for path in ["/accedi", "/verifica", "/verifica/7K3M9QWZ4T0XBC2D"] {
            assert_eq!(Area::of(path), Area::Entrance, "{path}");
        }
        for path in ["", "/", "/accedirò", "/regolette", "/dossier/regole", "//", "/non-esiste"] {
            assert_eq!(Area::of(path), Area::Office, "{path}");
        }
    }
}
