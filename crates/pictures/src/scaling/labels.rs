//! The positions of labels that name lines directly: as near as possible to the lines, without overlap.

/// The least distance between the middles of two labels, in the picture's scale.
const APART: f64 = 16.0;

/// Moves heights apart that are too close to each other, within `[top, bottom]`, keeping their order; the result is in
/// the order of `wanted`.
pub fn spread(wanted: &[f64], [top, bottom]: [f64; 2]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|one, other| wanted[*one].total_cmp(&wanted[*other]));
    let mut placed = wanted.to_vec();
    let mut least = top;
    for at in &order {
        placed[*at] = placed[*at].max(least);
        least = placed[*at] + APART;
    }
    let mut most = bottom;
    for at in order.iter().rev() {
        placed[*at] = placed[*at].min(most);
        most = placed[*at] - APART;
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_stay_where_they_belong_if_there_is_room() {
        assert_eq!(spread(&[100.0, 40.0, 70.0], [0.0, 200.0]), [100.0, 40.0, 70.0]);
    }

    #[test]
    fn labels_move_apart_and_keep_their_order() {
        assert_eq!(spread(&[52.0, 50.0, 51.0], [0.0, 200.0]), [82.0, 50.0, 66.0]);
        assert_eq!(spread(&[198.0, 199.0], [0.0, 200.0]), [184.0, 200.0]);
        assert_eq!(spread(&[-20.0, 1.0], [0.0, 200.0]), [0.0, 16.0]);
    }
}
