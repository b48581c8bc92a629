//! The examples in the help of `cargo xtask`.

use lantern_generator::cli::{Example, Examples};

pub const EXAMPLES: Examples = Examples {
    overview: &[
        Example("generate", "write the Lantern client anew"),
        Example("generate --check", "see whether it is what the generator would write"),
        Example(
            "update downloaded.json",
            "take the vendor's new description and write the client anew",
        ),
        Example("diff old.yaml new.yaml", "see what a change of the description means to callers"),
        Example("lint", "find what makes the description hard to use"),
        Example("show effective", "see the description with the overlay applied"),
        Example("corpus ../descriptions", "try the generator on many descriptions"),
        Example("bench ../descriptions", "measure the generator beside others"),
        Example("budget", "see whether generating and calling cost more than before"),
    ],
    generate: &[
        Example("generate", ""),
        Example("generate --check", ""),
        Example("generate --check --report", ""),
        Example("generate --watch", ""),
        Example("generate --release", ""),
        Example("generate --release=2.0.0", ""),
        Example("generate --spec shop.yaml --out ../shop-client --name shop-client", ""),
        Example(
            "generate --spec shop.yaml --out ../orders --name orders --only-tag orders --only-operation get_user",
            "",
        ),
        Example(
            "generate --spec shop.yaml --out ../shop-client --name shop-client --tag-features",
            "",
        ),
        Example(
            "generate --spec shop.yaml --overlay names.yaml --out ../shop-client --name shop-client",
            "",
        ),
    ],
    init: &[Example("init --spec shop.yaml", "")],
    update: &[
        Example("update downloaded.json", ""),
        Example("update downloaded.json --dry-run", ""),
        Example("update new.yaml --spec shop.yaml --out ../shop-client --name shop-client", ""),
    ],
    diff: &[
        Example("diff spec/lantern.yaml downloaded.json", ""),
        Example("diff old.yaml new.yaml --format markdown", ""),
        Example("diff old.yaml new.yaml --fail-on breaking", ""),
    ],
    check: &[Example("check --against downloaded.json", "")],
    drift: &[Example("drift seen.jsonl --out spec/seen.yaml", "")],
    lint: &[
        Example("lint", "the description of this workspace, with its overlay"),
        Example("lint --spec spec/lantern.yaml", "the vendor's file alone"),
        Example("lint --spec shop.yaml --actions", "the actions only"),
        Example("lint --deny-warnings", "for CI"),
    ],
    show: &[
        Example("show effective", "the description with the overlay applied"),
        Example("show normalize get_credit_usage", "one operation, by its operationId"),
        Example("show normalize CreditUsage", "one schema, by its name"),
        Example("show effective /info", "one place, by its JSON pointer"),
        Example("show model CreditUsageResponse", "one type, as it was decided"),
        Example("show render src/credits.rs", "one file"),
        Example("show normalize --spec shop.yaml", "another description, without an overlay"),
    ],
};
