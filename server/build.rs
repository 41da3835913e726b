//! Tells cargo what else the server is made of: the migrations, and in release the built site that is embedded.

use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=migrations");
    // The derive that embeds the site needs the folder, also in a fresh clone where no front end was built yet.
    fs::create_dir_all("../target/site")?;
    // Debug builds read the site from disk while running, so only the others depend on what is in it.
    if env::var_os("PROFILE").is_some_and(|profile| profile == "release") {
        println!("cargo::rerun-if-changed=../target/site");
    }
    Ok(())
}
