//! Given a source whose store is another one now: nothing of the one before is taken for a part of it.
use crate::given::{Given, LIFE, message, published};
use kernel::Life;

#[test]
fn given_messages_of_another_life_then_they_are_counted_and_passed() {
    let mut given = Given::over_the_topic(3);
    let mut other = message(5);
    other.life = Life::random(LIFE + 1);
    assert!(!given.hear(other));
    given.reads_all();
    assert_eq!((given.read.clone(), given.counts().other_life), (vec![], 1));
}

#[test]
fn given_another_life_of_the_source_then_what_came_of_the_one_before_is_not_used() {
    let mut given = Given::over_the_topic(3);
    let life = Life::random(LIFE + 1);
    given.hear(message(7));
    given.log_ends_in(life, 5);
    given.reads_all();
    assert_eq!(given.read, [5], "from the log of the new life");
    given.log_ends_in(life, 7);
    given.hear(message(7));
    let mut of_this_life = message(7);
    of_this_life.life = life;
    given.hear(of_this_life);
    given.reads_all();
    assert_eq!(given.read, published(5, 7));
    assert_eq!(given.counts().other_life, 1);
}
