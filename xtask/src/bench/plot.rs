//! Time against size: lines for the description that was made larger and larger, points for those of vendors.

use plotters::coord::Shift;
use plotters::prelude::*;

use super::results::{Results, Runs};
use super::statistics::median_of;
use super::tool::{TOOLS, Tool};

/// The family and the size of all text; the program that shows the plot has the font.
const FONT: (&str, u32) = ("sans-serif", 15);

type Drawn = Result<(), Box<dyn std::error::Error>>;

/// A place in the plot: megabytes and seconds.
type Point = (f64, f64);

/// The plot as SVG, if growth was measured.
pub fn draw(results: &Results) -> Option<String> {
    let series: Vec<Series> = TOOLS.into_iter().map(|tool| Series::new(tool, results)).collect();
    if series.iter().all(|one| one.line.is_empty()) {
        return None;
    }
    let mut svg = String::new();
    let area = SVGBackend::with_string(&mut svg, (900, 560)).into_drawing_area();
    draw_on(&area, &series).ok()?;
    drop(area);
    Some(svg)
}

/// What is drawn of a generator.
struct Series {
    tool: Tool,
    line: Vec<Point>,
    points: Vec<Point>,
}

impl Series {
    fn new(tool: Tool, results: &Results) -> Self {
        let grown = results.growth.iter().flat_map(|measured| &measured.rows);
        let line = grown.filter(|row| row.tool == tool);
        let generated = results.generate.iter().flat_map(|measured| &measured.rows);
        let points = generated.filter(|row| row.tool == tool);
        Self {
            tool,
            line: line.filter_map(|row| point(row.bytes, &row.runs)).collect(),
            points: points.filter_map(|row| point(row.bytes, &row.runs)).collect(),
        }
    }

    fn color(&self) -> RGBColor {
        match self.tool {
            Tool::LanternGenerator => RGBColor(0xd5, 0x5e, 0x00),
            Tool::Oas3Gen => RGBColor(0x00, 0x72, 0xb2),
            Tool::Ploidy => RGBColor(0x00, 0x9e, 0x73),
            Tool::OpenapiToRust => RGBColor(0xcc, 0x79, 0xa7),
            Tool::Progenitor => RGBColor(0x80, 0x80, 0x80),
        }
    }

    fn all(&self) -> impl Iterator<Item = &Point> {
        self.line.iter().chain(&self.points)
    }
}

fn point(bytes: u64, runs: &Runs) -> Option<Point> {
    Some((bytes as f64 / 1e6, median_of(runs.done()?, |run| run.wall)?))
}

fn draw_on(area: &DrawingArea<SVGBackend<'_>, Shift>, series: &[Series]) -> Drawn {
    area.fill(&WHITE)?;
    let bounds = |place: fn(&Point) -> f64| {
        let values = series.iter().flat_map(Series::all).map(place);
        let (least, most) = values
            .fold((f64::MAX, f64::MIN), |(least, most), value| (least.min(value), most.max(value)));
        (least * 0.8..most * 1.25).log_scale()
    };
    let mut chart = ChartBuilder::on(area)
        .margin(12)
        .x_label_area_size(44)
        .y_label_area_size(64)
        .build_cartesian_2d(bounds(|point| point.0), bounds(|point| point.1))?;
    let mut mesh = chart.configure_mesh();
    mesh.label_style(FONT)
        .axis_desc_style(FONT)
        .x_desc("megabytes of description")
        .y_desc("seconds to generate a client");
    mesh.x_label_formatter(&|value| label(*value))
        .y_label_formatter(&|value| label(*value))
        .draw()?;
    for one in series {
        let color = one.color();
        let line = LineSeries::new(one.line.clone(), color.stroke_width(2));
        let legend = move |(x, y)| PathElement::new([(x, y), (x + 20, y)], color.stroke_width(3));
        chart.draw_series(line)?.label(one.tool.name()).legend(legend);
        chart.draw_series(one.points.iter().map(|point| Circle::new(*point, 3, color.filled())))?;
    }
    let mut legend = chart.configure_series_labels();
    legend
        .label_font(FONT)
        .position(SeriesLabelPosition::UpperLeft)
        .background_style(WHITE)
        .border_style(BLACK);
    legend.draw()?;
    area.present()?;
    Ok(())
}

/// `0.01`, `0.5`, `10`
fn label(value: f64) -> String {
    format!("{}", (value * 1e4).round() / 1e4)
}
