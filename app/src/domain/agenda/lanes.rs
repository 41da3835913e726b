//! Sessions of one column that overlap stand side by side: each gets a lane, and as many share the width as overlap.

use crate::domain::time::Span;

/// The place of a block within the width of its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lane {
    /// Which one, from 0.
    pub index: usize,
    /// How many there are beside each other.
    pub of: usize,
}

/// The lanes of some spans of one day, which come in order of their start.
pub(super) fn lanes(spans: &[Span]) -> Vec<Lane> {
    let mut lanes = vec![Lane { index: 0, of: 1 }; spans.len()];
    // The ends of the lanes of the group under way, and where the group began.
    let mut ends: Vec<Span> = Vec::new();
    let mut group = 0;
    for (at, span) in spans.iter().enumerate() {
        if !ends.iter().any(|last| last.to() > span.from()) {
            close(&mut lanes, group..at, ends.len());
            ends.clear();
            group = at;
        }
        let free = ends.iter().position(|last| last.to() <= span.from());
        let index = free.unwrap_or(ends.len());
        match free {
            Some(index) => ends[index] = *span,
            None => ends.push(*span),
        }
        lanes[at].index = index;
    }
    close(&mut lanes, group..spans.len(), ends.len());
    lanes
}

/// All of a group share the width.
fn close(lanes: &mut [Lane], group: std::ops::Range<usize>, of: usize) {
    for lane in &mut lanes[group] {
        lane.of = of;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(spans: &[(&str, &str)]) -> Vec<(usize, usize)> {
        let time = |text: &str| format!("{text}:00").parse().unwrap();
        let spans: Vec<_> =
            spans.iter().map(|(from, to)| Span::new("2026-11-24".parse().unwrap(), time(from), time(to)).unwrap()).collect();
        lanes(&spans).into_iter().map(|lane| (lane.index, lane.of)).collect()
    }

    #[test]
    fn what_does_not_overlap_has_the_whole_width() {
        assert_eq!(of(&[("09:00", "10:00"), ("10:00", "11:00"), ("15:00", "16:00")]), [(0, 1), (0, 1), (0, 1)]);
    }

    #[test]
    fn what_overlaps_shares_it_and_a_free_lane_is_taken_again() {
        assert_eq!(of(&[("09:00", "12:00"), ("09:30", "10:00"), ("10:00", "11:00"), ("12:00", "13:00")]), [(0, 2), (1, 2), (1, 2), (0, 1)]);
    }

    #[test]
    fn a_chain_of_overlaps_is_one_group() {
        assert_eq!(of(&[("09:00", "11:00"), ("10:00", "12:00"), ("11:30", "13:00")]), [(0, 2), (1, 2), (0, 2)]);
    }
}
