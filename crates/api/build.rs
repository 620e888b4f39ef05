//! What the binary is built of beside its code: the portals, and how it is linked.

use std::env;
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    // The portals are compiled in: new builds of them must lead to a new build of this crate.
    println!("cargo:rerun-if-changed=../../frontend-customer/dist");
    println!("cargo:rerun-if-changed=../../frontend-admin/dist");
    if runs_where_it_is_built() && c_library_relocates_packed() {
        // The hundred thousand addresses that are settled when the program starts, all of which the
        // process then has in memory: 20 kB instead of 2.5 MB.
        println!("cargo:rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}

/// Whether it is built for a system like this one: nothing is known of another one's libraries.
fn runs_where_it_is_built() -> bool {
    let var = |name| env::var(name).unwrap_or_default();
    var("CARGO_CFG_TARGET_ENV") == "gnu" && var("HOST") == var("TARGET")
}

/// Whether this is glibc 2.36 or newer. Older ones refuse to start what is linked this way.
fn c_library_relocates_packed() -> bool {
    let asked = Command::new("getconf").arg("GNU_LIBC_VERSION").output();
    let Ok(answer) = asked else {
        return false;
    };
    let answer = String::from_utf8_lossy(&answer.stdout);
    let numbers = answer
        .trim()
        .strip_prefix("glibc ")
        .and_then(|version| version.split_once('.'));
    let Some((major, minor)) = numbers else {
        return false;
    };
    let parsed = (major.parse::<u32>(), minor.parse::<u32>());
    matches!(parsed, (Ok(major), Ok(minor)) if (major, minor) >= (2, 36))
}
