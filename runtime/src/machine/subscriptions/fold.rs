//! What one event changes in a view: its rows, each with its folded value and history.
use crate::machine::current::{CurrentRow, RowKey};
use crate::machine::decide::{guarded, readable};
use crate::machine::draft::Draft;
use crate::machine::fold::{fold_up, remember};
use crate::machine::workspace::Scope;
use crate::port::store::Result;
use kernel::{Consumer, Erased, Folded, Id, Owners, Person, Recorded, Row, SourceFold, View};
use std::sync::Arc;

impl Scope<'_> {
    pub(super) fn fold_event(
        &mut self,
        draft: &mut Draft,
        consumer: &Consumer,
        source: &str,
        recorded: &Arc<Recorded>,
    ) -> Result<std::result::Result<(), String>> {
        let declared = self.work.declared();
        let Some(view) = declared.views.iter().find(|view| view.consumer() == *consumer) else { return Ok(Ok(())) };
        let table = declared.tables().position(|c| std::ptr::eq(c, &view.collection)).unwrap_or_default();
        let sees = recorded.published || source == declared.name;
        for source_fold in view.folds.iter().filter(|source_fold| source_fold.source == source && sees) {
            let event = match (source_fold.read)(recorded) {
                Ok(Some(event)) => event,
                Ok(None) => continue,
                Err(unreadable) => return Ok(Err(format!("{} can't be read: {unreadable}", recorded.event_type))),
            };
            let Some(id) = (source_fold.key)(&event, recorded) else { continue };
            if let Err(why) = self.fold_row(draft, (view, source_fold), (table, id), &event, (source, recorded))? {
                return Ok(Err(why));
            }
        }
        Ok(Ok(()))
    }

    fn fold_row(
        &mut self,
        draft: &mut Draft,
        (view, source_fold): (&View, &SourceFold),
        key: RowKey,
        event: &Erased,
        (source, recorded): (&str, &Arc<Recorded>),
    ) -> Result<std::result::Result<(), String>> {
        let found = self.work.current.folded(&draft.changed, self.store, view, key);
        let (current, folded) = match readable(found)? {
            Ok(found) => found,
            Err(what) => return Ok(Err(what)),
        };
        let value = match guarded(|| (source_fold.fold)(&folded.value, event, recorded)) {
            Ok(value) => value,
            Err(broke) => return Ok(Err(broke)),
        };
        let mut next = Folded { value, history: folded.history.clone(), history_cut: folded.history_cut };
        if view.history {
            remember(&mut next, recorded, source, self.work.limits.history_rows);
        }
        let first = recorded.meta.owner;
        self.change_view_row(draft, view, key, current, (next, first));
        Ok(Ok(()))
    }

    fn change_view_row(
        &mut self,
        draft: &mut Draft,
        view: &View,
        key: RowKey,
        current: CurrentRow,
        (folded, owner): (Folded, Option<Person>),
    ) {
        let before = current.row.as_deref();
        let mut row = view_row(view, key.1, &folded);
        row.owners = match (&view.owners, before) {
            (Some(owners), _) => view.collection.owner_keys(&owners(&folded.value)),
            (None, Some(before)) => before.owners,
            (None, None) => view.collection.owner_keys(&Owners { owner, partner: None }),
        };
        if before.and_then(visible) == visible(&row) {
            row.change = before.map_or(0, |before| before.change);
        } else {
            draft.change += 1;
            row.change = draft.change;
        }
        let (change, row) = (row.change, Arc::new(row));
        let after = CurrentRow { row: Some(row), folded: Some(Arc::new(folded)) };
        self.change_row(draft, key, current.row, after, change);
    }
}

/// What people see of a row.
fn visible(row: &Row) -> Option<(bool, Arc<str>, Option<Arc<str>>)> {
    row.body.clone().map(|body| (row.listed, body, row.history.clone()))
}

fn view_row(view: &View, id: Id, folded: &Folded) -> Row {
    let (fold, history) = fold_up(view, folded);
    let keys = view.collection.finds.len() + view.collection.sorts.len() + usize::from(view.collection.ordered);
    let mut row =
        Row { change: 0, listed: false, keys: vec![0; keys], body: None, fold: Some(fold), history, owners: [0; 2] };
    if let Some(shown) = (view.collection.show)(id, id, &folded.value) {
        (row.listed, row.keys, row.body) = (shown.listed, shown.keys, Some(shown.body.into()));
    }
    row
}
