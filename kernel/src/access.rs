//! Who may do what, as a system declares it: roles, and what each may use and read. Who somebody is comes from outside.
use crate::caller::{Caller, Owners, Person, Relation};
use crate::name::Name;
use std::fmt;

/// What somebody may be in a system. One person may be several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Role {
    pub name: Name,
    /// One sentence for people.
    pub about: Name,
}

/// Of every system: reads everything, uses what is granted to it by name, and what is nobody's as its owner might.
pub const OPERATOR: Role =
    Role::new("operator", "Runs the system: reads everything, and cancels in a customer's name.");

impl Role {
    pub const fn new(name: Name, about: Name) -> Role {
        Role { name, about }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// On which things a role may do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    All,
    /// Those of which whoever asks is this.
    Own(Relation),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    pub role: Role,
    pub reach: Reach,
}

/// Who may use a route or read a collection. Grants add up; without any, nobody has said who may.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grants(Vec<Grant>);

/// The things on which somebody may do something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Rights {
    #[default]
    All,
    /// Those of which this part is one of these.
    Of(Vec<(Relation, Whose)>),
}

/// Whose things somebody may do something to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    Persons(Vec<Person>),
    /// Those that belong to none of these issuers' people: made before anybody signed in, or by people of another issuer.
    NobodyOf(Vec<u32>),
}

/// What somebody may change of a request's collection, and what they may know of. Where nobody signs in: everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Permission {
    pub may: Rights,
    pub sees: Rights,
}

impl Permission {
    /// Why a thing can't be changed, if so.
    pub fn denied(&self, of: &Owners) -> Option<Denied> {
        match (self.may.reach(of), self.sees.reach(of)) {
            (true, _) => None,
            (false, true) => Some(Denied::NotYours),
            (false, false) => Some(Denied::Unseen),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denied {
    /// It may be read.
    NotYours,
    /// For whoever asks, it does not exist.
    Unseen,
}

impl Grants {
    pub(crate) fn and(mut self, role: Role, reach: Reach) -> Grants {
        self.0.push(Grant { role, reach });
        self
    }

    pub fn is_declared(&self) -> bool {
        !self.0.is_empty()
    }

    pub fn all(&self) -> &[Grant] {
        &self.0
    }

    /// Whether it matters to them whose a thing is.
    pub fn ask_whose(&self) -> bool {
        self.0.iter().any(|grant| grant.reach != Reach::All)
    }

    /// What somebody may read; `None`: nothing, for want of a role. An operator reads everything.
    pub fn to_read(&self, caller: &Caller) -> Option<Rights> {
        if caller.has(OPERATOR.name) { Some(Rights::All) } else { self.granted(caller) }
    }

    /// What somebody may do it to; `None`: nothing, for want of a role. An operator stands in for nobody where an owner may.
    pub fn to_use(&self, caller: &Caller) -> Option<Rights> {
        let issuers: Vec<u32> = caller.persons().map(Person::issuer).collect();
        let nobodys = || -> Vec<_> { self.parts().map(|part| (part, Whose::NobodyOf(issuers.clone()))).collect() };
        match self.granted(caller) {
            Some(Rights::Of(own)) if caller.has(OPERATOR.name) => Some(Rights::Of([own, nobodys()].concat())),
            None if caller.has(OPERATOR.name) && self.ask_whose() => Some(Rights::Of(nobodys())),
            granted => granted,
        }
    }

    /// Those with whom it can be done, by name.
    pub fn roles(&self) -> Vec<Name> {
        let mut roles: Vec<Name> = self.0.iter().map(|grant| grant.role.name).collect();
        roles.sort_unstable();
        roles.dedup();
        roles
    }

    fn parts(&self) -> impl Iterator<Item = Relation> {
        self.0.iter().filter_map(|grant| match grant.reach {
            Reach::All => None,
            Reach::Own(part) => Some(part),
        })
    }

    fn granted(&self, caller: &Caller) -> Option<Rights> {
        let mut own = vec![];
        for grant in self.0.iter().filter(|grant| caller.has(grant.role.name)) {
            match grant.reach {
                Reach::All => return Some(Rights::All),
                Reach::Own(part) => own.push((part, Whose::Persons(caller.persons().collect()))),
            }
        }
        (!own.is_empty()).then_some(Rights::Of(own))
    }
}

impl Rights {
    pub fn reach(&self, of: &Owners) -> bool {
        match self {
            Rights::All => true,
            Rights::Of(parts) => parts.iter().any(|(part, whose)| whose.includes(of.of(*part))),
        }
    }

    /// As `reach`, by the keys of a row's owners.
    pub fn reach_keys(&self, owners: [i64; 2]) -> bool {
        match self {
            Rights::All => true,
            Rights::Of(parts) => {
                parts.iter().any(|(part, whose)| whose.keys().any(|key| key == owners[*part as usize]))
            }
        }
    }
}

impl Whose {
    fn includes(&self, person: Option<Person>) -> bool {
        match (self, person) {
            (Whose::Persons(own), Some(person)) => own.contains(&person),
            (Whose::Persons(_), None) => false,
            (Whose::NobodyOf(issuers), Some(person)) => !issuers.contains(&person.issuer()),
            (Whose::NobodyOf(_), None) => true,
        }
    }

    /// By which rows are found; of nobody's there is none.
    pub fn keys(&self) -> impl Iterator<Item = i64> {
        let own = match self {
            Whose::Persons(own) => own.as_slice(),
            Whose::NobodyOf(_) => &[],
        };
        own.iter().map(|person| person.key())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CUSTOMER: Role = Role::new("customer", "");
    const HOST: Role = Role::new("host", "");
    const COURIER: Role = Role::new("courier", "");

    fn person(number: u8) -> Person {
        Person::from_digests([9; 4], [number; 12])
    }

    fn kim(roles: &[&str]) -> Caller {
        let roles = roles.iter().map(|role| (*role).into()).collect();
        Caller { issuer: "people".into(), subject: "kim".into(), roles, person: person(1), former: vec![] }
    }

    fn grants() -> Grants {
        Grants::default()
            .and(CUSTOMER, Reach::Own(Relation::Owner))
            .and(HOST, Reach::Own(Relation::Partner))
            .and(COURIER, Reach::All)
    }

    #[test]
    fn a_role_may_do_what_is_granted_to_it_and_an_unknown_one_nothing() {
        let own = |parts: &[Relation]| {
            Some(Rights::Of(parts.iter().map(|part| (*part, Whose::Persons(vec![person(1)]))).collect()))
        };
        for (roles, rights) in [
            (&["customer"][..], own(&[Relation::Owner])),
            (&["host", "customer"], own(&[Relation::Owner, Relation::Partner])),
            (&["customer", "courier"], Some(Rights::All)),
            (&["Customer"], None),
            (&["guest", ""], None),
            (&[], None),
        ] {
            assert_eq!(grants().to_read(&kim(roles)), rights, "{roles:?}");
            assert_eq!(grants().to_use(&kim(roles)), rights, "{roles:?}");
        }
    }

    #[test]
    fn an_operator_reads_everything_and_stands_in_for_nobody() {
        assert_eq!(grants().to_read(&kim(&["operator"])), Some(Rights::All));
        let rights = grants().to_use(&kim(&["operator"])).expect("an owner may");
        assert!(rights.reach(&Owners::default()));
        let gone = Owners { owner: Some(Person::from_digests([8; 4], [1; 12])), partner: Some(person(3)) };
        assert!(rights.reach(&gone), "people of another issuer are nobody here");
        assert!(!rights.reach(&Owners { owner: Some(person(2)), partner: Some(person(3)) }));
        let by_courier = Grants::default().and(COURIER, Reach::All);
        assert_eq!(by_courier.to_use(&kim(&["operator"])), None, "no owner may");
    }

    #[test]
    fn who_had_another_issuer_before_is_the_same_one() {
        let before = Person::from_digests([8; 4], [1; 12]);
        let kim = Caller { former: vec![before], ..kim(&["customer", "operator"]) };
        let rights = grants().to_use(&kim).expect("granted");
        let of = |owner| Owners { owner: Some(owner), partner: Some(person(3)) };
        assert!(rights.reach(&of(before)) && rights.reach(&of(person(1))) && !rights.reach(&of(person(2))));
        let other = Person::from_digests([8; 4], [2; 12]);
        assert!(!rights.reach(&of(other)), "somebody else of that issuer is somebody");
    }

    #[test]
    fn rights_reach_what_is_ones_own() {
        let rights = grants().to_use(&kim(&["host"])).expect("granted");
        for (owner, partner, reaches) in [(None, Some(1), true), (Some(1), None, false), (None, None, false)] {
            let of = Owners { owner: owner.map(person), partner: partner.map(person) };
            assert_eq!((rights.reach(&of), rights.reach_keys(of.keys())), (reaches, reaches), "{of:?}");
        }
    }
}
