//! Requests without the names of their placeholders, by which operations are known.

/// `GET /orders/{id}` → `GET /orders/{}`: what a placeholder is called does not reach the wire.
pub fn nameless(request: &str) -> String {
    let mut parts = request.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |request, part| {
        format!("{request}{{}}{}", part.split_once('}').map_or("", |(_, rest)| rest))
    })
}
