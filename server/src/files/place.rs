//! Where the files are: a folder of this machine, whose writes reach the disk before they are answered, or a bucket.

use std::{fmt, fs, os::unix::fs::DirBuilderExt as _, path::PathBuf, sync::Arc};

use object_store::{ObjectStore, local::LocalFileSystem};

use super::FilesError;

/// The place of the files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A folder, readable by this user only.
    Folder(PathBuf),
    /// A bucket of an S3-compatible server.
    Bucket {
        /// Its name.
        bucket: String,
        /// What the names of our files begin with; empty for all of the bucket.
        prefix: String,
    },
}

impl Place {
    /// Whether this program was built with buckets.
    pub const BUCKETS: bool = cfg!(feature = "s3");
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(folder) => write!(f, "{}", folder.display()),
            Self::Bucket { bucket, prefix } if prefix.is_empty() => write!(f, "s3://{bucket}"),
            Self::Bucket { bucket, prefix } => write!(f, "s3://{bucket}/{prefix}"),
        }
    }
}

/// How a bucket is reached.
#[derive(Clone)]
pub struct Access {
    /// The server; `None` is Amazon's of the region.
    pub endpoint: Option<String>,
    /// The region, which the signature names.
    pub region: String,
    /// The id of the key.
    pub key_id: String,
    /// The secret of the key.
    pub secret: String,
}

/// Opens it.
pub fn open(place: &Place, access: Option<&Access>) -> Result<Arc<dyn ObjectStore>, FilesError> {
    match place {
        Place::Folder(folder) => {
            let fail = |cause: Box<dyn std::error::Error + Send + Sync>| FilesError::Place { place: place.to_string(), cause };
            fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(|cause| fail(cause.into()))?;
            let store = LocalFileSystem::new_with_prefix(folder).map_err(|cause| fail(cause.into()))?;
            Ok(Arc::new(store.with_fsync(true)))
        }
        Place::Bucket { bucket, prefix } => {
            open_bucket(bucket, prefix, access).map_err(|cause| FilesError::Place { place: place.to_string(), cause })
        }
    }
}

#[cfg(feature = "s3")]
fn open_bucket(
    bucket: &str,
    prefix: &str,
    access: Option<&Access>,
) -> Result<Arc<dyn ObjectStore>, Box<dyn std::error::Error + Send + Sync>> {
    use std::time::Duration;

    use object_store::{BackoffConfig, ClientOptions, RetryConfig, aws::AmazonS3Builder, prefix::PrefixStore};

    /// Without a word for so long, the server is taken for gone.
    const SILENCE: Duration = Duration::from_secs(20);
    /// A page waits for it, and gives up after 30 seconds.
    const TRYING: Duration = Duration::from_secs(15);

    let access = access.ok_or("a bucket needs the id and the secret of a key")?;
    // TLS is on ring everywhere; another part of the program may have said so before.
    let _ = rustls::crypto::ring::default_provider().install_default();
    // Clear text is for this machine: the setting sees to it. A large file may take its time to a slow browser, as long as it moves.
    let clear = access.endpoint.as_deref().is_some_and(|endpoint| endpoint.starts_with("http://"));
    let client = ClientOptions::new().with_timeout_disabled().with_read_timeout(SILENCE).with_allow_http(clear);
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(bucket)
        .with_region(&access.region)
        .with_access_key_id(&access.key_id)
        .with_secret_access_key(&access.secret)
        .with_client_options(client)
        // One file at a time is deleted, by the request that every server knows.
        .with_disable_bulk_delete(true)
        .with_retry(RetryConfig { backoff: BackoffConfig::default(), max_retries: 3, retry_timeout: TRYING });
    if let Some(endpoint) = &access.endpoint {
        builder = builder.with_endpoint(endpoint);
    }
    Ok(Arc::new(PrefixStore::new(builder.build()?, prefix)))
}

#[cfg(not(feature = "s3"))]
fn open_bucket(_: &str, _: &str, _: Option<&Access>) -> Result<Arc<dyn ObjectStore>, Box<dyn std::error::Error + Send + Sync>> {
    Err("this program was built without buckets (the feature s3 of the server)".into())
}
