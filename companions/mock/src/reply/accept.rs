//! Which media type a client wants (RFC 9110, 12.5.1).

use lantern_operations::Media;

use crate::request::{essence, includes};

/// The form that a client wants most; the first one if it likes several alike. `None` if it accepts none of them.
pub fn preferred<'a>(content: &'a [Media], accept: Option<&str>) -> Option<&'a Media> {
    let Some(accept) = accept.filter(|accept| !accept.trim().is_empty()) else {
        return content.first();
    };
    let mut best: Option<(&Media, f32)> = None;
    for media in content {
        let quality = quality(&media.media_type, accept);
        if quality > best.map_or(0.0, |(_, quality)| quality) {
            best = Some((media, quality));
        }
    }
    best.map(|(media, _)| media)
}

/// The quality of the most exact range that a media type is in.
fn quality(media_type: &str, accept: &str) -> f32 {
    let own = essence(media_type);
    let ranges = accept.split(',').map(|range| (essence(range), weight(range)));
    let fitting = ranges.filter(|(range, _)| includes(range, &own) || includes(media_type, range));
    let exactness = |range: &str| range.split('/').filter(|part| *part != "*").count();
    fitting.max_by_key(|(range, _)| exactness(range)).map_or(0.0, |(_, weight)| weight)
}

fn weight(range: &str) -> f32 {
    let parameters = range.split(';').skip(1).filter_map(|it| it.trim().split_once('='));
    let mut weights = parameters.filter(|(name, _)| name.eq_ignore_ascii_case("q"));
    weights.next().and_then(|(_, weight)| weight.trim().parse().ok()).unwrap_or(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_wanted_form_is_taken() {
        let content: Vec<Media> = ["application/json", "text/csv", "image/*"]
            .iter()
            .map(|it| serde_json::from_value(serde_json::json!({"mediaType": it})).expect("a form"))
            .collect();
        let cases = [
            (None, Some("application/json")),
            (Some("*/*"), Some("application/json")),
            (Some("text/csv"), Some("text/csv")),
            (Some("application/json;q=0.5, text/*"), Some("text/csv")),
            (Some("*/*, application/json;q=0"), Some("text/csv")),
            (Some("image/png"), Some("image/*")),
            (Some("application/xml"), None),
        ];
        for (accept, expected) in cases {
            let found = preferred(&content, accept).map(|media| media.media_type.as_str());
            assert_eq!(found, expected, "{accept:?}");
        }
    }
}
