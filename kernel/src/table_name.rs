//! The name of a table of rows: a collection's, or a view's with its version.
use crate::consumer::Consumer;
use crate::name::Name;
use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// As stores keep it: `catches`. A view's rows are kept under the name of the consumer that folds them, `myPages@1`, so that
/// a changed view is rebuilt beside the old one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TableName(Arc<str>);

impl TableName {
    pub fn of_view(collection: Name, version: u32) -> TableName {
        TableName(Consumer::View { collection: collection.into(), version }.to_string().into())
    }

    /// The collection that its rows are shown in.
    pub fn collection(&self) -> &str {
        self.0.split_once('@').map_or(&self.0, |(collection, _)| collection)
    }

    /// The view whose rows it has; `None` for a collection of the context's own.
    pub fn view(&self) -> Option<Consumer> {
        self.0.contains('@').then(|| self.0.parse().ok()).flatten()
    }
}

impl From<&str> for TableName {
    fn from(name: &str) -> TableName {
        TableName(name.into())
    }
}

impl From<String> for TableName {
    fn from(name: String) -> TableName {
        TableName(name.into())
    }
}

impl Deref for TableName {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for TableName {
    fn borrow(&self) -> &str {
        self
    }
}

impl fmt::Display for TableName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_tells_its_collection() {
        assert_eq!(TableName::of_view("myPages", 2).collection(), "myPages");
        assert_eq!(TableName::from("catches").collection(), "catches");
        assert_eq!(TableName::from("catches").view(), None);
        let view = Consumer::View { collection: "myPages".into(), version: 2 };
        assert_eq!(TableName::of_view("myPages", 2).view(), Some(view));
        assert_eq!(&*TableName::of_view("myPages", 2), "myPages@2");
    }
}
