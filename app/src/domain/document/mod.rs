//! Documents of a dossier: what is made on paper and what is uploaded.

pub mod upload;
