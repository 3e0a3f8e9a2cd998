//! Real faults on a real process and a real disk: whatever goes wrong around it, nothing is lost, and it says what is the matter.
mod backup;
mod disk;
mod hostile;
mod open_files;
mod overload;
mod poison;
mod slow;
mod source;
mod text;
mod wait;
mod wire;
