//! How long a register of 60 rows takes once the program is warm, and whether memory stays flat over a thousand of them.

#[path = "../tests/it/documents/samples.rs"]
#[expect(dead_code, reason = "the tests need more samples than the measurement")]
mod samples;

use std::{error::Error, fs, time::Instant};

use server::documents::render;

/// Renders of which the time is taken.
const TIMED: usize = 50;

fn main() -> Result<(), Box<dyn Error>> {
    let mut paper = samples::register(60, "Ada D'Agostìn");
    (paper.draft, paper.footer) = (false, samples::issued());
    let before = resident()?;
    let started = Instant::now();
    render(&paper, &[])?;
    let cold = started.elapsed().as_secs_f64() * 1_000.0;

    let mut taken = Vec::with_capacity(TIMED);
    let mut memory = Vec::new();
    for count in 2..=1_000 {
        // Another paper each time, as in life: nothing can come from a cache.
        paper.footer.number = Some(format!("{count}/2026"));
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

/// Resident memory of this process, in MB (Linux).
fn resident() -> Result<u64, Box<dyn Error>> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS in /proc/self/status")?;
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kilobytes / 1_024)
}
