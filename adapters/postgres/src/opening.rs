//! What a store is opened with, at the start and whenever it is claimed.
use crate::claim::{Claim, Claimant};
use crate::connection::Kind;
use crate::creation;
use crate::fault::{Done, Fault, Place};
use crate::identity::{Whose, check_server};
use crate::lease::Lease;
use crate::options::PostgresOptions;
use crate::session::Session;
use runtime::port::replica::Replica;
use runtime::port::store::{Result, StoreError, Table};

#[derive(Clone)]
pub(crate) struct Opening {
    pub place: Place,
    pub context: String,
    pub system: String,
    pub tables: Vec<Table>,
    pub options: PostgresOptions,
    /// Who claims it.
    pub me: Replica,
}

impl Opening {
    pub fn of(
        address: &crate::ServerAddress,
        (context, system): (&str, &str),
        tables: &[Table],
        options: PostgresOptions,
        me: Replica,
    ) -> Result<Opening> {
        let place = crate::read::place(address, context, system)?;
        let (context, system, tables) = (context.to_string(), system.to_string(), tables.to_vec());
        Ok(Opening { place, context, system, tables, options, me })
    }

    pub fn whose(&self) -> Whose<'_> {
        Whose { schema: &self.place.schema, context: &self.context, system: &self.system }
    }

    /// A writer's.
    pub fn connect(&self) -> Done<Session> {
        let session = Session::connect(&self.place.address, &self.options, Kind::Writer)?;
        check_server(&session)?;
        Ok(session)
    }

    /// The schema is made where it is not there.
    pub fn make(&self, session: &Session) -> Done<()> {
        if creation::exists(session, &self.whose())? { Ok(()) } else { creation::create(session, &self.whose()) }
    }

    /// A schema that was there is not made again: what it held is missing.
    pub fn expect_made(&self, session: &Session) -> Done<()> {
        if creation::exists(session, &self.whose())? { Ok(()) } else { Err(self.gone()) }
    }

    pub fn gone(&self) -> Fault {
        Fault::Said(StoreError::Failed(format!(
            "The schema {} is gone. Restore all schemas of the system together, from one backup.",
            self.place.schema.name()
        )))
    }

    /// Waits for an owner that may be gone.
    pub fn claim(&self, session: &Session) -> Done<Claim> {
        self.claimant().claim(session)
    }

    /// Waits for nobody.
    pub fn claim_at_once(&self, session: &Session, may: impl FnMut(&Lease) -> bool) -> Done<Claim> {
        self.claimant().claim_at_once(session, may)
    }

    fn claimant(&self) -> Claimant<'_> {
        Claimant { whose: self.whose(), me: &self.me, options: &self.options }
    }
}
