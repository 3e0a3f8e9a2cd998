//! The whole table of settings: each with a value at both ends and with mistakes, and with anything at all.
use super::{Origin, Resolved, Sources, Value, groups, json};
use crate::catalogue;
use crate::cluster::settings::ClusterSettings;
use crate::kafka_settings::KafkaSettings;
use crate::log_settings::LogSettings;
use crate::memory_stores::MemorySettings;
use crate::postgres_settings::PostgresSettings;
use crate::sqlite_settings::SqliteSettings;
use http_edge::settings::HttpSettings;
use identity::AccessSettings;
use kernel::{Name, Setting, SettingKind, Settings};
use proptest::prelude::*;
use runtime::limits::Limits;

/// Every setting there is, with its group.
fn table() -> Vec<(Name, &'static Setting)> {
    groups().iter().flat_map(|group| group.settings.iter().map(move |setting| (group.name, setting))).collect()
}

/// Values that are accepted, those at both ends among them.
fn accepted(setting: &Setting) -> Vec<String> {
    match setting.kind {
        SettingKind::Whole { min, max } => vec![min.to_string(), max.to_string(), setting.default.to_string()],
        SettingKind::Flag => vec!["true".into(), "false".into()],
        SettingKind::Text | SettingKind::Secret => vec![String::new(), "Seoul".into()],
        SettingKind::OneOf(words) => words.iter().map(|word| word.to_string()).collect(),
        SettingKind::Checked(_) => vec![setting.default.to_string()],
    }
}

/// Values that are refused; any text at all is a text.
fn refused(setting: &Setting) -> Vec<String> {
    match setting.kind {
        SettingKind::Whole { min, max } => {
            let beyond =
                [min.checked_sub(1), max.checked_add(1)].into_iter().flatten().map(|number| number.to_string());
            beyond.chain(["", " ", "-1", "1.5", "many", "99999999999999999999"].map(String::from)).collect()
        }
        SettingKind::Flag => ["", "yes", "True", "1"].map(String::from).to_vec(),
        SettingKind::Text | SettingKind::Secret => vec![],
        SettingKind::OneOf(words) => vec![String::new(), words.concat()],
        SettingKind::Checked(_) => vec!["a b".into(), "http://".into(), "/".into()],
    }
}

/// The settings of its group, with this value of one of them, as its owner reads them when it starts.
fn read(group: Name, value: &Value) {
    let declared: Vec<Setting> =
        table().into_iter().filter(|(of, _)| *of == group).map(|(_, setting)| *setting).collect();
    let mut settings = Settings::defaults(&declared);
    settings.set(value.setting.name, value.text.clone());
    match group {
        "runtime" => {
            Limits::read(&settings);
        }
        "http" => {
            HttpSettings::read(&settings);
        }
        "access" => {
            AccessSettings::read(&settings);
        }
        "sqlite" => {
            SqliteSettings::read(&settings).options(5);
        }
        "postgres" => {
            PostgresSettings::read(&settings);
        }
        "memory" => {
            MemorySettings::read(&settings);
        }
        "kafka" => {
            KafkaSettings::read(&settings);
        }
        "cluster" => {
            ClusterSettings::read(&settings);
        }
        "log" => {
            LogSettings::read(&settings);
        }
        system => {
            (catalogue::find(system).expect("a group of its own").build)(&settings);
        }
    }
}

fn resolved(flags: &[String]) -> Result<Resolved, String> {
    let sources = Sources { file: Some("/dev/null".into()), environment: vec![], flags: flags.to_vec() };
    Resolved::from(&sources).map_err(|error| error.text)
}

#[test]
fn each_setting_takes_the_values_at_both_ends_and_its_owner_reads_them() {
    for (group, setting) in table() {
        for text in accepted(setting) {
            let value = Value::given(group, setting, text.clone(), Origin::Flag);
            read(group, &value.unwrap_or_else(|why| panic!("{group}.{} is not {text:?}: {why}", setting.name)));
        }
    }
}

#[test]
fn each_setting_refuses_a_mistake_with_its_name() {
    for (group, setting) in table() {
        for text in refused(setting) {
            let why = resolved(&[format!("{group}.{}={text}", setting.name)]).err();
            let named = format!("--set: {group}.{} must be ", setting.name);
            assert!(
                why.as_ref().is_some_and(|why| why.starts_with(&named) && why.ends_with(&format!("not {text:?}"))),
                "{why:?}"
            );
        }
    }
}

#[test]
fn a_secret_is_shown_by_nobody() {
    let secret = "s3cret";
    for (name, why) in [("password", None), ("url", None), ("pasword", Some("did you mean postgres.password?"))] {
        match resolved(&[format!("postgres.{name}=postgres://mina:{secret}@db/taxi")]) {
            Ok(resolved) => {
                let groups = groups();
                let shown =
                    [table_of(&resolved, &groups), json(&resolved, &groups.iter().collect::<Vec<_>>()).to_string()];
                assert!(shown.iter().all(|shown| shown.contains("***") && !shown.contains(secret)), "{name}");
            }
            Err(said) => assert!(why.is_some_and(|why| said.contains(why)) && !said.contains(secret), "{said}"),
        }
    }
}

fn table_of(resolved: &Resolved, groups: &[super::SettingGroup]) -> String {
    super::table(resolved, &groups.iter().collect::<Vec<_>>())
}

#[test]
fn each_default_is_accepted() {
    assert!(resolved(&[]).is_ok());
    for (group, setting) in table() {
        assert_eq!(setting.fault(setting.default), None, "{group}.{}", setting.name);
    }
}

#[test]
fn of_two_sizes_that_belong_together_the_first_is_not_more_than_the_second() {
    let mut pairs = 0;
    for group in groups() {
        for (least, most) in group.at_most {
            let ends = |name: &str| match group.find(name).expect("both are settings").kind {
                SettingKind::Whole { min, max } => (min, max),
                _ => panic!("{name} is no size"),
            };
            let (name, other) = (format!("{}.{least}", group.name), format!("{}.{most}", group.name));
            let (more, less) = (ends(least).1, ends(most).0.max(ends(least).0));
            assert!(more > less, "{name} can't be more than {other}");
            let why = resolved(&[format!("{name}={more}"), format!("{other}={less}")]).err();
            let said = format!("--set: {name} must not be more than {other} ({less}, --set), as {more} is");
            assert_eq!(why, Some(said));
            assert!(resolved(&[format!("{name}={less}"), format!("{other}={less}")]).is_ok());
            pairs += 1;
        }
    }
    assert!(pairs >= 4);
}

#[test]
fn a_size_below_the_default_of_another_is_told_with_both() {
    let why = resolved(&["http.page_size_max=3".to_string()]).err();
    assert_eq!(
        why.as_deref(),
        Some("--set: http.page_size_max must not be less than http.page_size (20, default), as 3 is")
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    /// Whatever is written, it is taken or refused; what is taken can be read.
    #[test]
    fn no_text_makes_a_setting_panic(which in any::<prop::sample::Index>(), text in "\\PC{0,12}|[ -~]{0,12}|[0-9.:,/*-]{0,12}|.{0,6}") {
        let table = table();
        let (group, setting) = table[which.index(table.len())];
        if let Ok(value) = Value::given(group, setting, text, Origin::Flag) {
            read(group, &value);
        }
    }
}
