//! The pages people use, as `npm run build` in `web/` left them when this binary was built: within the binary, each file also compressed.
use bytes::Bytes;
use rust_embed::{EmbeddedFile, RustEmbed};
use std::borrow::Cow;

/// Behind the name of a compressed file.
const BROTLI: &str = ".br";

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Dist;

pub struct File {
    pub bytes: Bytes,
    /// The same, compressed with brotli.
    pub brotli: Option<Bytes>,
    pub media_type: String,
    /// Another one for other bytes.
    pub digest: String,
}

/// Whether this binary was built with them.
pub fn are_there() -> bool {
    Dist::get("index.html").is_some()
}

pub fn file(path: &str) -> Option<File> {
    let found = Dist::get(path)?;
    let brotli = Dist::get(&format!("{path}{BROTLI}")).map(|compressed| bytes(compressed.data));
    let media_type = mime_guess::from_path(path).first_or_octet_stream();
    let media_type = match media_type.type_() {
        mime_guess::mime::TEXT => format!("{media_type}; charset=utf-8"),
        _ => media_type.to_string(),
    };
    Some(File { digest: digest(&found), bytes: bytes(found.data), brotli, media_type })
}

fn bytes(data: Cow<'static, [u8]>) -> Bytes {
    match data {
        Cow::Borrowed(data) => Bytes::from_static(data),
        Cow::Owned(data) => data.into(),
    }
}

fn digest(file: &EmbeddedFile) -> String {
    let hash = file.metadata.sha256_hash();
    hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
