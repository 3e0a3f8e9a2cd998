//! The path of a route as a template, parsed once: `/catches/{id}`.
use std::fmt;

/// A part of a path between two slashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    Fixed(String),
    /// Its name, as the contract writes it.
    Parameter(String),
}

/// A path with at most one parameter. It is shown as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathTemplate {
    segments: Vec<Segment>,
}

impl PathTemplate {
    pub fn parse(written: &str) -> PathTemplate {
        let parameter = |part: &str| part.strip_prefix('{')?.strip_suffix('}').map(str::to_string);
        let segment = |part: &str| parameter(part).map_or_else(|| Segment::Fixed(part.into()), Segment::Parameter);
        PathTemplate { segments: written.split('/').skip(1).map(segment).collect() }
    }

    /// The path of a collection's rows.
    pub fn collection(name: &str) -> PathTemplate {
        PathTemplate { segments: vec![Segment::Fixed(name.into())] }
    }

    /// The path of one row of a collection.
    pub fn row(collection: &str) -> PathTemplate {
        PathTemplate { segments: vec![Segment::Fixed(collection.into()), Segment::Parameter("id".into())] }
    }

    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// Which segment is the parameter, from 0, and its name.
    pub fn parameter(&self) -> Option<(usize, &str)> {
        self.segments.iter().enumerate().find_map(|(at, segment)| match segment {
            Segment::Parameter(name) => Some((at, name.as_str())),
            Segment::Fixed(_) => None,
        })
    }

    /// The path with `{id}` for its parameter. Two paths of one shape answer the same requests, however their parameters are called.
    pub fn shape(&self) -> PathTemplate {
        let id = |segment: &Segment| match segment {
            Segment::Parameter(_) => Segment::Parameter("id".into()),
            Segment::Fixed(_) => segment.clone(),
        };
        PathTemplate { segments: self.segments.iter().map(id).collect() }
    }

    /// What stands in a request's path where the parameter is. `None`: the path is another, or this one has no parameter.
    pub fn argument<'a>(&self, path: &'a str) -> Option<&'a str> {
        let (at, _) = self.parameter()?;
        self.matches(path).then(|| path.split('/').nth(at + 1)).flatten()
    }

    /// Whether a request's path is one of these.
    pub fn matches(&self, path: &str) -> bool {
        let mut parts = path.split('/').skip(1);
        let fits = |segment: &Segment, part: &str| match segment {
            Segment::Fixed(fixed) => fixed == part,
            Segment::Parameter(_) => !part.is_empty(),
        };
        self.segments.iter().all(|segment| parts.next().is_some_and(|part| fits(segment, part)))
            && parts.next().is_none()
    }

    /// It has a segment, none is empty or half a parameter, and at most one is a parameter.
    pub fn is_sound(&self) -> bool {
        let sound = |segment: &Segment| {
            let (Segment::Fixed(text) | Segment::Parameter(text)) = segment;
            !text.is_empty() && !text.contains(['{', '}'])
        };
        let parameters = self.segments.iter().filter(|segment| matches!(segment, Segment::Parameter(_))).count();
        !self.segments.is_empty() && self.segments.iter().all(sound) && parameters <= 1
    }
}

impl fmt::Display for PathTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.segments.iter().try_for_each(|segment| match segment {
            Segment::Fixed(text) => write!(f, "/{text}"),
            Segment::Parameter(name) => write!(f, "/{{{name}}}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_shown_as_it_is_written() {
        for written in ["/catches", "/catches/{matchId}", "/chkcar/chkStatus", "/orders/{id}/cancel"] {
            let path = PathTemplate::parse(written);
            assert!(path.is_sound(), "{written}");
            assert_eq!(path.to_string(), written);
        }
    }

    #[test]
    fn paths_that_differ_in_the_parameters_name_only_have_one_shape() {
        let shape = |written| PathTemplate::parse(written).shape();
        assert_eq!(shape("/catches/{matchId}"), PathTemplate::row("catches"));
        assert_eq!(shape("/catches"), PathTemplate::collection("catches"));
        assert_ne!(shape("/catches/{matchId}"), shape("/catches/mine"));
    }

    #[test]
    fn a_request_is_matched_and_its_argument_found() {
        let cancel = PathTemplate::parse("/orders/{orderId}/cancel");
        assert_eq!(cancel.parameter(), Some((1, "orderId")));
        assert_eq!(cancel.argument("/orders/7/cancel"), Some("7"));
        for other in ["/orders/7", "/orders//cancel", "/orders/7/cancel/now", "/catches/7/cancel"] {
            assert!(!cancel.matches(other), "{other}");
            assert_eq!(cancel.argument(other), None, "{other}");
        }
        assert_eq!(PathTemplate::parse("/orders").argument("/orders"), None);
    }

    #[test]
    fn a_path_that_is_no_template_is_not_sound() {
        for written in ["", "/", "catches", "//catches", "/catches/{id", "/catches/{}", "/{a}/{b}"] {
            assert!(!PathTemplate::parse(written).is_sound(), "{written}");
        }
    }
}
