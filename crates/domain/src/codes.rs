//! Closed lists of codes: the same word in JSON, in the database and in the OpenAPI documents.

use thiserror::Error;

/// A text that is none of the codes of its list.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("{0:?} is not one of: {1}")]
pub struct UnknownCode(pub String, pub String);

/// Declares an enum whose variants are written as `snake_case` codes everywhere.
macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord,
            serde::Serialize, serde::Deserialize, utoipa::ToSchema,
        )]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every code, in the order of its declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code as it is written in JSON and in the database.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::codes::UnknownCode;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|c| c.as_str() == text).ok_or_else(|| {
                    let known: Vec<_> = Self::ALL.iter().map(|c| c.as_str()).collect();
                    $crate::codes::UnknownCode(text.to_owned(), known.join(", "))
                })
            }
        }

        #[cfg(feature = "sqlx")]
        $crate::column::text_column!($name);
    };
}

pub(crate) use codes;
