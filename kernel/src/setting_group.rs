//! `settings!`: one declaration of a group of settings gives the struct, its table and its reader.

/// Declares a group. Each line is a field, its type, its default and, for a whole number, the range allowed; the unit
/// stands last in the name, and the doc line is what `nadul settings` and docs/settings.md say of the setting.
///
/// ```
/// kernel::settings! {
///     /// How a bell rings.
///     pub struct Bell {
///         /// How long it rings.
///         ring_ms: u64 = 500, 10..=60_000;
///         /// Whether it rings at night.
///         at_night: bool = false;
///     }
/// }
/// assert_eq!(Bell::SETTINGS[0].about, "How long it rings.");
/// assert_eq!(Bell::default().ring_ms, 500);
/// ```
///
/// Two sizes that belong together are named below: the first may not be more than the second, whoever sets them.
///
/// ```
/// kernel::settings! {
///     pub struct Page {
///         /// Rows of a page whose size is not asked for.
///         size: u64 = 20, 1..=1_000;
///         /// Most rows of a page.
///         size_max: u64 = 200, 1..=1_000;
///     }
///     where { size <= size_max; }
/// }
/// assert_eq!(Page::AT_MOST, [("size", "size_max")]);
/// ```
///
/// A default outside its range, or a range the type can't hold, does not compile.
///
/// ```compile_fail
/// kernel::settings! {
///     pub struct Bell {
///         /// How long it rings.
///         ring_ms: u64 = 5, 10..=60_000;
///     }
/// }
/// ```
#[macro_export]
macro_rules! settings {
    (
        $(#[$meta:meta])*
        $visible:vis struct $group:ident {
            $( $(#[doc = $about:literal])+ $field:ident: $type:ty = $default:literal $(, $range:expr)?; )*
        }
        $(where { $( $least:ident <= $most:ident; )* })?
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        $visible struct $group {
            $( $(#[doc = $about])+ pub $field: $type, )*
        }

        impl $group {
            /// The declaration of each field, as `nadul settings` lists it.
            pub const SETTINGS: &'static [$crate::Setting] = &[
                $( $crate::Setting::field::<$type>(
                    stringify!($field),
                    concat!($default),
                    concat!($($about),+).trim_ascii_start(),
                )$(.within($range))?, )*
            ];

            /// Pairs of settings: the first may not be more than the second.
            pub const AT_MOST: &'static [($crate::Name, $crate::Name)] =
                &[$( $( (stringify!($least), stringify!($most)), )* )?];

            /// The group's values from its settings.
            pub fn read(settings: &$crate::Settings) -> $group {
                $group { $( $field: settings.read(stringify!($field)), )* }
            }
        }

        // both of a pair are fields, and of one type
        const _: fn(&$group) -> bool = |_group| true $( $( && _group.$least <= _group.$most )* )?;

        impl Default for $group {
            fn default() -> $group {
                $group::read(&$crate::Settings::defaults($group::SETTINGS))
            }
        }
    };
}

/// Declares the words a setting may be, each with its variant: an enum that is a `SettingValue`.
#[macro_export]
macro_rules! setting_words {
    ($(#[$meta:meta])* $visible:vis enum $name:ident { $($variant:ident = $word:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        $visible enum $name { $($variant),* }

        impl $crate::SettingValue for $name {
            const KIND: $crate::SettingKind = $crate::SettingKind::OneOf(&[$($word),*]);
            fn read(text: &str) -> $name {
                match text {
                    $($word => $name::$variant,)*
                    _ => panic!("{text} is checked against the words of its setting"),
                }
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use crate::setting::{Setting, SettingKind, Settings};

    setting_words! {
        enum Tone { Low = "low", High = "high" }
    }

    settings! {
        /// How a bell rings.
        struct Bell {
            /// How long it rings,
            /// in one go.
            ring_ms: u64 = 1_500, 10..=60_000;
            /// How loud.
            loudness: u16 = 3;
            /// Whether it rings at night.
            at_night: bool = false;
            /// Who hears it.
            rooms: Vec<String> = "hall, attic,";
            /// Low or high.
            tone: Tone = "high";
            /// How loud at most.
            loudness_max: u16 = 9;
        }
        where { loudness <= loudness_max; }
    }

    #[test]
    fn a_declaration_gives_the_table() {
        let ring = Setting::whole("ring_ms", "1500", 10, 60_000, "How long it rings, in one go.");
        assert_eq!(Bell::SETTINGS[0], ring);
        assert_eq!(Bell::SETTINGS[1].kind, SettingKind::Whole { min: 0, max: 65_535 });
        assert_eq!(Bell::SETTINGS[2], Setting::flag("at_night", "false", "Whether it rings at night."));
        assert_eq!(Bell::SETTINGS[3], Setting::text("rooms", "hall, attic,", "Who hears it."));
        assert_eq!(Bell::SETTINGS[4], Setting::one_of("tone", &["low", "high"], "high", "Low or high."));
    }

    #[test]
    fn a_declaration_gives_the_values() {
        let rooms = vec!["hall".to_string(), "attic".to_string()];
        let bell = Bell { ring_ms: 1500, loudness: 3, at_night: false, rooms, tone: Tone::High, loudness_max: 9 };
        assert_eq!(Bell::default(), bell);
        assert_eq!(Bell::AT_MOST, [("loudness", "loudness_max")]);
    }

    #[test]
    fn a_value_that_is_set_is_read() {
        let mut settings = Settings::defaults(Bell::SETTINGS);
        settings.set("ring_ms", "20");
        settings.set("at_night", "true");
        let bell = Bell::read(&settings);
        assert_eq!((bell.ring_ms, bell.at_night), (20, true));
    }
}
