//! Who reads events: a context's policies, or one of its views; and the subscription between such a consumer and a source.
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// A reader of events with a position of its own in each source.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Consumer {
    /// All policies of the context together.
    Policies,
    /// A view; a changed one has another version, and is rebuilt beside the old one.
    View { collection: Cow<'static, str>, version: u32 },
    /// Undos that could not be done, as they stand among what is parked. It reads no source.
    Undo,
}

/// A consumer and a source that it reads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SubscriptionKey {
    pub consumer: Consumer,
    pub source: Cow<'static, str>,
}

/// A text that names no consumer or no subscription.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoSuchName(String);

impl fmt::Display for NoSuchName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\" names no consumer", self.0)
    }
}

impl std::error::Error for NoSuchName {}

impl fmt::Display for Consumer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Consumer::Policies => f.write_str("policies"),
            Consumer::View { collection, version } => write!(f, "{collection}@{version}"),
            Consumer::Undo => f.write_str("undo"),
        }
    }
}

impl FromStr for Consumer {
    type Err = NoSuchName;

    fn from_str(text: &str) -> Result<Consumer, NoSuchName> {
        let no_such = || NoSuchName(text.to_string());
        match text {
            "policies" => Ok(Consumer::Policies),
            "undo" => Ok(Consumer::Undo),
            view => {
                let (collection, version) = view.rsplit_once('@').ok_or_else(no_such)?;
                let version = version.parse().map_err(|_| no_such())?;
                Ok(Consumer::View { collection: Cow::Owned(collection.to_string()), version })
            }
        }
    }
}

impl fmt::Display for SubscriptionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}<{}", self.consumer, self.source)
    }
}

impl FromStr for SubscriptionKey {
    type Err = NoSuchName;

    fn from_str(text: &str) -> Result<SubscriptionKey, NoSuchName> {
        let (consumer, source) = text.split_once('<').ok_or_else(|| NoSuchName(text.to_string()))?;
        Ok(SubscriptionKey { consumer: consumer.parse()?, source: Cow::Owned(source.to_string()) })
    }
}

impl Serialize for SubscriptionKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for SubscriptionKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<str>::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_stored_as_a_text_and_read_back_the_same() {
        let view = Consumer::View { collection: "myPages".into(), version: 2 };
        for (consumer, text) in [(Consumer::Policies, "policies<catch"), (view, "myPages@2<catch")] {
            let subscription = SubscriptionKey { consumer, source: "catch".into() };
            assert_eq!(subscription.to_string(), text);
            assert_eq!(text.parse(), Ok(subscription));
        }
    }

    #[test]
    fn a_text_that_names_no_consumer_is_an_error() {
        for text in ["", "policies", "myPages<catch", "myPages@x<catch"] {
            assert!(text.parse::<SubscriptionKey>().is_err(), "{text}");
        }
    }
}
