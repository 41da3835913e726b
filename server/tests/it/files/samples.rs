//! Real files of every kind: made by qpdf, ImageMagick and OpenSSL, and documents put together here entry by entry.

use std::io::{Cursor, Write as _};

use app::domain::document::upload::FileKind;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

pub const PDF: &[u8] = include_bytes!("samples/plan.pdf");
pub const LINEAR_PDF: &[u8] = include_bytes!("samples/linear.pdf");
pub const JPEG: &[u8] = include_bytes!("samples/photo.jpg");
pub const PNG: &[u8] = include_bytes!("samples/picture.png");
/// The PDF signed, with definite and with indefinite lengths, and signed by two.
pub const P7M: &[u8] = include_bytes!("samples/signed-der.p7m");
pub const P7M_BER: &[u8] = include_bytes!("samples/signed-ber.p7m");
pub const P7M_TWICE: &[u8] = include_bytes!("samples/countersigned.p7m");
pub const P7M_PEM: &[u8] = include_bytes!("samples/pem.p7m");
pub const P7M_DETACHED: &[u8] = include_bytes!("samples/detached.p7m");
pub const P7M_XML: &[u8] = include_bytes!("samples/xml.p7m");

const TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"/word/document.xml\" \
    ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";

/// An entry of an archive: name, content, whether it is compressed.
pub type Entry<'a> = (&'a str, &'a [u8], bool);

pub fn archive(entries: &[Entry<'_>]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content, compressed) in entries {
        let method = if *compressed { CompressionMethod::Deflated } else { CompressionMethod::Stored };
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A Word document with more entries.
pub fn docx_with(more: &[Entry<'_>]) -> Vec<u8> {
    docx_of(TYPES, more)
}

/// A Word document with another list of types.
pub fn docx_of(types: &str, more: &[Entry<'_>]) -> Vec<u8> {
    let text = "<w:document><w:body><w:p><w:r><w:t>Piano di coaching</w:t></w:r></w:p></w:body></w:document>".repeat(20);
    let usual: [Entry<'_>; 3] = [
        ("[Content_Types].xml", types.as_bytes(), true),
        ("_rels/.rels", b"<Relationships/>", true),
        ("word/document.xml", text.as_bytes(), true),
    ];
    archive(&[&usual, more].concat())
}

pub fn docx() -> Vec<u8> {
    docx_with(&[])
}

/// An OpenDocument text with more entries.
pub fn odt_with(more: &[Entry<'_>]) -> Vec<u8> {
    let usual: [Entry<'_>; 3] = [
        ("mimetype", b"application/vnd.oasis.opendocument.text", false),
        ("content.xml", b"<office:document-content><office:scripts/></office:document-content>", true),
        ("META-INF/manifest.xml", b"<manifest:manifest/>", true),
    ];
    archive(&[&usual, more].concat())
}

pub fn odt() -> Vec<u8> {
    odt_with(&[])
}

/// One of each kind, and the other forms that are taken.
pub fn all() -> Vec<(FileKind, Vec<u8>)> {
    vec![
        (FileKind::Pdf, PDF.to_vec()),
        (FileKind::Pdf, LINEAR_PDF.to_vec()),
        (FileKind::Jpeg, JPEG.to_vec()),
        (FileKind::Png, PNG.to_vec()),
        (FileKind::Docx, docx()),
        (FileKind::Odt, odt()),
        (FileKind::P7m, P7M.to_vec()),
        (FileKind::P7m, P7M_BER.to_vec()),
        (FileKind::P7m, P7M_TWICE.to_vec()),
    ]
}
