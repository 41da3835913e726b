//! Search texts as conditions that mean the same on both databases, whatever was typed.

/// A `like` pattern for texts that hold `part`; goes with `escape '\'`.
pub(super) fn containing(part: &str) -> String {
    format!("%{}%", escaped(part))
}

/// A `like` pattern for texts that begin with `start`; goes with `escape '\'`.
pub(super) fn beginning(start: &str) -> String {
    format!("{}%", escaped(start))
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '\\' | '%' | '_') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

/// The first text after all that begin with `start`, so that `start <= x < end` is served by an index; `None` when there is no such text.
/// The order of UTF-8 bytes, which both databases compare by, is that of the characters.
pub(super) fn after_prefix(start: &str) -> Option<String> {
    let mut end = start.to_owned();
    while let Some(last) = end.pop() {
        // The range of characters knows that surrogates are none.
        if let Some(next) = (last..=char::MAX).nth(1) {
            end.push(next);
            return Some(end);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_that_were_typed_stand_for_themselves() {
        assert_eq!(containing(r"50%_\"), r"%50\%\_\\%");
        assert_eq!(beginning("pd0"), "pd0%");
    }

    #[test]
    fn the_end_of_a_prefix_is_just_after_its_last_text() {
        assert_eq!(after_prefix("ros").as_deref(), Some("rot"));
        assert_eq!(after_prefix("è").as_deref(), Some("é"));
        assert_eq!(after_prefix("a\u{10ffff}").as_deref(), Some("b"));
        assert_eq!(after_prefix("\u{d7ff}").as_deref(), Some("\u{e000}"));
        assert_eq!((after_prefix(""), after_prefix("\u{10ffff}")), (None, None));
    }
}
