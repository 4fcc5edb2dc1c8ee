//! Language identification.

use crate::lang::Lang;

/// The outcome of language identification.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Detection {
    /// The language; `None` when it is neither German nor English, or cannot be told.
    pub lang: Option<Lang>,
    /// Between 0 and 1.
    pub confidence: f32,
}

const GERMAN: &[&str] = &[
    "der", "die", "und", "das", "ist", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "nicht", "mit",
    "von", "für", "auf", "sich", "auch", "im", "zu", "zur", "zum", "sei", "wird", "wurde", "haben", "hat", "nach",
    "bei", "aus", "wie", "über", "als", "um", "dass", "sie", "er", "es", "werden", "gegen", "zwischen", "vor", "durch",
    "sind", "war", "am", "noch", "nur", "oder", "aber", "ab", "aus", "kein", "keine", "mehr", "gibt", "will", "soll",
    "sagt", "bis", "beim", "vom", "unter", "zwei", "drei", "jahr", "jahre",
];
const ENGLISH: &[&str] = &[
    "the", "of", "and", "is", "to", "in", "that", "for", "on", "with", "was", "as", "by", "at", "from", "has", "have",
    "its", "it", "he", "she", "they", "said", "be", "are", "not", "this", "were", "an", "a", "had", "will", "would",
    "their", "his", "her", "but", "which", "after", "between", "over", "about", "who", "or", "been",
];

/// Tells German and English from each other and from everything else.
///
/// Function words decide where there are enough of them; otherwise trigrams do (crate `whatlang`).
pub fn detect(text: &str) -> Detection {
    // The beginning of a long text tells enough.
    let mut end = text.len().min(4000);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let (mut german, mut english, mut total) = (0_usize, 0_usize, 0_usize);
    for word in text[..end].split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').filter(|w| !w.is_empty()) {
        let lower = word.to_lowercase();
        total += 1;
        german += usize::from(GERMAN.contains(&lower.as_str()));
        english += usize::from(ENGLISH.contains(&lower.as_str()));
    }
    let (best, other, lang) = if german > english { (german, english, Lang::De) } else { (english, german, Lang::En) };
    let guess = whatlang::detect(&text[..end]);
    let foreign = guess
        .as_ref()
        .is_some_and(|g| g.is_reliable() && !matches!(g.lang(), whatlang::Lang::Deu | whatlang::Lang::Eng));
    if total > 0 && best >= 2 && best * 6 >= total && best > other * 2 && !(foreign && best * 4 < total) {
        return Detection { lang: Some(lang), confidence: (best as f32 / total as f32 * 2.5).min(1.0) };
    }
    // A headline has few function words; one is enough where nothing speaks against it.
    if best >= 1 && other == 0 && best * 6 >= total && !foreign {
        return Detection { lang: Some(lang), confidence: 0.5 };
    }
    match guess.map(|g| (g.lang(), g.confidence() as f32)) {
        Some((whatlang::Lang::Deu, c)) => Detection { lang: Some(Lang::De), confidence: c * 0.9 },
        Some((whatlang::Lang::Eng, c)) => Detection { lang: Some(Lang::En), confidence: c * 0.9 },
        Some((_, c)) => Detection { lang: None, confidence: c },
        None => Detection { lang: None, confidence: 0.0 },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_german_english_and_neither() {
        for (text, lang) in [
            ("Russland liefert der Ukraine kein Gas mehr, teilte der Kreml am Dienstag mit.", Some(Lang::De)),
            ("Seoul: Nordkorea feuert Rakete ab", Some(Lang::De)),
            ("Russia has stopped its deliveries of gas to Ukraine, the Kremlin said on Tuesday.", Some(Lang::En)),
            (
                "Le président français a rencontré son homologue russe à Moscou pour parler de la guerre en Ukraine.",
                None,
            ),
            ("Россия прекратила поставки газа на Украину, сообщил Кремль во вторник.", None),
            ("El presidente de Chile se reunió con el ministro de Asuntos Exteriores de Japón en Santiago.", None),
            ("", None),
            ("12345 !!!", None),
        ] {
            assert_eq!(detect(text).lang, lang, "{text}");
        }
    }
}
