//! A group as the statements of one transaction, and what the owner's memory is changed by once that is durable.
use crate::cache::Cache;
use crate::calls::Forgotten;
use crate::catalog::{self, Catalog};
use crate::fault::{Done, failed};
use crate::fence::Fence;
use crate::options::PostgresOptions;
use crate::schema_name::SchemaName;
use crate::statement::Statement;
use crate::{answers, calls, groups, log, parked, place, rows, states};
use kernel::uuid::Uuid;
use kernel::{Group, Name, Timestamp};
use tokio_postgres::Row;

pub(crate) struct Batch<'a> {
    group: &'a Group,
    /// The first one appends the group.
    pub statements: Vec<Statement<'a>>,
    position: u64,
    kinds: Vec<(Name, i32)>,
    forgets: Forgotten,
    /// Which statement says how far old answers are gone.
    expires: Option<usize>,
    pruned: Option<groups::Prune>,
    /// Listed rows that come and go, by the table's number.
    moved: Vec<(i32, u64)>,
}

/// What a group is written with.
pub(crate) struct Writing<'w> {
    pub schema: &'w SchemaName,
    pub catalog: &'w Catalog,
    pub cache: &'w Cache,
    pub options: &'w PostgresOptions,
    pub fence: Fence,
    /// The group's name, which no other one has.
    pub id: Uuid,
    /// Where the store works, until a group has said so.
    pub settles: Option<&'w str>,
}

impl<'a> Batch<'a> {
    /// # Errors
    /// Nothing was sent yet.
    pub fn of(group: &'a Group, writing: &Writing<'_>) -> Done<Batch<'a>> {
        let Writing { schema, catalog, cache, options, fence, id, settles } = writing;
        let mut statements = vec![fence.append(schema, *id, group)?];
        let (events, position) = log::append(schema, &group.commits, cache.position)?;
        if group.head.position != position {
            return failed(format!(
                "The group's head is at position {} but its log ends at {position}. Nothing was written.",
                group.head.position
            ));
        }
        statements.extend(settles.map(|lies| place::settle(schema, lies)));
        statements.extend(events);
        let kinds = states::write(schema, &group.commits, &cache.kinds, &mut statements)?;
        let moved = rows::write(schema, &group.commits, catalog, (fence.version + 1, *id), &mut statements)?;
        let forgets = calls::write(schema, &group.commits, &cache.forgotten, &mut statements)?;
        statements.extend(answers::write(schema, &group.commits));
        parked::write(schema, &group.commits, &mut statements)?;
        let expires = group.answers_before.map(|before| {
            statements.push(answers::expire(schema, cache.expired_to, before, options.answers_batch));
            statements.len() - 1
        });
        for table in &group.drop {
            if let Ok(stored) = catalog.get(table) {
                statements.extend(catalog::remove(schema, &stored));
            }
        }
        let pruned = groups::Prune::due(cache, *fence, options);
        if let Some(prune) = &pruned {
            prune.write(schema, &mut statements);
        }
        Ok(Batch { group, statements, position, kinds, forgets, expires, pruned, moved })
    }

    /// The owner's memory after the group; `rows` are those of each statement, where the server has said them.
    pub fn became_durable(&self, rows: &[Vec<Row>], cache: &mut Cache) -> Done<()> {
        let commits = &self.group.commits;
        cache.position = self.position;
        cache.kinds.extend(self.kinds.iter().map(|(name, number)| (name.to_string(), *number)));
        cache.forgotten.extend(self.forgets.iter().map(|(caller, below)| (caller.clone(), *below)));
        commits.iter().flat_map(|commit| &commit.states).for_each(|state| cache.states.wrote(state.kind, state.id));
        commits.iter().flat_map(|commit| &commit.rows).for_each(|row| cache.rows.wrote(&row.table, row.id));
        let keys = commits.iter().flat_map(|commit| &commit.calls).map(|(key, _)| key);
        keys.for_each(|key| cache.calls.wrote(&key.caller, key.ticket));
        self.group.drop.iter().for_each(|table| cache.rows.forget(table));
        self.moved.iter().for_each(|(number, rows)| cache.moves.entry(*number).or_default().moved += rows);
        if let Some(expired) = self.expires.and_then(|nth| rows.get(nth)) {
            cache.expired_to = answers::expired_to(expired, cache.expired_to)?;
        }
        let oldest = answers::oldest(commits).unwrap_or(Timestamp(i64::MAX));
        cache.expired_to = cache.expired_to.min(oldest);
        if let Some(prune) = &self.pruned {
            cache.heads_from = prune.heads_to;
            cache.groups_from = prune.kept_from(rows.last())?.unwrap_or(cache.groups_from);
        }
        Ok(())
    }
}
