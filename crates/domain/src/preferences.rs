//! How a person wants the portals to look.

use crate::codes::codes;

codes!(
    /// Light or dark.
    Theme {
        /// Dark text on light.
        Light = "light",
        /// Light text on dark.
        Dark = "dark",
        /// As the person's system says.
        Auto = "auto",
    }
);
