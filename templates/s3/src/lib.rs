//! Nothing but tests: results of batches, fetched from a real server.
