//! What should be there beside what is there, in order of id.
use crate::port::store::Result;
use kernel::Id;

/// Walks both sides at once; ids at or above `below` are left.
pub fn merge<A, B>(
    expected: impl Iterator<Item = (Id, A)>,
    stored: impl Iterator<Item = Result<(Id, B)>>,
    below: Option<Id>,
    mut each: impl FnMut(Id, Option<A>, Option<B>),
) -> Result<()> {
    let (mut expected, mut stored) = (expected.peekable(), stored.peekable());
    loop {
        let should = expected.peek().map(|(id, _)| *id);
        let is = match stored.peek() {
            Some(Ok((id, _))) => Some(*id).filter(|id| below.is_none_or(|below| *id < below)),
            Some(Err(error)) => return Err(error.clone()),
            None => None,
        };
        let Some(id) = should.into_iter().chain(is).min() else { return Ok(()) };
        let a = expected.next_if(|(at, _)| *at == id).map(|(_, a)| a);
        let b = if is == Some(id) { stored.next().transpose()?.map(|(_, b)| b) } else { None };
        each(id, a, b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_meet_at_their_ids_and_the_rest_is_left() {
        let expected = [(Id(1), 'a'), (Id(3), 'c')].into_iter();
        let stored = [Ok((Id(2), 'b')), Ok((Id(3), 'c')), Ok((Id(9), 'x'))].into_iter();
        let mut seen = vec![];
        merge(expected, stored, Some(Id(9)), |id, a, b| seen.push((id.0, a, b))).expect("nothing fails here");
        assert_eq!(seen, [(1, Some('a'), None), (2, None, Some('b')), (3, Some('c'), Some('c'))]);
    }
}
