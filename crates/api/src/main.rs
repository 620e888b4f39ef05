//! The `bsm` binary.
fn main() {}
