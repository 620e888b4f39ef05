//! What the product promises in writing, held against what it is.

mod coverage;
