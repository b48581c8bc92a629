//! The tables of a manifest that the generator writes keys of.

use toml_edit::{DocumentMut, Item, Table, TableLike};

/// A table that the generator writes keys of; others in it are the owner's.
pub struct OwnTable {
    /// The keys that lead to it.
    path: &'static [&'static str],
    /// How the list of the generator's keys is called in `[package.metadata.lantern-generator]`.
    pub mark: &'static str,
    pub kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Features,
    Dependencies,
    /// What a browser needs beyond them.
    BrowserDependencies,
}

/// In the order of a manifest.
pub const TABLES: [OwnTable; 3] = [
    OwnTable { path: &["features"], mark: "features", kind: Kind::Features },
    OwnTable { path: &["dependencies"], mark: "dependencies", kind: Kind::Dependencies },
    OwnTable {
        path: &["target", "cfg(target_arch = \"wasm32\")", "dependencies"],
        mark: "browser-dependencies",
        kind: Kind::BrowserDependencies,
    },
];

impl OwnTable {
    /// The table, if the manifest has it.
    pub fn find<'a>(&self, manifest: &'a DocumentMut) -> Option<&'a Table> {
        let item = self.path.iter().try_fold(manifest.as_item(), |item, key| item.get(key))?;
        item.as_table()
    }

    /// The table, which is made if the manifest does not have it; `None` if something else stands
    /// there.
    pub fn find_or_insert<'a>(&self, manifest: &'a mut DocumentMut) -> Option<&'a mut Table> {
        let (last, parents) = self.path.split_last()?;
        let mut table: &mut dyn TableLike = manifest.as_table_mut();
        for key in parents {
            let parent = table.entry(key).or_insert_with(|| Item::Table(implicit()));
            table = parent.as_table_like_mut()?;
        }
        table.entry(last).or_insert(toml_edit::table()).as_table_mut()
    }
}

/// A table without a head of its own.
fn implicit() -> Table {
    let mut table = Table::new();
    table.set_implicit(true);
    table
}
