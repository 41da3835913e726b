//! Papers as real PDFs, read by programs that are not the ones that wrote them: poppler, qpdf and a reader of QR codes.

mod each;
mod hostile;
mod pages;
mod press;
mod samples;
mod standards;
mod tools;
