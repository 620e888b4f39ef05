//! BSM
