//! The command that puts a stale crate right.

use clap::ValueEnum;

use super::target::{TargetArgs, When};
use crate::cli::Context;

/// `cargo xtask generate --check --out 'my client'` → `cargo xtask generate --out 'my client'`
pub fn to_write(args: &TargetArgs, context: &Context) -> String {
    let settings = context.given();
    let config = settings.config.iter().map(|file| ("--config", file.display().to_string()));
    let client = each("--client", settings.client.as_slice());
    let spec = args.sources.spec.iter().map(|spec| ("--spec", spec.to_string()));
    let root = args.sources.root.iter().map(|root| ("--root", root.display().to_string()));
    let out = args.out.iter().map(|out| ("--out", out.display().to_string()));
    let name = each("--name", args.name.as_slice());
    let overlays = args.sources.overlay.iter();
    let overlays = overlays.map(|overlay| ("--overlay", overlay.display().to_string()));
    let kind = args.kind.iter().filter_map(|kind| kind.to_possible_value());
    let kind = kind.map(|kind| ("--kind", kind.get_name().to_owned()));
    let features = args.features.iter().map(|list| ("--features", list.join(",")));
    let tags = each("--only-tag", &args.only.only_tag);
    let operations = each("--only-operation", &args.only.only_operation);
    let given = config
        .chain(client)
        .chain(spec)
        .chain(root)
        .chain(out)
        .chain(name)
        .chain(overlays)
        .chain(kind)
        .chain(features)
        .chain(tags)
        .chain(operations);
    let line = given.fold(format!("{} generate", context.program), |line, (flag, value)| {
        format!("{line} {flag} {}", quote(&value))
    });
    line + if args.strict { " --strict" } else { "" }
        + match args.tag_features {
            None => "",
            Some(When::Always) => " --tag-features",
            Some(When::Never) => " --tag-features=never",
        }
}

fn each(flag: &'static str, values: &[String]) -> impl Iterator<Item = (&'static str, String)> {
    values.iter().map(move |value| (flag, value.clone()))
}

/// Quotes a word for a POSIX shell where it needs quotes: `my client` → `'my client'`.
fn quote(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:,+@%".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Examples;
    use crate::cli::generate::target::Only;
    use crate::cli::input::Input;
    use crate::cli::settings::Kind;
    use crate::cli::sources::Sources;

    #[test]
    fn the_command_to_run_has_the_same_arguments() {
        let sources = Sources {
            spec: Some(Input::File("it's.yaml".into())),
            overlay: vec!["a.yaml".into(), "b.yaml".into()],
            root: Some("..".into()),
        };
        let name = Some("shop".to_owned());
        let out = Some("../my client".into());
        let (only_tag, only_operation) = (vec!["my orders".to_owned()], vec!["a".to_owned()]);
        let args = TargetArgs {
            sources,
            out,
            name,
            only: Only { only_tag, only_operation },
            strict: true,
            tag_features: Some(When::Never),
            kind: Some(Kind::Module),
            features: Some(vec!["rustls".to_owned(), "mock".to_owned()]),
        };
        assert_eq!(
            to_write(&args, &Context::without_settings()),
            "lantern-generator generate --spec 'it'\\''s.yaml' --root .. --out '../my client' --name shop \
             --overlay a.yaml --overlay b.yaml --kind module --features rustls,mock --only-tag 'my orders' --only-operation a \
             --strict --tag-features=never"
        );
        let line = ["x", "--config", "a b.toml", "--client=shop"].map(Into::into);
        let context = Context::new("shop", Examples::STANDALONE, None, line.into_iter());
        let line = to_write(&TargetArgs::default(), &context);
        assert_eq!(line, "shop generate --config 'a b.toml' --client shop");
    }
}
