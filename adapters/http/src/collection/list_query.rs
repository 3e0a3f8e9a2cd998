//! The query of a list: which rows, in which order, which page.
use crate::collection::filter;
use crate::problem::invalid_input::{InputPart, InvalidInput};
use crate::problem::{HttpResult, Problem, reasons};
use crate::request::query::{self, Pairs};
use crate::settings::HttpSettings;
use kernel::{Collection, Id, Invalid, Row};
use runtime::follow::{Filters, Sight};

const LARGEST: u64 = (1 << 53) - 1;

/// A row by its place in the order of a list: its sort key (0 where the order is by id) and its id.
pub(crate) type Mark = (i64, Id);

/// Where a page lies, whatever rows are added or removed meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cursor {
    After(Mark),
    Before(Mark),
}

impl Cursor {
    pub fn mark(self) -> Mark {
        let (Cursor::After(mark) | Cursor::Before(mark)) = self;
        mark
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ListQuery {
    pub filters: Filters,
    pub sight: Sight,
    /// The index among the collection's sorts.
    pub sort: Option<usize>,
    pub descending: bool,
    pub number: u64,
    pub size: u64,
    /// Behind which row the page begins, or before which one it ends. `number` only counts pages then.
    pub cursor: Option<Cursor>,
    /// Which of a row's keys it is ordered by before its id.
    order_key: Option<usize>,
    /// Filters, order and size as a query, for the links to other pages.
    kept: String,
}

impl ListQuery {
    pub fn read(collection: &Collection, pairs: Pairs, settings: &HttpSettings, sight: Sight) -> HttpResult<ListQuery> {
        let mut query = ListQuery { size: settings.page_size, sight, ..ListQuery::default() };
        let mut invalid = vec![];
        let wanted = &collection.must_find;
        // one's own are few, and are asked for by that already
        if !query.sight.is_own_only()
            && !wanted.is_empty()
            && !pairs.iter().any(|(given, _)| wanted.iter().any(|name| given == name))
        {
            invalid.push(InvalidInput::missing_one_of(wanted));
        }
        for (name, value) in &pairs {
            invalid.extend(query.take(collection, name, value, settings).err());
        }
        let natural = collection.ordered.then(|| collection.finds.len() + collection.sorts.len());
        query.order_key = query.sort.map(|sort| collection.finds.len() + sort).or(natural);
        let kept = pairs.iter().filter(|(name, _)| !["page", "size", "after", "before"].contains(&name.as_str()));
        let kept = kept.map(|(name, value)| format!("{}={}&", query::encode(name), query::encode(value)));
        query.kept = kept.collect::<String>() + &format!("size={}", query.size);
        if invalid.is_empty() { Ok(query) } else { Err(Problem::with_invalid(&reasons::INVALID_QUERY, invalid)) }
    }

    /// Takes one parameter.
    fn take(
        &mut self,
        collection: &Collection,
        name: &str,
        value: &str,
        settings: &HttpSettings,
    ) -> Result<(), InvalidInput> {
        match name {
            "page" => self.number = number(name, value, 0).and_then(|page| at_most_largest(name, page))?,
            "size" => self.size = number(name, value, 1)?.min(settings.page_size_max),
            "after" => self.set_cursor(name, value, Cursor::After)?,
            "before" => self.set_cursor(name, value, Cursor::Before)?,
            "sort" => (self.sort, self.descending) = parse_sort(collection, value)?,
            _ => {
                let known = filter::add(&mut self.filters, collection, name, value, &settings.form_limits());
                known.unwrap_or_else(|| Err(InvalidInput::unknown(name)))?;
            }
        }
        Ok(())
    }

    /// A page lies behind one row or before one.
    fn set_cursor(&mut self, name: &str, value: &str, cursor: fn(Mark) -> Cursor) -> Result<(), InvalidInput> {
        if self.cursor.is_some() {
            let other = if name == "after" { "before" } else { "after" };
            return Err(InvalidInput::parameter(name, &Invalid::Contradiction(other)));
        }
        let mark = parse_mark(value).ok_or_else(|| InvalidInput::parameter(name, &Invalid::Type("text")))?;
        self.cursor = Some(cursor(mark));
        Ok(())
    }

    /// Whether a row is one that is asked for, by somebody who may be told so.
    pub fn covers(&self, id: Id, row: &Row) -> bool {
        self.filters.covers(id, row) && self.sight.includes(row) && self.filters.may_be_asked(row, &self.sight)
    }

    /// Whether the page is read from its end to its beginning.
    pub fn is_backwards(&self) -> bool {
        matches!(self.cursor, Some(Cursor::Before(_)))
    }

    /// The place of a row in the order of this list.
    pub fn mark(&self, id: Id, row: &Row) -> Mark {
        (self.order_key.and_then(|at| row.keys.get(at)).copied().unwrap_or(0), id)
    }

    /// The address of another page of the same list.
    pub fn link(&self, path: &str, number: u64) -> String {
        format!("{path}?{}&page={number}", self.kept)
    }

    /// The address of this page.
    pub fn this(&self, path: &str) -> String {
        let link = self.link(path, self.number);
        match self.cursor {
            None => link,
            Some(Cursor::After((key, id))) => format!("{link}&after={key}.{id}"),
            Some(Cursor::Before((key, id))) => format!("{link}&before={key}.{id}"),
        }
    }

    /// The address of the next page, which begins behind this row.
    pub fn next(&self, path: &str, mark: Mark) -> String {
        let number = self.number.saturating_add(1).min(LARGEST);
        ListQuery { number, cursor: Some(Cursor::After(mark)), ..self.clone() }.this(path)
    }

    /// The address of the page before, which ends before this row.
    pub fn previous(&self, path: &str, mark: Mark) -> String {
        let number = self.number.saturating_sub(1);
        ListQuery { number, cursor: Some(Cursor::Before(mark)), ..self.clone() }.this(path)
    }
}

/// Any number of digits. A number that is too large counts as the largest one.
fn number(name: &str, value: &str, min: u64) -> Result<u64, InvalidInput> {
    if value.is_empty() || !value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(InvalidInput::parameter(name, &Invalid::Type("whole number")));
    }
    let number = value.parse().unwrap_or(u64::MAX);
    if number < min {
        Err(InvalidInput::parameter(name, &Invalid::Range(min as i64..=LARGEST as i64)))
    } else {
        Ok(number)
    }
}

fn at_most_largest(name: &str, number: u64) -> Result<u64, InvalidInput> {
    let range = || InvalidInput::parameter(name, &Invalid::Range(0..=LARGEST as i64));
    Some(number).filter(|number| *number <= LARGEST).ok_or_else(range)
}

fn parse_mark(value: &str) -> Option<Mark> {
    let (key, id) = value.split_once('.')?;
    Some((key.parse().ok()?, Id(id.parse().ok()?)))
}

/// `price`, `price,desc`, `id`: the sorts that a collection declares, and its id. Says which sort, and whether it descends.
fn parse_sort(collection: &Collection, value: &str) -> Result<(Option<usize>, bool), InvalidInput> {
    let (name, direction) = value.split_once(',').unwrap_or((value, "asc"));
    let name = if collection.names_of_id().any(|known| known == name) { "id" } else { name };
    let known = name == "id" || collection.sort(name).is_some();
    if !known || !["asc", "desc"].contains(&direction) {
        let names = sort_names(collection);
        return Err(InvalidInput::none_of(
            InputPart::Parameter,
            "sort",
            &format!("{} (,asc | ,desc)", names.join(" | ")),
        ));
    }
    Ok((collection.sort(name), direction == "desc"))
}

/// The names of all sorts of a collection.
pub(crate) fn sort_names(collection: &Collection) -> Vec<&'static str> {
    collection.names_of_id().chain(collection.sorts.iter().map(|sort| sort.name).filter(|name| *name != "id")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(collection: &str, written: &str) -> Result<ListQuery, Vec<String>> {
        let system = taxi::system(&kernel::Settings::defaults(taxi::SETTINGS));
        let mut all = system.contexts.iter().flat_map(|context| context.readable());
        let collection = all.find(|c| c.name == collection).expect("declared");
        let pairs = query::parse(Some(written)).map_err(|_| vec![])?;
        ListQuery::read(collection, pairs, &HttpSettings::default(), Sight::default()).map_err(|problem| {
            problem.invalid.iter().map(|invalid| format!("{} {}", invalid.name, invalid.code)).collect()
        })
    }

    #[test]
    fn a_page_is_read() {
        let query = read("catches", "page=2&size=7&sort=price,desc&customer=Kim").expect("sound");
        assert_eq!((query.number, query.size, query.sort, query.descending), (2, 7, Some(0), true));
        assert_eq!(query.filters.fields.len(), 1);
        assert_eq!(query.link("/catches", 1), "/catches?sort=price,desc&customer=Kim&size=7&page=1");
    }

    #[test]
    fn a_link_is_understood_again() {
        let query = read("catches", "customer=%ED%99%8D%20%26&size=3").expect("sound");
        let next = query.next("/catches", (-5, Id(9)));
        let again = read("catches", next.split_once('?').expect("a query").1).expect("sound");
        assert_eq!((again.cursor, again.number, again.size), (Some(Cursor::After((-5, Id(9)))), 1, 3));
        assert_eq!(again.filters, query.filters);
        assert_eq!(again.this("/catches"), next);
        let previous = again.previous("/catches", (-7, Id(8)));
        let back = read("catches", previous.split_once('?').expect("a query").1).expect("sound");
        assert_eq!((back.cursor, back.number), (Some(Cursor::Before((-7, Id(8)))), 0));
    }

    #[test]
    fn a_large_size_counts_as_the_largest() {
        assert_eq!(read("catches", "size=201").expect("sound").size, 200);
        assert_eq!(read("catches", "size=99999999999999999999999").expect("sound").size, 200);
        assert_eq!(read("catches", "").expect("sound").size, 20);
    }

    #[test]
    fn everything_wrong_is_named_at_once() {
        let wrong = read("catches", "page=-1&size=0&sort=color&color=red&after=x").expect_err("wrong");
        assert_eq!(wrong, ["page type", "size range", "sort choice", "color unknown", "after type"]);
        assert_eq!(read("catches", "after=1.1&before=1.9").expect_err("wrong"), ["before contradiction"]);
        for query in
            ["page=", "size=", "page=1.0", "page=9007199254740992", "sort=", "sort=price,up", "sort=price,desc,id"]
        {
            assert!(read("catches", query).is_err(), "{query}");
        }
    }

    #[test]
    fn one_of_the_filters_that_must_be_given_is_given() {
        assert_eq!(read("messages", "page=0").expect_err("wrong"), ["customer missing"]);
        assert_eq!(read("messages", "customer=+").expect_err("wrong"), ["customer missing"]);
        assert!(read("messages", "customer=Kim&matchId=3").is_ok());
        assert_eq!(read("messages", "matchId=3").expect("sound").filters.fields.len(), 1);
        assert_eq!(read("messages", "id=3").expect_err("wrong"), ["customer missing"]);
        assert_eq!(read("messages", "customer=Kim&sort=id,desc").expect("sound").sort, Some(0), "a sort of its own");
    }
}
