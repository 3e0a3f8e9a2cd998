//! Open files: the process takes as many as it may have, and leaves to clients what its stores and its own work do not need.
use crate::command_error::{CommandError, CommandResult};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// For the ports, the log, an operator's socket, a backup under way, and clients who are turned away.
const OWN: usize = 128;
/// Fewer connections serve nobody.
const CONNECTIONS_MIN: usize = 16;

/// Raises the soft limit to the hard one. Says how many files the process may have open.
pub fn raise_limit() -> usize {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    if current != maximum
        && let Err(error) = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum })
    {
        tracing::warn!(%error, "the limit of open files stays as it is");
    }
    let limit = getrlimit(Resource::Nofile).current;
    limit.map_or(usize::MAX, |files| usize::try_from(files).unwrap_or(usize::MAX))
}

/// How many connections there may be beside the stores, which have `of_stores` files open at most.
pub fn connections(limit: usize, of_stores: usize) -> CommandResult<usize> {
    let left = limit.saturating_sub(of_stores + OWN);
    if left < CONNECTIONS_MIN {
        let wanted = of_stores + OWN + CONNECTIONS_MIN;
        return Err(CommandError::new(format!(
            "this process may have {limit} files open, and needs at least {wanted}: raise the limit (ulimit -n {wanted}), or run fewer systems"
        )));
    }
    Ok(left)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clients_have_what_the_stores_leave() {
        assert_eq!(connections(1024, 80), Ok(816));
        assert!(connections(200, 80).is_err_and(|error| error.text.contains("ulimit -n 224")));
    }

    #[test]
    fn the_limit_is_as_high_as_it_may_be() {
        let limit = raise_limit();
        assert_eq!(getrlimit(Resource::Nofile).current, getrlimit(Resource::Nofile).maximum);
        assert!(limit > CONNECTIONS_MIN);
    }
}
