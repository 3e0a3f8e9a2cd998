//! Mistyped commands, systems and groups: the nearest known name is told.
use process::Nadul;

#[test]
fn the_nearest_name_is_told() {
    let nadul = Nadul::new();
    for (arguments, hint) in [
        (&["bord", "taxi"][..], "a similar subcommand exists: 'board'"),
        (&["board", "taxy"], "there is no system taxy; did you mean taxi? (there are: taxi, "),
        (&["check", "book-store"], "there is no system book-store; did you mean bookstore?"),
        (&["log", "taxi/payments"], "taxi has no context payments; did you mean payment?"),
        (&["sandbox", "stay", "aprove"], "there is no mode aprove; did you mean approve?"),
        (&["settings", "runtim"], "there is no group runtim; did you mean runtime?"),
        (&["board", "taxi", "--formt", "json"], "a similar argument exists: '--format'"),
    ] {
        let said = nadul.run(arguments);
        assert_eq!(said.code, Some(2), "{arguments:?}");
        assert!(said.err.contains(hint), "{arguments:?}: {}", said.err);
    }
}

#[test]
fn every_command_has_help_with_an_example() {
    let nadul = Nadul::new();
    let help = nadul.run(&["help"]).out;
    let commands = help.split("Commands:").nth(1).and_then(|rest| rest.split("Options:").next()).unwrap_or_default();
    let names: Vec<&str> = commands.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next()).collect();
    let names: Vec<&str> = names.into_iter().filter(|name| !name.is_empty() && *name != "help").collect();
    assert!(names.len() > 3, "{help}");
    for name in names {
        let said = nadul.run(&[name, "--help"]);
        assert!(said.out.contains("Example"), "nadul {name} --help has no example:\n{}", said.out);
    }
}

#[test]
fn shells_get_a_completion_script() {
    for shell in ["bash", "zsh", "fish"] {
        let said = Nadul::new().run(&["completion", shell]);
        assert!(said.out.contains("nadul") && said.out.contains("board"), "{shell}");
    }
}
