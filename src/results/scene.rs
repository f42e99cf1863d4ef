//! A picture drawn as SVG, with its caption and its time axis.

use leptos::prelude::*;
use pictures::{Figure, Scene, Shape};
use words::{decimal, en};

use crate::state::here;

/// A picture that is no wider than this on its own scale is legible on the narrowest page.
const NARROW: f64 = 500.0;

/// The picture with its words. A picture that keeps its proportions scrolls where the page is narrow, unless it is
/// legible there. `over` lies over a picture that is stretched.
#[component]
pub fn FigureView(figure: Figure, #[prop(optional)] over: Option<ViewFn>) -> impl IntoView {
    let Figure { class, caption, scene, times, note } = figure;
    let note = (!note.is_empty()).then(|| view! { <p>{note}</p> });
    let axis = (!times.is_empty()).then(|| view! { <Times times /> });
    if scene.stretched {
        view! {
            <figure class=class>
                <figcaption>{caption}</figcaption>
                {match over {
                    Some(over) => view! { <div class="under"><SceneView scene />{over.run()}</div> }.into_any(),
                    None => view! { <SceneView scene /> }.into_any(),
                }}
                {axis}
                {note}
            </figure>
        }
        .into_any()
    } else {
        let (_, lab) = here();
        let label = lab.name_of(en::CHART_BOX.text());
        let drawn = if scene.width > NARROW {
            view! { <div class="scroll" tabindex="0" role="region" aria-label=label><SceneView scene /></div> }
                .into_any()
        } else {
            view! { <SceneView scene /> }.into_any()
        };
        view! {
            <figure class=class>
                {drawn}
                <figcaption>{caption}</figcaption>
                {note}
            </figure>
        }
        .into_any()
    }
}

#[component]
fn SceneView(scene: Scene) -> impl IntoView {
    let Scene { width, height, stretched, label, shapes } = scene;
    view! {
        <svg viewBox=format!("0 0 {} {}", number(width), number(height)) preserveAspectRatio=stretched.then_some("none") role="img"
            aria-label=label>
            {shapes.into_iter().map(|shape| view! { <ShapeView shape /> }).collect_view()}
        </svg>
    }
}

#[component]
fn ShapeView(shape: Shape) -> impl IntoView {
    match shape {
        Shape::Path { class, path, dashes } => {
            let dashes = (!dashes.is_empty()).then_some(dashes);
            view! { <path class=class d=path stroke-dasharray=dashes></path> }.into_any()
        }
        Shape::Circle { class, middle: [x, y], radius } => {
            view! { <circle class=class cx=number(x) cy=number(y) r=number(radius)></circle> }.into_any()
        }
        Shape::Text { class, place: [x, y], text } => {
            view! { <text class=class x=number(x) y=number(y)>{text}</text> }.into_any()
        }
    }
}

/// A time axis that is as wide as the page: not stretched with the picture, so its marks stand at parts of the width.
#[component]
fn Times(times: Vec<String>) -> impl IntoView {
    let parts = times.len().saturating_sub(1).max(1);
    let mark = move |(at, text): (usize, String)| {
        view! { <text x=format!("{}%", at * 100 / parts) y="1em">{text}</text> }
    };
    view! { <svg class="times" aria-hidden="true">{times.into_iter().enumerate().map(mark).collect_view()}</svg> }
}

/// A number as SVG writes it, to a tenth of the picture's own scale.
fn number(value: f64) -> String {
    decimal(value, 1)
}
