//! Makes the two clients from the documents.

mod three_zero;

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

use progenitor::{GenerationSettings, Generator, InterfaceStyle, TagStyle};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../../openapi");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    println!("cargo:rerun-if-changed=build");
    for audience in ["customer", "admin"] {
        let path = root.join(format!("{audience}.json"));
        println!("cargo:rerun-if-changed={}", path.display());
        let document: Value = serde_json::from_slice(&fs::read(&path)?)?;
        let mut copy = three_zero::three_zero(&document);
        media_types(&mut copy["paths"]);
        parameters(&mut copy["paths"]);
        let mut settings = GenerationSettings::default();
        settings
            .with_interface(InterfaceStyle::Builder)
            .with_tag(TagStyle::Merged);
        let tokens = Generator::new(&settings).generate_tokens(&serde_json::from_value(copy)?)?;
        let code = prettyplease::unparse(&syn::parse2(tokens)?);
        fs::write(out.join(format!("{audience}.rs")), code)?;
    }
    Ok(())
}

/// What the generator is told of media types: it knows JSON, plain text and bytes alone.
fn media_types(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(media_types),
        Value::Object(members) => {
            if let Some(content) = members.get_mut("content").and_then(Value::as_object_mut) {
                // A file that is sent is a text; one that is answered beside JSON is not asked for.
                if let Some(text) = content.remove("text/csv") {
                    if content.is_empty() {
                        content.insert("text/plain".to_owned(), text);
                    }
                }
                // Every error is a problem, which is JSON.
                if content.remove("application/problem+json").is_some() {
                    let problem = json!({"schema": {"$ref": "#/components/schemas/Problem"}});
                    content.insert("application/json".to_owned(), problem);
                }
            }
            members.values_mut().for_each(media_types);
        }
        _ => {}
    }
}

/// A parameter is there or not, never null.
fn parameters(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(parameters),
        Value::Object(members) => {
            if members.contains_key("in")
                && let Some(schema) = members.get_mut("schema").and_then(Value::as_object_mut)
            {
                schema.remove("nullable");
            }
            members.values_mut().for_each(parameters);
        }
        _ => {}
    }
}
