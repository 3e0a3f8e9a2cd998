//! Where in a contract a difference is, and in which direction the data goes there.

/// What a client sends may become wider, what it is told narrower; never the other way round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Sent,
    Answered,
}

#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// `POST /catches: the answer`, or an event's name.
    pub who: String,
    pub way: Way,
    field: String,
}

impl Place {
    pub fn sent(who: impl Into<String>) -> Place {
        Place { who: who.into(), way: Way::Sent, field: String::new() }
    }

    pub fn new(who: impl Into<String>) -> Place {
        Place { who: who.into(), way: Way::Answered, field: String::new() }
    }

    pub fn is_sent(&self) -> bool {
        self.way == Way::Sent
    }

    pub fn field(&self, name: &str) -> Place {
        let field = if self.field.is_empty() { name.to_string() } else { format!("{}.{name}", self.field) };
        Place { field, ..self.clone() }
    }

    /// Each of a list.
    pub fn items(&self) -> Place {
        Place { field: format!("{}[]", self.field), ..self.clone() }
    }

    /// A field below, as it is called in a sentence.
    pub fn name(&self, name: &str) -> String {
        format!("`{}`", self.field(name).field)
    }

    /// The subject of a sentence.
    pub fn subject(&self) -> String {
        if self.field.is_empty() { self.who.clone() } else { format!("{}'s field `{}`", self.who, self.field) }
    }
}
