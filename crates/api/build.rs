//! The portals are compiled in: new builds of them must lead to a new build of this crate.
fn main() {
    println!("cargo:rerun-if-changed=../../frontend-customer/dist");
    println!("cargo:rerun-if-changed=../../frontend-admin/dist");
}
