//! Looks at the built pages again when they change. Where there are none yet, their folder is made: a missing one counts as changed each time.

fn main() {
    let dist = "../../web/dist";
    if let Err(error) = std::fs::create_dir_all(dist) {
        println!("cargo::warning={dist} can't be made: {error}");
    }
    println!("cargo::rerun-if-changed={dist}");
}
