//! Who may import whom, as docs/architecture.md draws it: the compiler guards the crates, this test guards the modules.
#![expect(clippy::unwrap_used, reason = "a tree that cannot be read is a failed test")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use syn::{UseTree, visit::Visit};

/// One row of the import table: files below `place` may name only these modules of ours and these crates.
struct Room {
    place: &'static str,
    /// Modules of the own crate, beside the room's own.
    own: &'static [&'static str],
    /// Other crates; `None` for any.
    crates: Option<&'static [&'static str]>,
    /// Modules of `app` that the server's room may name.
    app: &'static [&'static str],
}

const APP: &[Room] = &[
    Room { place: "domain", own: &[], crates: Some(&["chrono", "proptest", "serde", "serde_json", "thiserror", "uuid"]), app: &[] },
    Room { place: "ports", own: &["domain"], crates: Some(&["async_trait", "chrono", "thiserror", "uuid"]), app: &[] },
    Room { place: "api", own: &["domain", "ports"], crates: None, app: &[] },
    Room { place: "ui", own: &["domain", "api"], crates: None, app: &[] },
];

const SERVER: &[Room] = &[
    Room {
        place: "store",
        own: &[],
        crates: Some(&["async_trait", "chrono", "serde_json", "sqlx", "thiserror", "uuid"]),
        app: &["domain"],
    },
    Room {
        place: "services",
        own: &["clock", "config", "documents", "files", "ids", "passwords", "sealing", "store"],
        crates: None,
        app: &["domain", "ports"],
    },
    Room {
        place: "http",
        own: &["clock", "config", "ids", "jobs", "services", "telemetry"],
        crates: None,
        app: &["api", "domain", "ports", "ui"],
    },
    Room { place: "jobs", own: &["mail", "services", "shutdown"], crates: None, app: &["ports"] },
    Room { place: "documents", own: &[], crates: None, app: &["domain"] },
    Room { place: "mail", own: &[], crates: None, app: &["domain"] },
    Room { place: "files", own: &["sealing"], crates: None, app: &["domain"] },
    Room { place: "sealing", own: &["ids"], crates: None, app: &[] },
];

/// Every full path that a file's `use` items and expressions name.
#[derive(Default)]
struct Named(BTreeSet<Vec<String>>);

impl Named {
    fn tree(&mut self, tree: &UseTree, mut path: Vec<String>) {
        match tree {
            UseTree::Path(step) => {
                path.push(step.ident.to_string());
                self.tree(&step.tree, path);
            }
            UseTree::Name(name) => {
                path.push(name.ident.to_string());
                self.0.insert(path);
            }
            UseTree::Rename(name) => {
                path.push(name.ident.to_string());
                self.0.insert(path);
            }
            UseTree::Glob(_) => {
                self.0.insert(path);
            }
            UseTree::Group(group) => group.items.iter().for_each(|item| self.tree(item, path.clone())),
        }
    }
}

impl<'ast> Visit<'ast> for Named {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.tree(&item.tree, Vec::new());
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.segments.len() > 1 {
            self.0.insert(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        }
        syn::visit::visit_path(self, path);
    }
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found
}

fn named(file: &Path) -> BTreeSet<Vec<String>> {
    let text = fs::read_to_string(file).unwrap();
    let parsed = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let mut named = Named::default();
    named.visit_file(&parsed);
    named.0
}

/// Found from the package's folder, where cargo starts tests: a compiled path would be wrong once the project has moved.
fn workspace() -> PathBuf {
    std::env::current_dir().unwrap().parent().unwrap().to_owned()
}

/// What a room names that its row does not allow.
fn trespasses(source: &Path, room: &Room) -> Vec<String> {
    let mut wrong = Vec::new();
    for file in rust_files(&source.join(room.place)) {
        for path in named(&file) {
            let first = path[0].as_str();
            let second = path.get(1).map_or("", String::as_str);
            let ok = match first {
                "crate" => second == room.place || room.own.contains(&second),
                "self" | "super" | "std" | "core" => true,
                "app" => room.app.contains(&second),
                // Each belongs to one room alone.
                "sqlx" => room.place == "store",
                "object_store" => room.place == "files",
                _ => room.crates.is_none_or(|allowed| {
                    let is_dependency = DEPENDENCIES.contains(&first);
                    !is_dependency || allowed.contains(&first)
                }),
            };
            if !ok {
                wrong.push(format!("{} names {}", file.strip_prefix(source).unwrap().display(), path.join("::")));
            }
        }
    }
    wrong
}

/// Crates whose names are looked at; a path that starts otherwise is a local name.
const DEPENDENCIES: &[&str] = &[
    "async_trait",
    "axum",
    "chrono",
    "chrono_tz",
    "gloo_timers",
    "http",
    "leptos",
    "leptos_axum",
    "leptos_meta",
    "leptos_router",
    "proptest",
    "serde",
    "serde_json",
    "server_fn",
    "sha2",
    "sqlx",
    "thiserror",
    "tokio",
    "tower",
    "tower_http",
    "tracing",
    "uuid",
    "wasm_bindgen",
    "web_sys",
];

fn assert_table(source: &Path, rooms: &[Room]) {
    let wrong: Vec<String> = rooms.iter().flat_map(|room| trespasses(source, room)).collect();
    assert!(wrong.is_empty(), "imports that the table does not allow:\n{}", wrong.join("\n"));
}

#[test]
fn the_modules_of_app_import_only_what_the_table_allows() {
    assert_table(&workspace().join("app/src"), APP);
}

#[test]
fn the_modules_of_the_server_import_only_what_the_table_allows() {
    assert_table(&workspace().join("server/src"), SERVER);
}

#[test]
fn no_page_imports_the_page_of_another_area() {
    let pages = workspace().join("app/src/ui/pages");
    for file in rust_files(&pages) {
        let area = file.strip_prefix(&pages).unwrap().iter().next().unwrap().to_string_lossy().replace(".rs", "");
        for path in named(&file) {
            if let Some(at) = path.iter().position(|step| step == "pages")
                && path[..at].iter().all(|step| step == "crate" || step == "ui" || step == "super")
                && area != "mod"
            {
                assert_eq!(path.get(at + 1), Some(&area), "{} names {}", file.display(), path.join("::"));
            }
        }
    }
}

#[test]
fn every_server_function_has_an_endpoint_of_its_area() {
    for file in rust_files(&workspace().join("app/src/api")) {
        let area = file.file_stem().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(&file).unwrap();
        for line in text.lines().filter(|line| line.trim_start().starts_with("#[server")) {
            assert!(line.contains(&format!("endpoint = \"{area}/")), "{}: {line}", file.display());
        }
    }
}

#[test]
fn every_file_opens_with_a_line_that_says_what_it_owns() {
    let root = workspace();
    for folder in ["app/src", "app/tests", "frontend/src", "server/src", "server/tests"] {
        for file in rust_files(&root.join(folder)) {
            let text = fs::read_to_string(&file).unwrap();
            let first = text.lines().next().unwrap_or_default();
            assert!(first.starts_with("//! ") && first.len() > 20, "{}: {first}", file.display());
        }
    }
}
