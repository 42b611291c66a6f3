//! Words at the right of a chart, each beside what it names, pushed apart where they would cover each other.

use serde::Serialize;

use super::scale::rounded;

/// Distance between lines of text.
pub const LINE: f64 = 15.0;

/// Words to be placed.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The height of what they name.
    pub y: f64,
    /// Their lines.
    pub lines: Vec<String>,
    /// Class of the text, for the style sheet.
    pub class: &'static str,
}

/// Words in their place.
#[derive(Debug, Serialize)]
pub struct SideLabel {
    /// Class of the text.
    class: &'static str,
    words: Vec<TextLine>,
    /// The height of what they name.
    from: f64,
    /// The height of their own middle, where a line has to lead there.
    leader: Option<f64>,
}

/// A line of text.
#[derive(Debug, Serialize)]
pub struct TextLine {
    /// Its baseline.
    pub y: f64,
    /// Its words.
    pub text: String,
}

impl SideLabel {
    /// Where the words begin and end.
    #[cfg(test)]
    pub fn span(&self) -> (f64, f64) {
        let ends = |line: Option<&TextLine>| line.map(|line| line.y).unwrap();
        (ends(self.words.first()) - LINE, ends(self.words.last()))
    }

    /// The words on one line.
    #[cfg(test)]
    pub fn text(&self) -> String {
        self.words.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// Places words between `top` and `bottom`, the highest first, each as near as may be to what it names. Where there is not room for all,
/// they go on below `bottom`.
pub fn placed(mut wanted: Vec<Wanted>, top: f64, bottom: f64) -> Vec<SideLabel> {
    wanted.sort_by(|a, b| a.y.total_cmp(&b.y));
    let heights: Vec<f64> = wanted.iter().map(|own| LINE * own.lines.len() as f64).collect();
    let mut tops: Vec<f64> = wanted.iter().zip(&heights).map(|(own, height)| own.y - height / 2.0).collect();
    // From below upwards nothing passes the bottom, then from above downwards nothing passes the top or another.
    let mut free = bottom;
    for (own, height) in tops.iter_mut().zip(&heights).rev() {
        *own = own.min(free - height);
        free = *own;
    }
    let mut free = top;
    for (own, height) in tops.iter_mut().zip(&heights) {
        *own = own.max(free);
        free = *own + height;
    }
    wanted
        .into_iter()
        .zip(tops)
        .zip(heights)
        .map(|((own, top), height)| {
            let middle = top + height / 2.0;
            SideLabel {
                class: own.class,
                words: own
                    .lines
                    .into_iter()
                    .enumerate()
                    .map(|(number, text)| TextLine { y: rounded(top + LINE * number as f64 + 11.5), text })
                    .collect(),
                from: rounded(own.y),
                leader: ((middle - own.y).abs() > 3.0).then(|| rounded(middle)),
            }
        })
        .collect()
}

/// Text broken at spaces into lines of at most `letters`, a longer word alone on its line.
pub fn wrapped(text: &str, letters: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= letters => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_string()),
        }
    }
    lines
}

/// Lines of text below each other, the first at `y`.
pub fn stacked(lines: &[&str], y: f64) -> Vec<TextLine> {
    lines
        .iter()
        .enumerate()
        .map(|(number, text)| TextLine { y: rounded(y + LINE * number as f64), text: (*text).to_string() })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wanted(y: f64, lines: usize) -> Wanted {
        Wanted { y, lines: vec!["Amber".to_string(); lines], class: "band-words" }
    }

    #[test]
    fn what_has_room_stands_beside_what_it_names() {
        let placed = placed(vec![wanted(200.0, 1), wanted(50.0, 2)], 0.0, 240.0);
        assert_eq!(placed[0].from, 50.0);
        assert_eq!((placed[0].leader, placed[1].leader), (None, None));
        assert!(placed[0].words[0].y < 50.0 && 50.0 < placed[0].words[1].y);
    }

    #[test]
    fn what_lies_close_together_is_led_to() {
        let placed = placed(vec![wanted(20.0, 2), wanted(22.0, 2), wanted(24.0, 2)], 10.0, 240.0);
        assert!(placed.iter().any(|own| own.leader.is_some()));
    }

    proptest! {
        #[test]
        fn no_words_cover_others(places in proptest::collection::vec((0.0..240.0f64, 1usize..3), 1..6)) {
            let placed = placed(places.iter().map(|(y, lines)| wanted(*y, *lines)).collect(), 0.0, 240.0);
            prop_assert_eq!(placed.len(), places.len());
            for pair in placed.windows(2) {
                prop_assert!(pair[0].span().1 <= pair[1].span().0 + 1.0, "{:?}", placed);
            }
            for own in &placed {
                prop_assert!(own.span().0 >= -5.0 && own.span().1 <= 245.0, "{:?}", own);
            }
        }
    }
}
