//! The same rules on both sides: judges generated cases and prints one digest of every verdict with its sentences. Compiled for this machine and for
//! wasm32; `make parity` runs both and compares. The WASM also searches for other times, so that `make bench-rules` can measure it there.

mod report;

/// `parity CASES SEED` prints a report as JSON.
#[cfg(not(target_family = "wasm"))]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut numbers = std::env::args().skip(1).map(|word| word.parse());
    let cases = numbers.next().ok_or("usage: parity CASES SEED")??;
    let seed = numbers.next().ok_or("usage: parity CASES SEED")??;
    println!("{}", report::Report::of(seed, cases).to_json());
    Ok(())
}

#[cfg(target_family = "wasm")]
fn main() {}

/// What the script in Node calls.
#[cfg(target_family = "wasm")]
mod exports {
    use app::domain::session::{Action, Proposal, Surroundings, generated::scenes, suggest};
    use wasm_bindgen::prelude::wasm_bindgen;

    /// A report as JSON.
    #[wasm_bindgen]
    pub fn judge(cases: u32, seed: u32) -> String {
        super::report::Report::of(seed, cases).to_json()
    }

    /// A search for another time, made ready so that the search alone is measured.
    #[wasm_bindgen]
    pub struct Search {
        proposal: Proposal,
        around: Surroundings,
    }

    #[wasm_bindgen]
    impl Search {
        /// In a normal week.
        pub fn normal_week() -> Self {
            Self::new(scenes::normal_week())
        }

        /// With nothing free.
        pub fn nothing_free() -> Self {
            Self::new(scenes::nothing_free())
        }

        fn new((proposal, around): (Proposal, Surroundings)) -> Self {
            Self { proposal, around }
        }

        /// Searches, and says how many times were found.
        pub fn run(&self) -> usize {
            suggest(Action::Enter, &self.proposal, &self.around).len()
        }
    }
}
