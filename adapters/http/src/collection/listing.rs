//! What a client asks of a collection: which rows, in which order, which page.
use crate::cause;
use crate::field::{Flaw, Part};
use crate::filter::Filters;
use crate::problem::{Outcome, Problem};
use crate::query::{self, Pairs};
use crate::settings::Bounds;
use kernel::{Collection, Id, Invalid};

const LARGEST: u64 = (1 << 53) - 1;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Listing {
    pub filters: Filters,
    /// Index among the collection's sorts.
    pub sort: Option<usize>,
    pub descending: bool,
    pub number: u64,
    pub size: u64,
    pub after: Option<(i64, Id)>,
    /// Filters, order and size as a query, for the links to other pages.
    kept: String,
}

impl Listing {
    pub fn read(collection: &Collection, pairs: Pairs, bounds: &Bounds) -> Outcome<Listing> {
        let mut listing = Listing { size: bounds.page_size, ..Listing::default() };
        let mut flaws = vec![];
        let must = collection.must_find.filter(|name| !pairs.iter().any(|(given, _)| given == name));
        flaws.extend(must.map(|name| Flaw::parameter(name, &Invalid::Missing)));
        for (name, value) in &pairs {
            if let Err(flaw) = listing.take(collection, name, value, bounds) {
                flaws.push(flaw);
            }
        }
        let kept = pairs.iter().filter(|(name, _)| !["page", "size", "after"].contains(&name.as_str()));
        let kept = kept.map(|(name, value)| format!("{}={}&", query::encode(name), query::encode(value)));
        listing.kept = kept.collect::<String>() + &format!("size={}", listing.size);
        if flaws.is_empty() { Ok(listing) } else { Err(Problem::flawed(&cause::INVALID_QUERY, flaws)) }
    }

    fn take(&mut self, collection: &Collection, name: &str, value: &str, bounds: &Bounds) -> Result<(), Flaw> {
        match name {
            "page" => self.number = number(name, value, 0).and_then(|page| below(name, page))?,
            "size" => self.size = number(name, value, 1)?.min(bounds.page_size_max),
            "after" => self.after = Some(mark(value).ok_or_else(|| Flaw::parameter(name, &Invalid::Type("text")))?),
            "sort" => (self.sort, self.descending) = sort(collection, value)?,
            _ => {
                let known = self.filters.take(collection, name, value, &bounds.text());
                known.unwrap_or_else(|| Err(Flaw::unknown(name)))?;
            }
        }
        Ok(())
    }

    pub fn link(&self, path: &str, number: u64) -> String {
        format!("{path}?{}&page={number}", self.kept)
    }

    pub fn next(&self, path: &str, (key, id): &(i64, Id)) -> String {
        format!("{}&after={key}.{id}", self.link(path, self.number + 1))
    }
}

/// Any number of digits; more than can be counted is as many as can be.
fn number(name: &str, value: &str, min: u64) -> Result<u64, Flaw> {
    if value.is_empty() || !value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Flaw::parameter(name, &Invalid::Type("whole number")));
    }
    let number = value.parse().unwrap_or(u64::MAX);
    if number < min { Err(Flaw::parameter(name, &Invalid::Range(min as i64..=LARGEST as i64))) } else { Ok(number) }
}

fn below(name: &str, number: u64) -> Result<u64, Flaw> {
    let range = || Flaw::parameter(name, &Invalid::Range(0..=LARGEST as i64));
    Some(number).filter(|number| *number <= LARGEST).ok_or_else(range)
}

fn mark(value: &str) -> Option<(i64, Id)> {
    let (key, id) = value.split_once('.')?;
    Some((key.parse().ok()?, Id(id.parse().ok()?)))
}

/// `price`, `price,desc`, `id`: the names a collection declares, and its id's.
fn sort(collection: &Collection, value: &str) -> Result<(Option<usize>, bool), Flaw> {
    let (name, direction) = value.split_once(',').unwrap_or((value, "asc"));
    let name = if collection.names_of_id().any(|known| known == name) { "id" } else { name };
    let known = name == "id" || collection.sort(name).is_some();
    if !known || !["asc", "desc"].contains(&direction) {
        let names: Vec<&str> = sort_names(collection);
        return Err(Flaw::choice(Part::Parameter, "sort", &format!("{} (,asc | ,desc)", names.join(" | "))));
    }
    Ok((collection.sort(name), direction == "desc"))
}

/// Everything a collection is sorted by.
pub(crate) fn sort_names(collection: &Collection) -> Vec<&'static str> {
    collection.names_of_id().chain(collection.sorts.iter().map(|sort| sort.name).filter(|name| *name != "id")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(collection: &str, query: &str) -> Result<Listing, Vec<String>> {
        let system = taxi::system(&kernel::Settings::defaults(taxi::SETTINGS));
        let mut all = system.contexts.iter().flat_map(|context| context.readable());
        let collection = all.find(|c| c.name == collection).expect("declared");
        let pairs = query::pairs(Some(query)).map_err(|_| vec![])?;
        Listing::read(collection, pairs, &Bounds::default())
            .map_err(|problem| problem.flaws.iter().map(|flaw| format!("{} {}", flaw.name, flaw.code)).collect())
    }

    #[test]
    fn a_page_is_asked_for() {
        let listing = read("catches", "page=2&size=7&sort=price,desc&customer=Kim").expect("sound");
        assert_eq!((listing.number, listing.size, listing.sort, listing.descending), (2, 7, Some(0), true));
        assert_eq!(listing.filters.fields.len(), 1);
        assert_eq!(listing.link("/catches", 1), "/catches?sort=price,desc&customer=Kim&size=7&page=1");
    }

    #[test]
    fn a_link_is_understood_again() {
        let listing = read("catches", "customer=%ED%99%8D%20%26&size=3").expect("sound");
        let next = listing.next("/catches", &(-5, Id(9)));
        let again = read("catches", next.split_once('?').expect("a query").1).expect("sound");
        assert_eq!((again.after, again.number, again.size), (Some((-5, Id(9))), 1, 3));
        assert_eq!(again.filters, listing.filters);
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
        for query in
            ["page=", "size=", "page=1.0", "page=9007199254740992", "sort=", "sort=price,up", "sort=price,desc,id"]
        {
            assert!(read("catches", query).is_err(), "{query}");
        }
    }

    #[test]
    fn what_must_be_given_must_be_given() {
        assert_eq!(read("messages", "page=0").expect_err("wrong"), ["customer missing"]);
        assert_eq!(read("messages", "customer=+").expect_err("wrong"), ["customer missing"]);
        assert!(read("messages", "customer=Kim&matchId=3").is_ok());
        assert_eq!(read("messages", "customer=Kim&sort=id,desc").expect("sound").sort, Some(0), "a sort of its own");
    }
}
