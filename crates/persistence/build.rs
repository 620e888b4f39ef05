//! New migrations must lead to a new build: they are compiled in.
fn main() {
    println!("cargo:rerun-if-changed=../../migrations");
}
