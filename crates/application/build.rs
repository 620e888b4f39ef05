//! The demo data is compiled in: a change of it must lead to a new build.
fn main() {
    println!("cargo:rerun-if-changed=../../demo");
}
