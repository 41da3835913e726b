//! The fonts inside the program. Nothing is looked up on the machine: paper looks the same wherever it is made.

use std::sync::LazyLock;

use typst::{
    foundations::Bytes,
    layout::{Abs, Em},
    text::{Font, FontInstance, FontVariations},
};

/// Titillium Web as the screens have it; Noto Sans for the letters of names that it lacks (Vietnamese, Greek, Cyrillic) and for signs.
static FILES: [&[u8]; 3] = [
    include_bytes!("fonts/TitilliumWeb-Regular.ttf"),
    include_bytes!("fonts/TitilliumWeb-SemiBold.ttf"),
    include_bytes!("fonts/NotoSans-Regular.ttf"),
];

/// In the order in which they are asked for a letter.
pub static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| FILES.iter().flat_map(|file| Font::iter(Bytes::new(*file))).collect());

/// Whether a font has this letter: PDF/A refuses a page with one that none has.
pub fn have(letter: char) -> bool {
    FONTS.iter().any(|font| font.info().coverage.contains(letter.into()))
}

/// The bold, in which a word is widest, and the font for other letters.
static MEASURED: LazyLock<Vec<FontInstance>> = LazyLock::new(|| {
    let plain = |font: &Font| font.clone().instantiate(font.info().variant, Abs::pt(10.0), &FontVariations::default());
    FONTS.iter().skip(1).map(plain).collect()
});

/// How wide a letter is set at most, in units of the font size.
pub fn width(letter: char) -> f64 {
    let advance = |font: &FontInstance| font.x_advance(font.ttf().glyph_index(letter)?.0);
    MEASURED.iter().find_map(advance).map_or(1.0, Em::get)
}
