//! Which layer wins, and what is said when one is wrong.

use std::{fs, os::unix::ffi::OsStringExt as _};

use super::*;
use crate::ids::random_token;

fn load(flags: &[(&'static str, &str)], environment: &[(&str, &str)], file: Option<&str>) -> Result<(Config, Layers), String> {
    let path = file.map(|text| {
        let path = env::temp_dir().join(format!("affianco-{}.toml", random_token()));
        fs::write(&path, text).expect("a temporary file");
        path
    });
    let flags = Flags { file: path.clone(), values: flags.iter().map(|(key, text)| (*key, (*text).to_owned())).collect() };
    let loaded = Config::load_from(&flags, environment.iter().map(|(name, value)| (name.into(), value.into())));
    if let Some(path) = &path {
        fs::remove_file(path).expect("the temporary file");
    }
    // The file's name is random: sentences are compared without it.
    loaded.map_err(|error| path.map_or(error.to_string(), |path| error.to_string().replace(&path.display().to_string(), "FILE")))
}

fn refusal(flags: &[(&'static str, &str)], environment: &[(&str, &str)], file: Option<&str>) -> String {
    load(flags, environment, file).map(|_| ()).expect_err("refused")
}

#[test]
fn with_nothing_said_the_defaults_hold() {
    let (config, _) = load(&[], &[], None).expect("the defaults");
    assert_eq!(config.listen.to_string(), "127.0.0.1:3000");
    assert_eq!(config.database, Database::Sqlite("./data/affianco.sqlite".into()));
    assert!(!config.demo && config.now.is_none() && config.master_key.is_none() && config.public_url.is_none());
}

#[test]
fn flags_win_over_the_environment_and_that_over_the_file() {
    let file = Some("listen = '127.0.0.1:1'\nlog = 'json'\nsign_in_idle_minutes = 5\ndemo = true\nnow = 2026-11-23T10:00:00");
    let environment = [("AFFIANCO_LISTEN", "127.0.0.1:2"), ("AFFIANCO_LOG", "text")];
    let (config, layers) = load(&[("listen", "127.0.0.1:3")], &environment, file).expect("all good");
    assert_eq!((config.listen.port(), config.log, config.demo), (3, LogFormat::Text, true));
    assert_eq!(config.now.map(|now| now.to_string()).as_deref(), Some("2026-11-23 10:00:00"));
    assert_eq!(layers.get("listen").1, &Origin::Flag("--listen".into()));
    assert_eq!(layers.get("log").1, &Origin::Environment("AFFIANCO_LOG".into()));
    assert!(matches!(layers.get("sign_in_idle_minutes").1, Origin::File(_)));
}

#[test]
fn the_database_is_in_the_data_folder_whoever_names_it() {
    let (config, _) = load(&[], &[("AFFIANCO_DATA", "/srv/x")], None).expect("all good");
    assert_eq!(config.database, Database::Sqlite("/srv/x/affianco.sqlite".into()));
}

#[test]
fn the_file_may_be_named_by_the_environment() {
    let refused = refusal(&[], &[("AFFIANCO_CONFIG", "/nowhere/affianco.toml")], None);
    assert!(refused.starts_with("the configuration file /nowhere/affianco.toml: "), "{refused}");
}

#[test]
fn an_empty_text_takes_an_optional_setting_back() {
    let (config, _) = load(&[], &[("AFFIANCO_PUBLIC_URL", "")], Some("public_url = 'https://a.it'")).expect("all good");
    assert_eq!(config.public_url, None);
}

#[test]
fn an_unknown_key_is_named_with_who_said_it() {
    let refused = refusal(&[], &[("AFFIANCO_LISTN", "x")], None);
    assert!(
        refused.starts_with(
            "the environment variable AFFIANCO_LISTN sets `listn`, which is not a setting; the settings are: database, listen"
        ),
        "{refused}"
    );
    assert!(refusal(&[], &[], Some("port = 3")).starts_with("the file FILE sets `port`, which is not a setting"));
    assert!(refusal(&[], &[], Some("[server]\nlisten = 'x'")).starts_with("the file FILE sets `server`, which is not a setting"));
    assert!(refusal(&[], &[("AFFIANCO_Listen", "x")], None).contains("`Listen`"));
}

#[test]
fn a_known_key_with_a_value_of_the_wrong_type_is_told_what_is_allowed() {
    let cases =
        [("sign_in_idle_minutes = 1.5", "float"), ("sign_in_idle_minutes = [5]", "array"), ("[sign_in_idle_minutes]\nin = 5", "table")];
    for (file, found) in cases {
        assert_eq!(
            refusal(&[], &[], Some(file)),
            format!("the file FILE sets `sign_in_idle_minutes` to a value of the type `{found}`; expected whole minutes, from 1 to 525600")
        );
    }
    let secret = refusal(&[], &[], Some("master_key = ['c0ffee']"));
    assert_eq!(secret, "the file FILE sets `master_key` to a value of the type `array`; expected 64 hexadecimal digits");
}

#[test]
fn only_the_very_variable_of_the_set_up_is_left_alone() {
    let refused = refusal(&[], &[("AFFIANCO_TOOLS_FOLDER", "x")], None);
    assert!(refused.starts_with("the environment variable AFFIANCO_TOOLS_FOLDER sets `tools_folder`, which is not a setting"), "{refused}");
}

#[test]
fn variables_of_the_tests_and_of_others_are_left_alone() {
    let environment = [("AFFIANCO_TEST_POSTGRES", "x"), ("AFFIANCO_TOOLS", "x"), ("LISTEN", "x"), ("PATH", "/bin")];
    assert!(load(&[], &environment, None).is_ok());
}

#[test]
fn a_bad_value_is_named_with_who_said_it_and_what_is_allowed() {
    assert_eq!(
        refusal(&[("listen", "3000")], &[], None),
        "the flag --listen sets `listen` to `3000`; expected an address and a port, such as 127.0.0.1:3000"
    );
    assert_eq!(
        refusal(&[], &[("AFFIANCO_DEMO", "yes")], None),
        "the environment variable AFFIANCO_DEMO sets `demo` to `yes`; expected true or false"
    );
    assert_eq!(refusal(&[], &[], Some("log = 'xml'")), "the file FILE sets `log` to `xml`; expected text or json");
}

#[test]
fn only_mistakes_of_the_command_line_are_wrong_usage() {
    let is_usage = |flags, environment: &[(&str, &str)]| {
        let environment = environment.iter().map(|(name, value)| (name.into(), value.into()));
        Config::load_from(&Flags { file: None, values: flags }, environment).map(|_| ()).expect_err("refused").is_usage()
    };
    assert!(is_usage(vec![("demo", "yes".into())], &[]));
    assert!(!is_usage(vec![], &[("AFFIANCO_DEMO", "yes")]));
}

#[test]
fn secrets_are_neither_quoted_in_refusals_nor_shown() {
    let secret = "c0ffee".repeat(10);
    let refused = [
        refusal(&[], &[("AFFIANCO_MASTER_KEY", &secret)], None),
        refusal(&[], &[], Some(&format!("master_key = '{secret}"))),
        refusal(&[], &[("AFFIANCO_DATABASE", &format!("mysql://a:{secret}@h/d"))], None),
    ];
    for sentence in &refused {
        assert!(!sentence.contains("c0ffee"), "{sentence}");
    }
    assert!(refused[1].starts_with("the configuration file FILE: line 1: "), "{}", refused[1]);

    let key = format!("{secret}cafe");
    let (config, layers) = load(&[], &[("AFFIANCO_MASTER_KEY", &key)], None).expect("64 digits");
    assert!(!report(&layers).contains("c0ffee") && !format!("{config:?}").contains("c0ffee"));
}

#[test]
fn the_report_has_a_line_for_every_setting_with_who_said_it() {
    let (_, layers) = load(&[("listen", "127.0.0.1:0")], &[], None).expect("all good");
    let report = report(&layers);
    assert_eq!(report.lines().count(), SETTINGS.len());
    assert!(report.contains("listen                   = 127.0.0.1:0   # the flag --listen\n"), "{report}");
    assert!(report.contains("master_key               = (not set)   # the default\n"), "{report}");
}

#[test]
fn settings_that_contradict_each_other_are_refused() {
    assert_eq!(
        refusal(&[("now", "2026-11-23T10:00")], &[], None),
        "the flag --now sets `now`: the clock can be stopped only in a demo (--demo)"
    );
    assert!(refusal(&[], &[("AFFIANCO_SIGN_IN_IDLE_MINUTES", "721")], None).contains("must not be longer than"));
}

#[test]
fn mail_by_a_server_says_who_sends_it_and_where_to_read_on() {
    let smtp = ("AFFIANCO_MAIL", "smtps://mail.example.it");
    let (from, url) = (("AFFIANCO_MAIL_FROM", "avvisi@example.it"), ("AFFIANCO_PUBLIC_URL", "https://affianco.example.it"));
    assert!(refusal(&[], &[smtp, url], None).ends_with("messages need a sender: set `mail_from` too"));
    assert!(refusal(&[], &[smtp, from], None).ends_with("messages say where to read on: set `public_url` too"));
    assert!(refusal(&[("demo", "true")], &[smtp, from, url], None).contains("a demo sends nothing"));
    assert!(
        refusal(&[], &[smtp, from, url, ("AFFIANCO_MAIL_USER", "anna")], None).ends_with("`mail_user` and `mail_password` go together")
    );
    assert!(
        refusal(&[], &[("AFFIANCO_MAIL_CA_FILE", "/etc/ca.pem")], None).ends_with("there is no mail server to vouch for: set `mail` too")
    );
    assert!(refusal(&[], &[("AFFIANCO_MAIL", "mail.example.it")], None).contains("expected off, files, smtps://HOST"));
    let user = [("AFFIANCO_MAIL_USER", "anna"), ("AFFIANCO_MAIL_PASSWORD", "c0ffee")];
    let (config, layers) = load(&[], &[&[smtp, from, url], &user[..]].concat(), None).expect("all good");
    assert!(matches!(config.mail, Some(MailRoute::Smtp(_))));
    assert!(!report(&layers).contains("c0ffee") && !format!("{config:?}").contains("c0ffee"));
}

#[test]
fn a_bucket_needs_its_key_and_a_folder_needs_none() {
    let (config, _) = load(&[("data", "/srv/x")], &[], None).expect("the defaults");
    assert_eq!(config.files, Place::Folder("/srv/x/files".into()));
    let key = [("AFFIANCO_FILES_KEY_ID", "c0ffee"), ("AFFIANCO_FILES_SECRET", "c0ffee")];
    for (variable, value) in [key[0], key[1], ("AFFIANCO_FILES_ENDPOINT", "https://s3.example.it")] {
        assert!(refusal(&[], &[(variable, value)], None).contains("only a bucket needs it"), "{variable}");
    }
    if !Place::BUCKETS {
        return assert!(refusal(&[], &[("AFFIANCO_FILES", "s3://affianco")], None).contains("built without buckets"));
    }
    let bucket = ("AFFIANCO_FILES", "s3://affianco/files");
    assert!(refusal(&[], &[bucket], None).contains("set `files_key_id` and `files_secret` too"));
    assert!(refusal(&[], &[bucket, key[0]], None).contains("set `files_key_id` and `files_secret` too"));
    let (config, layers) = load(&[], &[bucket, key[0], key[1]], None).expect("all good");
    assert!(!report(&layers).contains("c0ffee") && !format!("{config:?}").contains("c0ffee"));
}

#[test]
fn a_variable_that_is_no_text_is_refused() {
    let environment = [(OsString::from("AFFIANCO_DATA"), OsString::from_vec(vec![0xff]))];
    let refused = Config::load_from(&Flags::default(), environment).map(|_| ()).expect_err("refused");
    assert_eq!(refused, ConfigError::NotText { variable: "AFFIANCO_DATA".into() });
}
