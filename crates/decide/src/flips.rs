//! What would change the answer: for each input the nearest value at which another approach fits best, found by trying.
//!
//! The search makes many rankings, so each simulates few units. With few units an approach's time is a little off (a
//! pool's last round weighs more), but how it *changes* with an input is right. So the time from few units is
//! multiplied by a factor for each approach: its time for the unchanged project by a closer look, divided by that from
//! few units. A value that is found so, and how near it is, is then checked by a closer look, at the answer and its
//! replacement only.

use std::cell::OnceCell;

use serde::Serialize;

use super::approach::{APPROACHES, Approach, Language};
use super::costs::Sources;
use super::fields::{AMOUNT_MOST, NUMBERS};
use super::model::CLOSER;
use super::project::{Amount, Part, Project};
use super::ranking::{CLOSE, Ranked, judge, ordered};

/// A value of one input at which another approach fits best, all other inputs being unchanged.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Flip {
    /// The language whose answer changes.
    pub language: Language,
    /// The input: a name of a number, `shared`, or `parts.0`, `parts.1`, ...
    pub input: String,
    /// The value now: of a part its median, of `shared` 0 or 1.
    pub now: f64,
    /// The nearest value at which `approach` fits best.
    pub at: f64,
    /// The approach that takes the answer's place there.
    pub approach: &'static Approach,
}

/// What can be changed about a project.
#[derive(Debug, Clone, Copy)]
enum Input {
    Number(usize),
    Part(usize),
    Shared,
}

/// Units that are simulated: few, because many rankings are made.
const UNITS: usize = 30;
/// The factor of one step away from the value now.
const STEP: f64 = 4.0;
/// Steps in each direction: up to a thousand times as much, or a thousandth.
const STEPS: i32 = 5;
/// How often the last step is halved, on a logarithmic scale: the value is found to within a tenth.
const HALVINGS: usize = 4;
/// The first value that is tried for an input that is 0 now, in kB or milliseconds.
const FIRST: f64 = 16.0;

/// Finds what would change the answer: one input of one language in one direction at each look.
pub struct Flips<'a> {
    project: &'a Project,
    sources: &'a Sources,
    looks: Vec<Look>,
    standings: &'a [Standing],
    /// For each approach the factor by which few units are off.
    off: [OnceCell<f64>; APPROACHES.len()],
}

/// An approach, and its score by a closer look at the unchanged project, in milliseconds.
pub type Standing = (&'static Approach, f64);

/// Where to look.
type Look = (Input, Direction, Language, &'static Approach);

/// More of an input, or less.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Direction {
    Up,
    Down,
}

impl<'a> Flips<'a> {
    /// For this project. `standings` are its approaches as a closer look ranked them, the best of each language first.
    pub fn new(project: &'a Project, sources: &'a Sources, standings: &'a [Standing]) -> Self {
        let best = |language| standings.iter().map(|(one, _)| *one).find(|one| one.language == language);
        let answers = [Language::Python, Language::Rust].into_iter();
        let answers: Vec<_> = answers.filter_map(|language| Some((language, best(language)?))).collect();
        let parts = (0..project.parts.len()).map(Input::Part);
        let numbers = (0..NUMBERS.len()).map(Input::Number);
        let inputs = parts.chain(numbers).flat_map(|input| [(input, Direction::Up), (input, Direction::Down)]);
        let shared = if project.shared { Direction::Down } else { Direction::Up };
        let each = |(input, direction)| answers.iter().map(move |(of, best)| (input, direction, *of, *best));
        let looks = inputs.chain([(Input::Shared, shared)]).flat_map(each).collect();
        Self { project, sources, looks, standings, off: [const { OnceCell::new() }; APPROACHES.len()] }
    }

    /// The number of looks to take.
    pub fn len(&self) -> usize {
        self.looks.len()
    }

    /// Whether there are no looks to take.
    pub fn is_empty(&self) -> bool {
        self.looks.is_empty()
    }

    /// Takes one look, counted from 0, in some tenths of a second; None if it finds no flip.
    pub fn look(&self, at: usize) -> Option<Flip> {
        let (input, direction, language, answer) = *self.looks.get(at)?;
        match (input, direction) {
            (Input::Shared, _) => self.shared(language, answer),
            (_, Direction::Up) => self.along(input, STEP, language, answer),
            (_, Direction::Down) => self.along(input, 1.0 / STEP, language, answer),
        }
    }

    /// All flips, one look after the other.
    pub fn all(&self) -> impl Iterator<Item = Flip> {
        (0..self.len()).filter_map(|at| self.look(at))
    }

    /// The approach that seems to fit `project` best in place of `answer`; None if none does.
    fn instead_of(
        &self,
        answer: &'static Approach,
        project: &Project,
        language: Language,
    ) -> Option<&'static Approach> {
        let ranked = ordered(Approach::of(language).map(|approach| self.glance(approach, project)).collect());
        let first = ranked.first()?;
        let left = ranked.iter().find(|ranked| ranked.approach == answer)?;
        beats(first, left).then_some(first.approach)
    }

    /// How an approach does, estimated from few units.
    fn glance(&self, approach: &'static Approach, project: &Project) -> Ranked {
        let mut ranked = judge(project, approach, self.sources, UNITS);
        if let Some(score) = &mut ranked.score {
            *score *= self.off(approach);
        }
        ranked
    }

    /// An approach's score for the unchanged project by a closer look, divided by its score from few units; 1 if
    /// unknown.
    fn off(&self, approach: &'static Approach) -> f64 {
        let off = || {
            let (_, closer) = self.standings.iter().find(|(own, _)| *own == approach)?;
            let few = judge(self.project, approach, self.sources, UNITS).score?;
            Some(closer / few).filter(|times| times.is_finite())
        };
        let at = APPROACHES.iter().position(|own| own == approach);
        at.map_or(1.0, |at| *self.off[at].get_or_init(|| off().unwrap_or(1.0)))
    }

    /// Whether an approach seems to take the answer's place for `project`, from few units.
    fn seems_so(&self, approach: &'static Approach, answer: &'static Approach, project: &Project) -> bool {
        beats(&self.glance(approach, project), &self.glance(answer, project))
    }

    /// Whether an approach takes the answer's place for `project`, by a closer look.
    fn is_so(&self, approach: &'static Approach, answer: &'static Approach, project: &Project) -> bool {
        let [one, left] = [approach, answer].map(|approach| judge(project, approach, self.sources, CLOSER));
        beats(&one, &left)
    }

    fn shared(&self, language: Language, answer: &'static Approach) -> Option<Flip> {
        let project = Project { shared: !self.project.shared, ..self.project.clone() };
        let approach = self.instead_of(answer, &project, language)?;
        if !self.is_so(approach, answer, &project) {
            return None;
        }
        let [now, at] = [self.project.shared, project.shared].map(f64::from);
        Some(Flip { language, input: "shared".into(), now, at, approach })
    }

    /// Steps away from the value now by the factor `step` until the answer changes, then halves the last step again and
    /// again.
    fn along(&self, input: Input, step: f64, language: Language, answer: &'static Approach) -> Option<Flip> {
        let now = self.value(input);
        if now == 0.0 && step < 1.0 {
            return None;
        }
        let start = if now == 0.0 { FIRST / STEP } else { now };
        let steps = (1..=STEPS).map(|place| start * step.powi(place));
        let (mut far, approach) = steps
            .filter_map(|value| {
                let project = self.with(input, value)?;
                let approach = self.instead_of(answer, &project, language)?;
                self.is_so(approach, answer, &project).then_some((value, approach))
            })
            .next()?;
        let (mut near, mut close) = (far / step, far);
        for _ in 0..HALVINGS {
            let middle = (near * close).sqrt();
            let there = self.with(input, middle).filter(|project| self.seems_so(approach, answer, project));
            *(if there.is_some() { &mut close } else { &mut near }) = middle;
        }
        for value in [close, (close * far).sqrt()] {
            let there = self.with(input, value).filter(|project| value != far && self.is_so(approach, answer, project));
            if there.is_some() {
                far = value;
                break;
            }
        }
        let at = self.value_in(&self.with(input, far)?, input);
        Some(Flip { language, input: self.name(input), now, at, approach })
    }

    fn name(&self, input: Input) -> String {
        match input {
            Input::Number(at) => NUMBERS[at].key.into(),
            Input::Part(at) => format!("parts.{at}"),
            Input::Shared => "shared".into(),
        }
    }

    fn value(&self, input: Input) -> f64 {
        self.value_in(self.project, input)
    }

    fn value_in(&self, project: &Project, input: Input) -> f64 {
        match input {
            Input::Number(at) => NUMBERS[at].get(project),
            Input::Part(at) => project.parts[at].amount().p50,
            Input::Shared => f64::from(project.shared),
        }
    }

    /// The project with this value of the input, rounded to two digits; None if that is not legal or changes nothing.
    fn with(&self, input: Input, value: f64) -> Option<Project> {
        let mut project = self.project.clone();
        match input {
            Input::Number(at) => {
                let number = &NUMBERS[at];
                let value = two_digits(if number.whole { value.round() } else { value });
                let value = if number.whole { value.round() } else { value };
                if !(number.least..=number.most).contains(&value) || value == number.get(self.project) {
                    return None;
                }
                number.set(&mut project, value);
            }
            Input::Part(at) => {
                let part: Part = project.parts[at];
                let Amount { p50, p95 } = part.amount();
                let value = two_digits(value);
                let ratio = if p50 > 0.0 { p95 / p50 } else { 1.0 };
                let amount = Amount { p50: value, p95: value * ratio };
                if amount.p95 > AMOUNT_MOST[part.kind()] || value == p50 {
                    return None;
                }
                project.parts[at] = part.with(amount);
            }
            Input::Shared => project.shared = value != 0.0,
        }
        Some(project)
    }
}

/// Whether an approach takes another's place: it is clearly better, or simpler and no worse. Which of two close ones is
/// first varies.
fn beats(one: &Ranked, other: &Ranked) -> bool {
    let Some(score) = one.score else { return false };
    let Some(left) = other.score else { return true };
    score * CLOSE < left || (score <= left && is_simpler(one.approach, other.approach))
}

/// Whether an approach asks less of the programmer than another of its language.
fn is_simpler(one: &'static Approach, other: &'static Approach) -> bool {
    let place = |approach| Approach::of(one.language).position(|own| own == approach);
    place(one) < place(other)
}

/// The nearest number of two digits: inputs of a project are not known more precisely.
fn two_digits(value: f64) -> f64 {
    if value <= 0.0 {
        return 0.0;
    }
    let scale = 10.0_f64.powi(value.log10().floor() as i32 - 1);
    let rounded = (value / scale).round();
    // dividing by a power of ten is exact where multiplying by a tenth is not
    if scale < 1.0 { rounded / (1.0 / scale).round() } else { rounded * scale }
}
