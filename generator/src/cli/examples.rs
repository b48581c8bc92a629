//! The examples in the help.

/// The examples in the help of each command.
#[derive(Clone, Copy, Debug)]
pub struct Examples {
    /// Those of the program.
    pub overview: &'static [Example],
    /// Those of `generate`.
    pub generate: &'static [Example],
    /// Those of `init`.
    pub init: &'static [Example],
    /// Those of `update`.
    pub update: &'static [Example],
    /// Those of `diff`.
    pub diff: &'static [Example],
    /// Those of `check`.
    pub check: &'static [Example],
    /// Those of `drift`.
    pub drift: &'static [Example],
    /// Those of `lint`.
    pub lint: &'static [Example],
    /// Those of `show`.
    pub show: &'static [Example],
}

/// A command line without the program's name, and what it does.
#[derive(Clone, Copy, Debug)]
pub struct Example(pub &'static str, pub &'static str);

impl Examples {
    /// The examples for a program that has no project.
    pub(super) const STANDALONE: Self = Self {
        overview: &[
            Example("init --spec shop.yaml", "settings, so that the commands need no arguments"),
            Example("generate", "the clients of the settings"),
            Example("generate --spec shop.yaml --out shop-client", ""),
            Example("generate --spec shop.yaml --out shop-client --check", ""),
            Example("update downloaded.yaml --spec shop.yaml --out shop-client", ""),
            Example("diff old.yaml new.yaml", ""),
            Example("lint --spec shop.yaml", ""),
            Example("show effective --spec shop.yaml --overlay names.yaml", ""),
        ],
        init: &[
            Example("init --spec shop.yaml", ""),
            Example("init --spec shop.yaml --out clients/rust --name shop-client", ""),
        ],
        generate: &[
            Example("generate", "the clients of the settings"),
            Example("generate --client shop-client --check", "one of them"),
            Example("generate --spec shop.yaml --out shop-client", ""),
            Example("generate --spec shop.yaml --out shop-client --check", ""),
            Example("generate --spec shop.yaml --out shop-client --check --report", ""),
            Example("generate --spec shop.yaml --out shop-client --watch", ""),
            Example("generate --spec shop.yaml --out shop-client --release", ""),
            Example("generate --spec shop.yaml --out shop-client --release=2.0.0", ""),
            Example("generate --spec shop.yaml --out clients/rust --name shop-client", ""),
            Example("generate --spec shop.yaml --out orders --only-tag orders", ""),
            Example("generate --spec shop.yaml --out shop-client --tag-features", ""),
            Example("generate --spec shop.yaml --out src/shop --kind module", ""),
            Example("generate --spec shop.yaml --overlay names.yaml --out shop-client", ""),
        ],
        update: &[
            Example("update downloaded.yaml --spec shop.yaml --out shop-client", ""),
            Example("update downloaded.yaml --spec shop.yaml --out shop-client --dry-run", ""),
        ],
        diff: &[
            Example("diff old.yaml new.yaml", ""),
            Example("diff old.yaml new.yaml --overlay names.yaml", ""),
            Example("diff old.yaml new.yaml --format markdown", ""),
            Example("diff old.yaml new.yaml --fail-on breaking", ""),
        ],
        check: &[
            Example("check --against new.yaml --spec shop.yaml", ""),
            Example("check --against - --record shop-client/released.yaml", "by its last release"),
        ],
        drift: &[
            Example("drift seen.jsonl --spec shop.yaml", "the overlay, on stdout"),
            Example("drift monday.jsonl tuesday.jsonl --spec shop.yaml --out seen.yaml", ""),
            Example("generate --spec shop.yaml --overlay seen.yaml --out shop-client", ""),
        ],
        lint: &[
            Example("lint --spec shop.yaml", ""),
            Example("lint --spec shop.yaml --overlay names.yaml", ""),
            Example("lint --spec shop.yaml --actions", "the actions only"),
            Example("lint --spec shop.yaml --deny-warnings", "for CI"),
        ],
        show: &[
            Example("show effective --spec shop.yaml --overlay names.yaml", ""),
            Example("show normalize get_user --spec shop.yaml", "an operation, by its id"),
            Example("show normalize Order --spec shop.yaml", "a schema, by its name"),
            Example("show effective /info --spec shop.yaml", "a place, by its pointer"),
            Example("show model Order --spec shop.yaml", "a type"),
            Example("show render src/orders.rs --spec shop.yaml", "a file"),
        ],
    };
}
