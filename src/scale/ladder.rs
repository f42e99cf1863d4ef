//! How soon memory answers, by how much of it is walked through: where the bars get longer, a cache was too small.

use leptos::prelude::*;
use pictures::costs::CostFigure;
use predict::{Axis, AxisScale};
use strategies::chase::RUNGS;
use words::{decimal, scale as say};

use crate::state::{Costing, CostingSignal};

/// The range of the bars, in nanoseconds.
const AXIS: Axis = Axis { from: 0.1, to: 10_000.0, scale: AxisScale::Logarithmic };

/// A bar for each size, once they are measured.
#[component]
pub fn Ladder(state: CostingSignal) -> impl IntoView {
    move || {
        let Costing::Measured(costed) = state.get() else { return ().into_any() };
        let figure = |id| costed.figures.iter().find(|own| own.id == id).copied();
        let rungs = RUNGS.into_iter().filter(|(_, bytes)| *bytes > 0);
        let rows = rungs.map(|(id, bytes)| rung(bytes, figure(id))).collect_view();
        view! {
            <figure class="ladder">
                <figcaption>
                    <b>{say::SCALE_LADDER.text()}</b>" "{say::SCALE_LADDER_MEANS.text()}
                </figcaption>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{say::SCALE_WALKED.text()}</th>
                            <th scope="col">{say::SCALE_STEP.text()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </figure>
        }
        .into_any()
    }
}

fn rung(bytes: usize, figure: Option<CostFigure>) -> impl IntoView {
    let length = figure.map(|figure| format!("{}%", decimal(AXIS.place(figure.us * 1000.0) * 100.0, 1)));
    let says = figure.map_or_else(|| say::SCALE_NO_ROOM.text(), |figure| say::rough(figure.us * 1000.0));
    view! {
        <tr>
            <th scope="row">{say::bytes(bytes)}</th>
            <td>
                {length.map(|length| view! {
                    <svg aria-hidden="true"><rect width=length height="100%"></rect></svg>
                })}
                <span>{says}</span>
            </td>
        </tr>
    }
}
