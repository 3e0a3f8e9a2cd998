//! The proof of stores at rest, on stores in memory: what a run leaves holds, and whatever is spoiled in it is named.
mod spoiled;
mod town;
mod whole;
