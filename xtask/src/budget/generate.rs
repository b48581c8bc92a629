//! What generating allocates.

use lantern_generator::cli::Failure;
use lantern_generator::pipeline::load;
use lantern_generator::{Generator, Source};
use stats_alloc::Region;

use super::counted::{Row, Unit};
use super::{ALLOCATIONS, description};
use crate::synthetic;

/// Clients of descriptions of this project, in memory.
pub fn count() -> Result<Vec<Row>, Failure> {
    let shop = Source::new("shop.json", synthetic::description(8).to_string());
    let sources = [
        ("lantern", read("spec/lantern.yaml")?),
        ("specimen", read("templates/specimen.yaml")?),
        ("shop", shop),
    ];
    Ok(sources.iter().flat_map(|(name, source)| rows(name, source)).collect())
}

fn read(path: &str) -> Result<Source, Failure> {
    load::read(&description(path)).map(|read| read.value).map_err(|_| Failure::Unreadable)
}

fn rows(name: &str, source: &Source) -> [Row; 2] {
    let generator = Generator::new("client");
    // The first client also fills what is made once in a process.
    drop(generator.run(source));
    let region = Region::new(ALLOCATIONS);
    drop(generator.run(source));
    allocated(&format!("generate {name}"), &region)
}

/// What was allocated since a region began.
pub fn allocated(what: &str, region: &Region<'_, std::alloc::System>) -> [Row; 2] {
    let change = region.change();
    let allocations = change.allocations + change.reallocations;
    let row = |unit, count: usize| Row { what: what.to_owned(), unit, count: count as u64 };
    [row(Unit::Allocations, allocations), row(Unit::AllocatedBytes, change.bytes_allocated)]
}
