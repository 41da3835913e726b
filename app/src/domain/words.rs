//! Enums that are written as fixed words: the word for files, URLs and the database, and the words on screen, each said once.

/// Declares such an enum with `ALL`, `as_str`, `label`, `FromStr` and serde in the same words.
///
/// Each value reads `Name = "word", "Words on screen"`.
macro_rules! words {
    (
        $(#[$meta:meta])*
        pub enum $name:ident else $unknown:literal {
            $($(#[$doc:meta])* $value:ident = $word:literal, $label:literal;)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$doc])* #[serde(rename = $word)] $value,)*
        }

        impl $name {
            /// All values, in the order of declaration.
            pub const ALL: [Self; [$(stringify!($value)),*].len()] = [$(Self::$value),*];

            /// The word in files, URLs and the database.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$value => $word,)* }
            }

            /// The words on screen.
            pub fn label(self) -> &'static str {
                match self { $(Self::$value => $label,)* }
            }
        }

        impl std::str::FromStr for $name {
            type Err = &'static str;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($word => Ok(Self::$value),)*
                    _ => Err($unknown),
                }
            }
        }
    };
}
pub(crate) use words;
