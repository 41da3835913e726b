//! The store of files and the recognition of uploads, on real files, real folders and an S3 server in the test.

#[cfg(feature = "s3")]
mod bucket;
mod polyglots;
mod recognition;
#[cfg(feature = "s3")]
mod s3;
pub mod samples;
mod store;
