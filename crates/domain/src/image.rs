//! What kind of picture some bytes are, told by the bytes themselves: never by a name or a media
//! type that a stranger gave. Pictures that can run scripts (SVG) are none of the kinds.

use crate::bounds::{LOGO_BYTES_MAX, LOGO_SIDE_MAX, LOGO_SIDE_MIN};
use crate::codes::codes;

codes!(
    /// A kind of picture that can be a logo.
    ImageKind {
        /// PNG.
        Png = "png",
        /// JPEG.
        Jpeg = "jpeg",
        /// WebP.
        Webp = "webp",
    }
);

impl ImageKind {
    /// The media type to serve it with.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
        }
    }
}

/// What some bytes show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Image {
    /// The kind.
    pub kind: ImageKind,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
}

/// Why some bytes cannot be a logo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotALogo {
    /// Not one of the kinds, or broken.
    #[error("must be a whole PNG, JPEG or WebP picture")]
    UnknownKind,
    /// Too many bytes.
    #[error("must have at most {} KiB", LOGO_BYTES_MAX / 1024)]
    TooLarge,
    /// A side is too short or too long.
    #[error("each side must have {LOGO_SIDE_MIN} to {LOGO_SIDE_MAX} pixels")]
    Dimensions,
}

/// Reads a logo: kind, completeness and dimensions.
///
/// # Errors
/// [`NotALogo`]
pub fn logo(bytes: &[u8]) -> Result<Image, NotALogo> {
    if bytes.len() > LOGO_BYTES_MAX {
        return Err(NotALogo::TooLarge);
    }
    let image = png(bytes)
        .or_else(|| jpeg(bytes))
        .or_else(|| webp(bytes))
        .ok_or(NotALogo::UnknownKind)?;
    let fits = |side: u32| (LOGO_SIDE_MIN..=LOGO_SIDE_MAX).contains(&side);
    if fits(image.width) && fits(image.height) {
        Ok(image)
    } else {
        Err(NotALogo::Dimensions)
    }
}

/// Chunks from the header to the end, and nothing behind it.
fn png(bytes: &[u8]) -> Option<Image> {
    let mut rest = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    let mut size = None;
    let mut has_data = false;
    loop {
        let length = usize::try_from(u32::from_be_bytes(*rest.first_chunk()?)).ok()?;
        let kind = rest.get(4..8)?;
        let data = rest.get(8..length.checked_add(8)?)?;
        rest = rest.get(length.checked_add(12)?..)?;
        match (kind, size) {
            (b"IHDR", None) => {
                let width = u32::from_be_bytes(*data.first_chunk()?);
                let height = u32::from_be_bytes(*data.get(4..)?.first_chunk()?);
                size = Some((width, height));
            }
            (_, None) | (b"IHDR", Some(_)) => return None,
            (b"IDAT", _) => has_data = true,
            (b"IEND", Some((width, height))) => {
                return (has_data && rest.is_empty()).then_some(Image {
                    kind: ImageKind::Png,
                    width,
                    height,
                });
            }
            _ => {}
        }
    }
}

/// Segments from the start to the frame's header; the end of the picture is the end of the file.
fn jpeg(bytes: &[u8]) -> Option<Image> {
    let mut rest = bytes.strip_prefix(b"\xff\xd8")?;
    bytes.ends_with(b"\xff\xd9").then_some(())?;
    loop {
        rest = rest.strip_prefix(b"\xff")?;
        // Any number of 0xff may fill the space before a marker.
        let marker = rest.iter().position(|b| *b != 0xff).map(|n| (rest[n], n))?;
        rest = rest.get(marker.1 + 1..)?;
        let length = usize::from(u16::from_be_bytes(*rest.first_chunk()?));
        let segment = rest.get(2..length)?;
        match marker.0 {
            // A frame of any coding; 0xc4, 0xc8 and 0xcc are tables.
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                return Some(Image {
                    kind: ImageKind::Jpeg,
                    height: u32::from(u16::from_be_bytes(*segment.get(1..)?.first_chunk()?)),
                    width: u32::from(u16::from_be_bytes(*segment.get(3..)?.first_chunk()?)),
                });
            }
            // Data before a frame, an end, or a marker that has no length.
            0x00 | 0x01 | 0xd0..=0xda => return None,
            _ => rest = rest.get(length..)?,
        }
    }
}

/// A RIFF of the very length of the file; the first chunk tells the dimensions.
fn webp(bytes: &[u8]) -> Option<Image> {
    let rest = bytes.strip_prefix(b"RIFF")?;
    let length = usize::try_from(u32::from_le_bytes(*rest.first_chunk()?)).ok()?;
    (length.checked_add(8)? == bytes.len()).then_some(())?;
    let rest = rest.get(4..)?.strip_prefix(b"WEBP")?;
    let kind: &[u8; 4] = rest.first_chunk()?;
    let length = usize::try_from(u32::from_le_bytes(*rest.get(4..)?.first_chunk()?)).ok()?;
    let data = rest.get(8..length.checked_add(8)?)?;
    let (width, height) = match kind {
        b"VP8 " => {
            let sizes = data.get(3..)?.strip_prefix(b"\x9d\x01\x2a")?;
            let side = |at: usize| {
                let bits = u16::from_le_bytes(*sizes.get(at..)?.first_chunk()?);
                Some(u32::from(bits & 0x3fff))
            };
            (side(0)?, side(2)?)
        }
        b"VP8L" => {
            let bits = u32::from_le_bytes(*data.strip_prefix(b"\x2f")?.first_chunk()?);
            ((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1)
        }
        b"VP8X" => {
            let side = |at: usize| {
                let [a, b, c] = *data.get(at..)?.first_chunk::<3>()?;
                Some(u32::from_le_bytes([a, b, c, 0]) + 1)
            };
            (side(4)?, side(7)?)
        }
        _ => return None,
    };
    Some(Image {
        kind: ImageKind::Webp,
        width,
        height,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
        let length = u32::try_from(data.len()).unwrap().to_be_bytes();
        [&length[..], kind, data, &[0; 4]].concat()
    }

    fn a_png(width: u32, height: u32) -> Vec<u8> {
        let header = [
            &width.to_be_bytes()[..],
            &height.to_be_bytes(),
            &[8, 6, 0, 0, 0],
        ]
        .concat();
        [
            b"\x89PNG\r\n\x1a\n".to_vec(),
            chunk(b"IHDR", &header),
            chunk(b"tEXt", b"made by a test"),
            chunk(b"IDAT", &[1, 2, 3]),
            chunk(b"IEND", &[]),
        ]
        .concat()
    }

    fn a_jpeg(width: u16, height: u16) -> Vec<u8> {
        let [w, h] = [width.to_be_bytes(), height.to_be_bytes()];
        [
            &b"\xff\xd8\xff\xe0\x00\x07JFIF\0\xff\xff\xc2\x00\x0b\x08"[..],
            &h,
            &w,
            b"\x01\x11\x11\x00\xff\xda\x00\x02data\xff\xd9",
        ]
        .concat()
    }

    fn a_webp(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
        let length = u32::try_from(data.len()).unwrap().to_le_bytes();
        let body = [b"WEBP", &kind[..], &length, data].concat();
        let length = u32::try_from(body.len()).unwrap().to_le_bytes();
        [b"RIFF", &length[..], &body].concat()
    }

    fn read(bytes: &[u8]) -> Option<(ImageKind, u32, u32)> {
        logo(bytes).ok().map(|i| (i.kind, i.width, i.height))
    }

    #[test]
    fn tells_each_kind_by_its_bytes() {
        assert_eq!(read(&a_png(300, 80)), Some((ImageKind::Png, 300, 80)));
        assert_eq!(read(&a_jpeg(640, 48)), Some((ImageKind::Jpeg, 640, 48)));
        let lossy = [&[0; 3][..], b"\x9d\x01\x2a\x2c\x41\x50\x80"].concat();
        assert_eq!(
            read(&a_webp(b"VP8 ", &lossy)),
            Some((ImageKind::Webp, 300, 80))
        );
        let bits = (299_u32 | 79 << 14).to_le_bytes();
        let lossless = [&b"\x2f"[..], &bits].concat();
        assert_eq!(
            read(&a_webp(b"VP8L", &lossless)),
            Some((ImageKind::Webp, 300, 80))
        );
        let extended = [0x10, 0, 0, 0, 43, 1, 0, 79, 0, 0];
        assert_eq!(
            read(&a_webp(b"VP8X", &extended)),
            Some((ImageKind::Webp, 300, 80))
        );
    }

    #[test]
    fn refuses_whatever_else_there_is() {
        let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
        for bytes in [&svg[..], b"", b"GIF89a", b"%PDF-1.7", b"<!doctype html>"] {
            assert_eq!(logo(bytes), Err(NotALogo::UnknownKind));
        }
        let behind = [a_png(300, 80), b"<script>".to_vec()].concat();
        assert_eq!(logo(&behind), Err(NotALogo::UnknownKind));
        let behind = [a_jpeg(300, 80), b"<script>".to_vec()].concat();
        assert_eq!(logo(&behind), Err(NotALogo::UnknownKind));
        let behind = [a_webp(b"VP8X", &[0; 10]), b"<script>".to_vec()].concat();
        assert_eq!(logo(&behind), Err(NotALogo::UnknownKind));
    }

    #[test]
    fn keeps_the_bounds() {
        for (width, height) in [(0, 80), (15, 80), (300, 15), (2049, 80), (300, 2049)] {
            assert_eq!(logo(&a_png(width, height)), Err(NotALogo::Dimensions));
        }
        assert!(logo(&a_png(16, 2048)).is_ok());
        let mut large = a_png(300, 80);
        large.resize(LOGO_BYTES_MAX + 1, 0);
        assert_eq!(logo(&large), Err(NotALogo::TooLarge));
    }

    #[test]
    fn no_broken_file_makes_it_fall_over() {
        let extended = a_webp(b"VP8X", &[0x10, 0, 0, 0, 43, 1, 0, 79, 0, 0]);
        for whole in [a_png(300, 80), a_jpeg(300, 80), extended] {
            for end in 0..whole.len() {
                assert_eq!(logo(&whole[..end]), Err(NotALogo::UnknownKind), "{end}");
            }
            for at in 0..whole.len() {
                for value in [0, 1, 0x7f, 0x80, 0xff] {
                    let mut broken = whole.clone();
                    broken[at] = value;
                    let _ = logo(&broken);
                }
            }
        }
    }
}
