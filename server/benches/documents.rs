//! How long a register of 60 rows takes once the program is warm, and whether memory stays flat over a thousand of them.

#[path = "../tests/it/documents/samples.rs"]
#[expect(dead_code, reason = "the tests need more samples than the measurement")]
mod samples;

use std::{error::Error, fs, time::Instant};

use app::domain::document::paper::{Block, Cell, Paper};
use server::documents::render;

/// Renders of which the time is taken.
const TIMED: usize = 50;

fn main() -> Result<(), Box<dyn Error>> {
    let before = resident()?;
    let started = Instant::now();
    render(&issued(1), &[])?;
    let cold = started.elapsed().as_secs_f64() * 1_000.0;

    let mut taken = Vec::with_capacity(TIMED);
    let mut memory = Vec::new();
    for count in 2..=1_000 {
        let paper = issued(count);
        let started = Instant::now();
        render(&paper, &[])?;
        if taken.len() < TIMED {
            taken.push(started.elapsed().as_secs_f64() * 1_000.0);
        }
        if [10, 100, 1_000].contains(&count) {
            memory.push(format!("{} MB after {count}", resident()?));
        }
    }
    taken.sort_by(f64::total_cmp);
    let at = |share: usize| taken.get((taken.len() - 1) * share / 100).copied().unwrap_or_default();
    println!("register of 60 rows, first render: {cold:.0} ms");
    println!(
        "register of 60 rows, warm, {TIMED} renders: min {:.1} ms, median {:.1} ms, max {:.1} ms (target: under 100 ms)",
        at(0),
        at(50),
        at(100)
    );
    println!("resident memory: {before} MB before, {}", memory.join(", "));
    Ok(())
}

/// A register of which no row, no head and no number is that of another, as in life: little can come from a cache.
fn issued(number: usize) -> Paper {
    let mut paper = samples::register(60, &format!("Ada D'Agostìn {number}"));
    (paper.draft, paper.footer) = (false, samples::issued());
    paper.footer.number = Some(format!("{number}/2026"));
    for block in paper.sections.iter_mut().flat_map(|section| &mut section.blocks) {
        let Block::Table(table) = block else { continue };
        for cell in table.rows.iter_mut().flatten() {
            if let Cell::Text(text) = cell {
                *text = format!("{text} {number}");
            }
        }
    }
    paper
}

/// Resident memory of this process, in MB (Linux).
fn resident() -> Result<u64, Box<dyn Error>> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS in /proc/self/status")?;
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kilobytes / 1_024)
}
