//! Looks at the built pages again when they change.

fn main() {
    println!("cargo::rerun-if-changed=../../web/dist");
}
