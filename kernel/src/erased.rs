//! Values whose type only their own declaration knows. Types are forgotten here and nowhere else.
use std::any::{Any, type_name};
use std::sync::Arc;

/// A value whose type only its own declaration knows.
pub type Erased = Arc<dyn Any + Send + Sync>;

/// The value in the type of its declaration. A value of another type is a bug of the program, which stops here instead of going on with nothing.
#[track_caller]
pub(crate) fn typed<'a, T: 'static>(value: &'a Erased, declaration: &str) -> &'a T {
    value.downcast_ref::<T>().unwrap_or_else(|| {
        panic!("{declaration} is declared for {} and was given a value of another type", type_name::<T>())
    })
}

#[cfg(test)]
mod tests;
