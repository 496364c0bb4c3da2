//! Diagnostics as text, in the manner of rustc: message, place, excerpt, notes, help.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Severity};

/// Renders one diagnostic, ending in a newline. `color` asks for ANSI colours.
pub fn render(diagnostic: &Diagnostic, color: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code);
    let mut group = match &diagnostic.place {
        Some(place) => {
            let text = place.file.text.as_str();
            let path = place.file.path.to_string_lossy().into_owned();
            let mut span = place.span.clone();
            span.end = span.end.min(text.len());
            span.start = span.start.min(span.end);
            // A mark over many lines hides what it should show: mark the first line of it.
            if let Some(newline) = text[span.clone()].find('\n') {
                span.end = span.start + newline.max(1);
            }
            let mut annotation = AnnotationKind::Primary.span(span);
            if let Some(label) = &diagnostic.label {
                annotation = annotation.label(label.as_str());
            }
            title.element(Snippet::source(text).path(path).annotation(annotation))
        }
        None => Group::with_title(title),
    };
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.message(note.as_str()));
    }
    for help in &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut text = renderer.render(&[group]);
    text.push('\n');
    text
}
