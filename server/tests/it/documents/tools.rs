//! What looks into a PDF: `pdfinfo`, `pdftotext`, `pdftoppm`, `pdffonts`, `pdfdetach` (poppler-utils) and `qpdf`.

use std::{
    fs,
    path::PathBuf,
    process::{Command, Output},
};

use app::domain::document::paper::Paper;
use server::{documents, ids::new_id};

/// A PDF on disk, in a folder of its own that goes with it.
pub struct Pdf(PathBuf);

impl Pdf {
    /// The paper, laid out.
    pub fn of(paper: &Paper) -> Self {
        Self::with(paper, &[])
    }

    /// The paper with files inside.
    pub fn with(paper: &Paper, attachments: &[documents::Attachment]) -> Self {
        let folder = std::env::temp_dir().join(format!("affianco-pdf-{}", new_id()));
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("paper.pdf"), documents::render(paper, attachments).unwrap()).unwrap();
        Self(folder)
    }

    /// Runs a program in the PDF's folder, where the file is `paper.pdf`.
    pub fn run(&self, program: &str, arguments: &[&str]) -> Output {
        let output = Command::new(program).args(arguments).current_dir(&self.0).output();
        let output = output.unwrap_or_else(|error| panic!("{program}: {error} (`.ci/setup test` installs it)"));
        assert!(
            output.status.success(),
            "{program} {arguments:?}: {}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        output
    }

    /// What a program prints.
    pub fn told(&self, program: &str, arguments: &[&str]) -> String {
        String::from_utf8(self.run(program, arguments).stdout).unwrap()
    }

    /// A line of `pdfinfo`, as `Pages`.
    pub fn info(&self, label: &str) -> String {
        let told = self.told("pdfinfo", &["paper.pdf"]);
        let line = told.lines().find_map(|line| line.strip_prefix(&format!("{label}:")));
        line.unwrap_or_else(|| panic!("no {label}: {told}")).trim().to_owned()
    }

    /// The words of each page, as a reader sees them.
    pub fn pages(&self) -> Vec<String> {
        let text = self.told("pdftotext", &["-layout", "paper.pdf", "-"]);
        text.trim_end_matches('\u{c}').split('\u{c}').map(str::to_owned).collect()
    }

    /// All words in the order in which they are read out, without spaces and breaks.
    pub fn letters(&self) -> String {
        solid(&self.told("pdftotext", &["paper.pdf", "-"]))
    }

    /// The structure with the words in it.
    pub fn structure(&self) -> String {
        // poppler prints the titles of headings in two encodings.
        String::from_utf8_lossy(&self.run("pdfinfo", &["-struct-text", "paper.pdf"]).stdout).into_owned()
    }

    /// A page as grey pixels, row by row from the top: 0 is black.
    pub fn picture(&self, page: usize, dots_per_inch: u32) -> Picture {
        let (page, dots) = (page.to_string(), dots_per_inch.to_string());
        self.run("pdftoppm", &["-gray", "-r", &dots, "-f", &page, "-l", &page, "-singlefile", "paper.pdf", "page"]);
        Picture::read(&fs::read(self.0.join("page.pgm")).unwrap())
    }

    /// The bytes of a file that a program wrote into the folder.
    pub fn left(&self, name: &str) -> Vec<u8> {
        fs::read(self.0.join(name)).unwrap()
    }
}

impl Drop for Pdf {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A text without what lines and columns do to it: spaces, breaks, hyphens at a line's end, and places where a word may break.
pub fn solid(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace() && !"\u{200b}-\u{ad}".contains(*letter)).collect()
}

/// A picture in shades of grey.
pub struct Picture {
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// 0 is black, 255 white.
    pub grey: Vec<u8>,
}

impl Picture {
    /// Reads a binary PGM, as `pdftoppm -gray` writes it.
    fn read(file: &[u8]) -> Self {
        let mut at = 0;
        let mut word = || {
            let from = at;
            while !file[at].is_ascii_whitespace() {
                at += 1;
            }
            at += 1;
            String::from_utf8(file[from..at - 1].to_vec()).unwrap()
        };
        assert_eq!(word(), "P5");
        let [width, height, _white] = [(); 3].map(|()| word().parse::<usize>().unwrap());
        let grey = file[at..].to_vec();
        assert_eq!(grey.len(), width * height);
        Self { width, height, grey }
    }

    /// The smallest box around all that is darker than this: left, top, right and bottom as shares of the page.
    pub fn inked(&self, darker_than: u8) -> Option<[f64; 4]> {
        let inked =
            || self.grey.iter().enumerate().filter(|(_, grey)| **grey < darker_than).map(|(at, _)| (at % self.width, at / self.width));
        let (left, right) = (inked().map(|(x, _)| x).min()?, inked().map(|(x, _)| x).max()?);
        let (top, bottom) = (inked().map(|(_, y)| y).min()?, inked().map(|(_, y)| y).max()?);
        let share = |pixels: usize, of: usize| f64::from(u32::try_from(pixels).unwrap()) / f64::from(u32::try_from(of).unwrap());
        Some([share(left, self.width), share(top, self.height), share(right + 1, self.width), share(bottom + 1, self.height)])
    }

    /// What the QR codes in the picture say.
    pub fn codes(&self) -> Vec<String> {
        let mut seen = rqrr::PreparedImage::prepare_from_greyscale(self.width, self.height, |x, y| self.grey[y * self.width + x]);
        seen.detect_grids().iter().map(|grid| grid.decode().unwrap().1).collect()
    }
}
