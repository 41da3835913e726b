//! Italian words for dates, times, lengths and money, and the folding that sorts and finds names. The same on both sides.

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};

/// A space that does not break the line.
const NO_BREAK: char = '\u{a0}';

/// `mar 24 nov 2026`.
pub fn date_long(on: NaiveDate) -> String {
    let weekday: String = weekday_full(on).chars().take(3).collect();
    let month: String = month_full(on).chars().take(3).collect();
    format!("{weekday} {} {month} {}", on.day(), on.year())
}

/// `24/11/2026`.
pub fn date_short(on: NaiveDate) -> String {
    format!("{:02}/{:02}/{:04}", on.day(), on.month(), on.year())
}

/// `martedì`.
pub fn weekday_full(on: NaiveDate) -> &'static str {
    match on.weekday() {
        Weekday::Mon => "lunedì",
        Weekday::Tue => "martedì",
        Weekday::Wed => "mercoledì",
        Weekday::Thu => "giovedì",
        Weekday::Fri => "venerdì",
        Weekday::Sat => "sabato",
        Weekday::Sun => "domenica",
    }
}

/// `novembre`.
pub fn month_full(on: NaiveDate) -> &'static str {
    match on.month() {
        1 => "gennaio",
        2 => "febbraio",
        3 => "marzo",
        4 => "aprile",
        5 => "maggio",
        6 => "giugno",
        7 => "luglio",
        8 => "agosto",
        9 => "settembre",
        10 => "ottobre",
        11 => "novembre",
        _ => "dicembre",
    }
}

/// `09:00`.
pub fn time_hm(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// A length in minutes: `3 h 30 min`, `44 h`, `30 min`, `0 h`.
pub fn hours(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (hours, 0) => format!("{hours} h"),
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// Cents as `1.760,00 €`; the sign of the euro never stands alone on a line.
pub fn money(cents: i64) -> String {
    let euros = (cents.unsigned_abs() / 100).to_string();
    let mut grouped = String::with_capacity(euros.len() + 8);
    for (at, digit) in euros.chars().enumerate() {
        if at > 0 && (euros.len() - at).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{grouped},{:02}{NO_BREAK}€", cents.unsigned_abs() % 100)
}

/// A number of things: `1 erogazione`, `3 erogazioni`.
pub fn counted(count: u32, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// A number of days: `1 giorno`, `7 giorni`.
pub fn days(count: u32) -> String {
    counted(count, "giorno", "giorni")
}

/// Days left to decide (R7): `7 giorni`, `1 giorno`, `ultimo giorno`.
pub fn days_left(days: i64) -> String {
    match days {
        ..=-1 => "termine scaduto".to_owned(),
        0 => "ultimo giorno".to_owned(),
        1 => "1 giorno".to_owned(),
        _ => format!("{days} giorni"),
    }
}

/// `A. R.`: whom it is about, for eyes that know it already.
pub fn initials(first: &str, last: &str) -> String {
    let letters = [first, last].into_iter().filter_map(|name| name.trim().chars().next());
    letters.map(|letter| format!("{}.", letter.to_uppercase())).collect::<Vec<_>>().join(" ")
}

/// A name as it is sorted and searched, so that `D'ÈSTE`, `D’Este` and `d este` meet: lower-case, without accents, apostrophes, hyphens and spaces.
pub fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for letter in name.chars().flat_map(char::to_lowercase).filter(|letter| !is_dropped(*letter)) {
        match FOLDED.iter().find(|(_, letters)| letters.contains(letter)) {
            Some((plain, _)) => folded.push_str(plain),
            None => folded.push(letter),
        }
    }
    folded
}

/// Lower-case Latin letters with the plain ones they sort under.
const FOLDED: [(&str, &str); 28] = [
    ("a", "àáâãäåāăą"),
    ("ae", "æ"),
    ("c", "çćĉċč"),
    ("d", "ďđð"),
    ("e", "èéêëēĕėęě"),
    ("g", "ĝğġģ"),
    ("h", "ĥħ"),
    ("i", "ìíîïĩīĭįı"),
    ("ij", "ĳ"),
    ("j", "ĵ"),
    ("k", "ķĸ"),
    ("l", "ĺļľŀł"),
    ("n", "ñńņňŉŋ"),
    ("o", "òóôõöøōŏőơ"),
    ("oe", "œ"),
    ("r", "ŕŗř"),
    ("s", "śŝşšșſ"),
    ("ss", "ß"),
    ("t", "ţťŧț"),
    ("th", "þ"),
    ("u", "ùúûüũūŭůűųư"),
    ("w", "ŵẁẃẅ"),
    ("y", "ýÿŷ"),
    ("z", "źżž"),
    ("a", "ạảấầẩẫậắằẳẵặ"),
    ("e", "ẹẻẽếềểễệ"),
    ("o", "ọỏốồổỗộớờởỡợ"),
    ("u", "ụủứừửữự"),
];

/// What folding leaves out: spaces, apostrophes, hyphens and loose accents.
fn is_dropped(letter: char) -> bool {
    letter.is_whitespace() || "'’‘`´ʼʹ′-‐‑‒–".contains(letter) || ('\u{300}'..='\u{36f}').contains(&letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn dates_read_as_an_italian_writes_them() {
        assert_eq!(date_long(day("2026-11-24")), "mar 24 nov 2026");
        assert_eq!(date_long(day("2027-01-01")), "ven 1 gen 2027");
        assert_eq!(date_short(day("2026-03-04")), "04/03/2026");
        assert_eq!((weekday_full(day("2026-11-28")), month_full(day("2026-12-28"))), ("sabato", "dicembre"));
    }

    #[test]
    fn short_names_of_days_and_months_are_all_different() {
        let days: std::collections::BTreeSet<_> = day("2026-01-01").iter_days().take(365).map(date_long).collect();
        assert_eq!(days.len(), 365);
        let months: std::collections::BTreeSet<_> =
            (1..=12).filter_map(|month| NaiveDate::from_ymd_opt(2026, month, 1)).map(|on| month_full(on)[..3].to_owned()).collect();
        assert_eq!(months.len(), 12);
    }

    #[test]
    fn times_have_two_digits_for_the_hour() {
        assert_eq!(time_hm("09:00:00".parse().unwrap()), "09:00");
    }

    #[test]
    fn lengths_leave_out_the_part_that_is_nothing() {
        assert_eq!([210, 44 * 60, 30, 0, 75].map(hours), ["3 h 30 min", "44 h", "30 min", "0 h", "1 h 15 min"]);
    }

    #[test]
    fn money_has_points_between_thousands_and_two_decimals() {
        let shown = [176_000, 0, 5, 99_999, 100_000, 123_456_789, -4_050].map(|cents| money(cents).replace(NO_BREAK, "_"));
        assert_eq!(shown, ["1.760,00_€", "0,00_€", "0,05_€", "999,99_€", "1.000,00_€", "1.234.567,89_€", "-40,50_€"]);
        assert!(money(i64::MIN).starts_with("-92.233.720.368.547.758,08"));
    }

    #[test]
    fn r7_the_last_day_is_said_in_words() {
        assert_eq!([7, 1, 0, -1].map(days_left), ["7 giorni", "1 giorno", "ultimo giorno", "termine scaduto"]);
    }

    #[test]
    fn names_meet_however_they_are_written() {
        assert_eq!(fold("Zanòn"), "zanon");
        assert_eq!(fold("Zano\u{300}n"), "zanon");
        assert_eq!([fold("D'ESTE"), fold("D’Este"), fold("d este")], ["deste", "deste", "deste"]);
        assert_eq!(fold("Nibali-Cocci"), "nibalicocci");
        assert_eq!(fold("GROß Łukasz İpek ŒUVRE"), "grosslukaszipekoeuvre");
        assert_eq!(fold("NGUYỄN"), "nguyen");
    }

    #[test]
    fn folding_twice_changes_nothing_more() {
        let table: String = FOLDED.iter().flat_map(|(plain, letters)| [*plain, *letters]).collect();
        assert_eq!(fold(&fold(&table)), fold(&table));
        assert!(fold(&table).is_ascii());
        assert_eq!(fold(&table.to_uppercase()), fold(&table));
    }

    #[test]
    fn initials_are_capitals_and_bear_missing_names() {
        assert_eq!(initials("Anna", "Rossi"), "A. R.");
        assert_eq!(initials(" élise", "d'Este"), "É. D.");
        assert_eq!(initials("", "Rossi"), "R.");
    }
}
