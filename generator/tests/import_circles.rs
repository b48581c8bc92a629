//! No file of the generator imports a file that imports it again, directly or through others. Only a module and the modules
//! inside it may know each other.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use petgraph::algo::tarjan_scc;
use petgraph::graph::DiGraph;
use syn::visit::{self, Visit};
use syn::{Attribute, Item, ItemUse, UseTree};

use crate::rust_sources::rust_files;

/// The names of the modules around an item and of the item itself, from the crate's root.
type ItemPath = Vec<String>;

#[test]
fn no_file_is_in_an_import_circle() {
    let circles = Modules::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).circles();
    assert!(circles.is_empty(), "these modules import each other:\n{}", circles.join("\n"));
}

/// All modules that are files, by their paths.
struct Modules(BTreeMap<ItemPath, Imports>);

impl Modules {
    fn read(source: &Path) -> Self {
        Self(rust_files(source).iter().map(|file| read_module(source, file)).collect())
    }

    fn circles(&self) -> Vec<String> {
        let names: Vec<_> = self.0.keys().collect();
        let number =
            |module: &ItemPath| names.binary_search(&module).expect("a module that was read");
        let mut graph = DiGraph::<(), (), usize>::default();
        for _ in &names {
            graph.add_node(());
        }
        for (module, imports) in &self.0 {
            for imported in imports.paths.iter().filter_map(|path| self.defining(path)) {
                if !imported.starts_with(module) && !module.starts_with(&imported) {
                    graph.add_edge(number(module).into(), number(&imported).into(), ());
                }
            }
        }
        let circles = tarjan_scc(&graph).into_iter().filter(|members| members.len() > 1);
        circles
            .map(|members| {
                members
                    .iter()
                    .map(|&member| names[member.index()].join("::"))
                    .collect::<Vec<_>>()
                    .join(", ")
            })
            .collect()
    }

    /// The module whose file defines the item at `path`; re-exports are followed.
    fn defining(&self, path: &ItemPath) -> Option<ItemPath> {
        let length = (0..=path.len()).rev().find(|&length| self.0.contains_key(&path[..length]))?;
        let (module, rest) = path.split_at(length);
        let imported = rest.first().and_then(|name| self.0[module].names.get(name));
        match imported {
            Some(target) if target != path => self.defining(target),
            _ => Some(module.to_vec()),
        }
    }
}

/// What a file imports.
#[derive(Default)]
struct Imports {
    module: ItemPath,
    paths: BTreeSet<ItemPath>,
    /// The modules that are declared in the file.
    children: BTreeSet<String>,
    /// What `use` brings into the module, under its name there.
    names: BTreeMap<String, ItemPath>,
}

impl Imports {
    fn add_tree(&mut self, before: &[String], tree: &UseTree) {
        match tree {
            UseTree::Path(path) => {
                self.add_tree(&[before, &[path.ident.to_string()]].concat(), &path.tree)
            }
            UseTree::Group(group) => {
                group.items.iter().for_each(|tree| self.add_tree(before, tree))
            }
            UseTree::Name(name) => {
                self.add_name(before, name.ident.to_string(), name.ident.to_string())
            }
            UseTree::Rename(name) => {
                self.add_name(before, name.ident.to_string(), name.rename.to_string())
            }
            UseTree::Glob(_) => drop(self.add_path(before)),
        }
    }

    fn add_name(&mut self, before: &[String], name: String, alias: String) {
        let mut path = before.to_vec();
        if name != "self" {
            path.push(name);
        }
        if let Some(path) = self.add_path(&path) {
            self.names.insert(alias, path);
        }
    }

    fn add_path(&mut self, path: &[String]) -> Option<ItemPath> {
        let path = self.resolve(path)?;
        self.paths.insert(path.clone());
        Some(path)
    }

    /// None if the path is one of another crate or of an item in scope.
    fn resolve(&self, path: &[String]) -> Option<ItemPath> {
        let up = path.iter().take_while(|name| *name == "super").count();
        let base = match path.first()?.as_str() {
            "crate" => &[],
            "self" => self.module.as_slice(),
            "super" => &self.module[..self.module.len() - up],
            child if self.children.contains(child) => return Some([&self.module, path].concat()),
            _ => return None,
        };
        Some([base, &path[up.max(1)..]].concat())
    }
}

impl<'file> Visit<'file> for Imports {
    fn visit_item(&mut self, item: &'file Item) {
        if !is_test(item) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'file ItemUse) {
        self.add_tree(&[], &item.tree);
    }

    fn visit_path(&mut self, path: &'file syn::Path) {
        let names: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.add_path(&names);
        visit::visit_path(self, path);
    }
}

fn is_test(item: &Item) -> bool {
    let attributes: &[Attribute] = match item {
        Item::Mod(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        _ => &[],
    };
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Ident>().is_ok_and(|word| word == "test")
    })
}

fn read_module(source: &Path, file: &Path) -> (ItemPath, Imports) {
    let module = module_of(file.strip_prefix(source).expect("a file of the source folder"));
    let syntax =
        syn::parse_file(&fs::read_to_string(file).expect("a readable file")).expect("Rust");
    let children = syntax.items.iter().filter_map(child_module).collect();
    let mut imports = Imports { module: module.clone(), children, ..Imports::default() };
    imports.visit_file(&syntax);
    (module, imports)
}

fn child_module(item: &Item) -> Option<String> {
    match item {
        Item::Mod(item) => Some(item.ident.to_string()),
        _ => None,
    }
}

fn module_of(file: &Path) -> ItemPath {
    let path = file.with_extension("");
    let names = path.iter().map(|name| name.to_string_lossy().into_owned());
    names.filter(|name| !matches!(name.as_str(), "lib" | "mod")).collect()
}
