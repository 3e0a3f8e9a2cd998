//! Who may use an endpoint, where people sign in.
use crate::problem::{HttpResult, Problem, reasons};
use crate::request::HttpRequest;
use crate::request::permitted::PermittedRequest;
use kernel::{Caller, Grants, Name, OPERATOR, Permission, Rights};

/// For whom an endpoint answers. In mode `open`: for everybody.
#[derive(Clone, Copy)]
pub(crate) enum Audience<'a> {
    Everybody,
    /// Whoever is signed in, in whatever role.
    SignedIn,
    Operator,
    /// The operator, or a program that reads metrics.
    MetricsReaders,
    /// Those who may read a collection.
    Readers(&'a Grants),
    /// Those who may use a route, and may know of the rows it changes as far as its collection says.
    Users {
        of: &'a Grants,
        seen: Option<&'a Grants>,
    },
}

impl Audience<'_> {
    fn permission(self, caller: &Caller) -> Option<Permission> {
        match self {
            Audience::Everybody | Audience::SignedIn => Some(Permission::default()),
            Audience::Operator | Audience::MetricsReaders => caller.has(OPERATOR.name).then(Permission::default),
            Audience::Readers(grants) => {
                let sees = grants.to_read(caller)?;
                Some(Permission { may: Rights::default(), sees })
            }
            Audience::Users { of, seen } => {
                let may = of.to_use(caller)?;
                let sees = seen.map_or(Some(Rights::All), |seen| seen.to_read(caller));
                Some(Permission { may, sees: sees.unwrap_or(Rights::Of(vec![])) })
            }
        }
    }

    fn roles(self) -> Vec<Name> {
        match self {
            Audience::Everybody | Audience::SignedIn => vec![],
            Audience::Operator | Audience::MetricsReaders => vec![OPERATOR.name],
            Audience::Readers(grants) => [grants.roles(), vec![OPERATOR.name]].concat(),
            Audience::Users { of, .. } => of.roles(),
        }
    }
}

/// Says no to whoever lacks a role. `is_let_in`: nobody is asked who they are, or it is known already that this one may.
pub(crate) fn permit(audience: Audience<'_>, request: HttpRequest, is_let_in: bool) -> HttpResult<PermittedRequest> {
    let Some(caller) = &request.caller else {
        // what an edge passes on without a caller, where people sign in, is let in by nobody
        let is_let_in = is_let_in || matches!(audience, Audience::Everybody);
        return match is_let_in {
            true => Ok(PermittedRequest::new(request, Permission::default())),
            false => Err(Problem::new(&reasons::SIGN_IN_NEEDED)),
        };
    };
    match audience.permission(caller) {
        Some(permission) => Ok(PermittedRequest::new(request, permission)),
        None => Err(Problem::role_missing(audience.roles())),
    }
}
