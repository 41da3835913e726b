//! Text made printable: nothing in it can stop the layout, leave its column or pretend to be something else.

use super::fonts;

/// Stands in for a letter that no font of ours has: `�`.
const UNKNOWN: char = '\u{fffd}';
/// An invisible place where a line may break.
const BREAK_HERE: char = '\u{200b}';

/// The text with letters that can be printed only. Line breaks stay; other control characters become spaces.
pub fn printable(text: &str) -> String {
    let mut printable = String::with_capacity(text.len());
    for letter in text.replace("\r\n", "\n").chars() {
        match letter {
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => printable.push('\n'),
            letter if letter.is_control() => printable.push(' '),
            letter if is_unseen(letter) => {}
            letter if is_private(letter) || !fonts::have(letter) => printable.push(UNKNOWN),
            letter => printable.push(letter),
        }
    }
    printable
}

/// [`printable`], and a word that is wider than `room` (in units of the font size) may break where a line would be full.
pub fn fitted(text: &str, room: f64) -> String {
    let text = printable(text);
    let mut fitted = String::with_capacity(text.len());
    // A line can also break after a hyphen.
    for word in text.split_inclusive(|letter: char| letter.is_whitespace() || letter == '-') {
        let mut filled = 0.0;
        for letter in word.chars() {
            let width = fonts::width(letter);
            if filled > 0.0 && filled + width > room && !letter.is_whitespace() {
                fitted.push(BREAK_HERE);
                filled = 0.0;
            }
            fitted.push(letter);
            filled += width;
        }
    }
    fitted
}

/// Letters that show nothing by themselves: marks of direction could make a page read otherwise than it was written.
fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Letters without a meaning of their own, which PDF/A-3a refuses.
fn is_private(letter: char) -> bool {
    matches!(letter, '\u{e000}'..='\u{f8ff}' | '\u{fff0}'..='\u{fffc}' | '\u{fffe}'..='\u{ffff}' | '\u{f0000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_europe_and_vietnam_are_printed_as_they_are() {
        for name in [
            "Niccolò D’Agostìn",
            "Łukasz Żółć",
            "Șerban Țuțea",
            "Nguyễn Thị Hạnh",
            "Đorđe",
            "Zano\u{300}n",
            "Παπαδόπουλος",
            "Ковальчук",
            "€ § « » – …",
        ] {
            assert_eq!(printable(name), name);
        }
    }

    #[test]
    fn what_cannot_be_printed_is_replaced_where_it_stands() {
        assert_eq!(printable("王 A\u{0}B\u{7}C\u{e001}\u{ffff}"), "� A B C��");
        assert!(fonts::have(UNKNOWN));
    }

    #[test]
    fn letters_that_turn_the_line_round_are_left_out() {
        assert_eq!(printable("10\u{202e}00 €\u{200b}\u{feff}"), "1000 €");
    }

    #[test]
    fn all_line_breaks_are_one() {
        assert_eq!(printable("a\r\nb\rc\u{2028}d\ne"), "a\nb\nc\nd\ne");
    }

    #[test]
    fn only_a_word_wider_than_its_room_may_break_and_only_where_the_line_is_full() {
        let split = fitted("breve WWWWWWWWWW-breve", 5.0);
        let parts: Vec<&str> = split.split(BREAK_HERE).collect();
        assert_eq!(parts.concat(), "breve WWWWWWWWWW-breve");
        assert_eq!(parts[0], "breve WWWWW");
        assert_eq!(fitted("iiiiiiiiii", 5.0), "iiiiiiiiii");
        assert_eq!(fitted("WW", 0.1), "W\u{200b}W");
    }
}
