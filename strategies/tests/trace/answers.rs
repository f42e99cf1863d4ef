//! Answers that are put up: counted over all phases, put up once, and whole for every reader.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::*};
use std::thread;

use strategies::trace::{Answers, SLOT_WORDS, read_slot};

#[test]
fn slots_count_over_all_phases() {
    let answers = Answers::new(&[2, 0, 3]);
    let numbers: Vec<Vec<_>> = (0..3)
        .map(|phase| (0..answers.phase(phase).len()).map(|index| answers.phase(phase).task(index)).collect())
        .collect();
    assert_eq!(numbers, [vec![0, 1], vec![], vec![2, 3, 4]]);
    assert!(answers.phase(1).is_empty() && !answers.phase(2).is_empty());
    answers.phase(2).put(1, 7, b"late".to_vec().into());
    answers.phase(0).put(0, 0, vec![].into());
    assert_eq!((answers.done(), answers.slots().len()), (2, 5 * SLOT_WORDS));
    let up: Vec<_> = (0..5).map(|at| answers.get(at)).collect();
    assert_eq!(up, [Some((0, &b""[..])), None, None, Some((7, b"late")), None]);
}

#[test]
fn answers_are_all_there_or_the_first_missing_is_named() {
    let answers = Answers::new(&[1, 3]);
    let part = answers.phase(1);
    for (index, expected) in [(2, Err(0)), (0, Err(1)), (1, Ok(vec![vec![0], vec![1], vec![2]]))] {
        part.put(index, 0, vec![index as u8].into());
        assert_eq!(part.all(), expected.map(|answers| answers.into_iter().map(Arc::new).collect()));
    }
    assert_eq!((answers.phase(0).all(), Answers::new(&[0]).phase(0).all()), (Err(0), Ok(vec![])));
}

#[test]
fn a_second_answer_is_dropped() {
    let answers = Answers::new(&[1]);
    answers.phase(0).put(0, 3, b"first".to_vec().into());
    answers.phase(0).put(0, 4, b"second".to_vec().into());
    assert_eq!((answers.get(0), answers.done()), (Some((3, &b"first"[..])), 1));
}

/// Two lanes answer every task, each in its own way, and a reader meanwhile sees all of one answer or nothing.
#[test]
fn whoever_sees_a_slot_sees_its_answer() {
    const TASKS: usize = 2000;
    let answers = Answers::new(&[TASKS]);
    let answer = |lane: usize, task: usize| [lane.to_le_bytes(), task.to_le_bytes()].concat().repeat(1 + task % 5);
    let writing = AtomicUsize::new(2);
    thread::scope(|scope| {
        for lane in [5, 9] {
            let (part, writing) = (answers.phase(0), &writing);
            scope.spawn(move || {
                (0..TASKS).for_each(|task| part.put(task, lane, answer(lane, task).into()));
                writing.fetch_sub(1, Release);
            });
        }
        let mut seen = BTreeSet::new();
        loop {
            let over = writing.load(Acquire) == 0;
            for task in (0..TASKS).filter(|task| !seen.contains(task)).collect::<Vec<_>>() {
                let Some((lane, bytes)) = answers.get(task) else { continue };
                assert_eq!(bytes, answer(lane, task), "task {task}");
                let words = std::array::from_fn(|word| answers.slots()[task * SLOT_WORDS + word].load(Acquire));
                let slot = read_slot(words).expect("an answer stays up");
                let there = (lane, bytes.as_ptr() as usize as u32, bytes.len() as u32);
                assert_eq!((slot.lane, slot.address, slot.length), there);
                seen.insert(task);
            }
            if over {
                break;
            }
        }
        assert_eq!((seen.len(), answers.done()), (TASKS, TASKS));
    });
    assert_eq!(read_slot([0, 1, 2]), None);
}
