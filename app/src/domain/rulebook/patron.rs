//! Patron saints: free days of a town by custom and agreement, not by law (L. 260/1949 names none), so a warning and editable data (R28, S20).

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::domain::text::fold;

/// The day of a town's patron saint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatronSaint {
    /// The town (comune), such as `Padova`.
    pub town: String,
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31.
    pub day: u32,
    /// Whose day it is, in Italian.
    pub name: String,
}

/// The seven provincial capitals of Veneto. Venezia keeps Saint Mark only: the Madonna della Salute (21 November) is a feast, not its patron's.
const CAPITALS: [(&str, u32, u32, &str); 7] = [
    ("Belluno", 11, 11, "San Martino"),
    ("Padova", 6, 13, "Sant'Antonio"),
    ("Rovigo", 11, 26, "San Bellino"),
    ("Treviso", 4, 27, "San Liberale"),
    ("Venezia", 4, 25, "San Marco"),
    ("Vicenza", 9, 8, "Madonna di Monte Berico"),
    ("Verona", 5, 21, "San Zeno"),
];

/// The patron saints the program comes with.
pub fn builtin() -> Vec<PatronSaint> {
    CAPITALS.into_iter().map(|(town, month, day, name)| PatronSaint { town: town.to_owned(), month, day, name: name.to_owned() }).collect()
}

/// The patron saint whose day it is in that town, however the town is written; a town that is not listed has none.
pub fn patron_of<'a>(patrons: &'a [PatronSaint], town: &str, on: NaiveDate) -> Option<&'a PatronSaint> {
    patrons.iter().find(|patron| (patron.month, patron.day) == (on.month(), on.day()) && fold(&patron.town) == fold(town))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(town: &str, on: &str) -> Option<String> {
        patron_of(&builtin(), town, on.parse().unwrap()).map(|patron| patron.name.clone())
    }

    #[test]
    fn r28_the_patron_of_a_town_is_found_however_the_town_is_written() {
        for town in ["Padova", "PADOVA", " pàdova "] {
            assert_eq!(name(town, "2027-06-13").as_deref(), Some("Sant'Antonio"), "{town}");
        }
        assert_eq!(name("Padova", "2027-06-14"), None);
    }

    #[test]
    fn r28_a_town_with_no_patron_listed_has_none_on_any_day() {
        for patron in builtin() {
            let on = NaiveDate::from_ymd_opt(2027, patron.month, patron.day).unwrap();
            assert_eq!(patron_of(&builtin(), "Abano Terme", on), None);
        }
    }

    #[test]
    fn r28_venezia_keeps_saint_mark_only_and_verona_its_civil_day() {
        assert_eq!(name("Venezia", "2027-04-25").as_deref(), Some("San Marco"));
        assert_eq!(name("Venezia", "2026-11-21"), None);
        assert_eq!((name("Verona", "2027-05-21").as_deref(), name("Verona", "2027-04-12")), (Some("San Zeno"), None));
    }

    #[test]
    fn patron_saints_travel_as_data_of_a_rulebook() {
        let json = serde_json::to_string(&builtin()).unwrap();
        assert_eq!(serde_json::from_str::<Vec<PatronSaint>>(&json).unwrap(), builtin());
    }
}
