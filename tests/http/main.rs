//! The product over HTTP, on both engines.

mod state_table;
