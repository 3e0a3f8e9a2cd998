//! One file a command.
pub mod backup;
pub mod bench;
pub mod board;
pub mod check;
pub mod completion;
pub mod gateway;
pub mod keys;
pub mod log;
pub mod parked;
pub mod run;
pub mod sandbox;
pub mod serve;
pub mod settings;
pub mod status;
pub mod stop;
pub mod systems;
pub mod token;
