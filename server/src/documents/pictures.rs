//! The QR and drawn signatures as SVG.

use std::fmt::Write;

use app::domain::document::paper::Drawing;
use qrcode::{EcLevel, QrCode, render::svg::Color};

use super::DocumentError;

/// Longest address of a QR, in bytes: more would need squares too small for a phone's camera and a poor printer.
const LONGEST: usize = 1_000;

/// The QR of an address, without the quiet zone, which the page leaves. A seventh of it may be unreadable.
pub fn qr(address: &str) -> Result<String, DocumentError> {
    let too_long = DocumentError::Address { bytes: address.len() };
    if address.len() > LONGEST {
        return Err(too_long);
    }
    let code = QrCode::with_error_correction_level(address, EcLevel::M).map_err(|_| too_long)?;
    Ok(code.render::<Color>().module_dimensions(1, 1).quiet_zone(false).build())
}

/// A drawn signature, or nothing when no stroke is left of it. Points that are no numbers are left out, those beyond the canvas come to its edge.
pub fn signature(drawing: &Drawing) -> Option<String> {
    let side = |length: f32| (length.is_finite() && length >= 1.0).then(|| length.min(10_000.0));
    let (width, height) = (side(drawing.width)?, side(drawing.height)?);
    let mut path = String::new();
    for stroke in &drawing.strokes {
        let mut points =
            stroke.iter().filter(|(x, y)| x.is_finite() && y.is_finite()).map(|(x, y)| (x.clamp(0.0, width), y.clamp(0.0, height)));
        let Some((x, y)) = points.next() else { continue };
        // Writing to a String never fails. A line back to its start makes a dot of a single point.
        let _ = write!(path, "M{x:.1} {y:.1}L{x:.1} {y:.1}");
        for (x, y) in points {
            let _ = write!(path, "L{x:.1} {y:.1}");
        }
    }
    let thickness = width.min(height * 3.0) / 120.0;
    (!path.is_empty()).then(|| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.1}\" height=\"{height:.1}\" viewBox=\"0 0 {width:.1} {height:.1}\">\
             <path d=\"{path}\" fill=\"none\" stroke=\"#00264d\" stroke-width=\"{thickness:.2}\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/></svg>"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing(width: f32, strokes: Vec<Vec<(f32, f32)>>) -> Drawing {
        Drawing { width, height: 100.0, strokes, by: String::new(), at: String::new() }
    }

    #[test]
    fn a_stroke_stays_on_its_canvas() {
        let svg =
            signature(&drawing(300.0, vec![vec![(10.0, 10.0), (f32::NAN, 2.0), (400.0, -7.0)], Vec::new(), vec![(1.0, 1.0)]])).unwrap();
        assert!(svg.contains("d=\"M10.0 10.0L10.0 10.0L300.0 0.0M1.0 1.0L1.0 1.0\""), "{svg}");
    }

    #[test]
    fn a_canvas_that_is_none_gives_no_picture() {
        let stroke = vec![vec![(1.0, 1.0)]];
        for width in [0.0, -3.0, f32::NAN, f32::INFINITY] {
            assert_eq!(signature(&drawing(width, stroke.clone())), None);
        }
        assert_eq!(signature(&drawing(300.0, vec![vec![(f32::NAN, 1.0)]])), None);
    }

    #[test]
    fn an_address_too_long_for_paper_is_refused() {
        assert!(qr(&"a".repeat(LONGEST)).unwrap().contains("<svg"));
        assert_eq!(qr(&"a".repeat(LONGEST + 1)), Err(DocumentError::Address { bytes: 1_001 }));
    }
}
