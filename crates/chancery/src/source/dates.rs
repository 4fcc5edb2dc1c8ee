//! Publication dates as pages and feeds write them.

use chancery_model::PartialDate;

/// Reads `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, each of them with a time of day behind it, `YYYYMMDD`, `D.M.YYYY`, or the date
/// of an e-mail header. The day is the one written: an outlet dates its news, and what "Tuesday" means in it, by its own
/// calendar and not by UTC.
pub fn lenient(text: &str) -> Option<PartialDate> {
    let text = text.trim();
    if let Ok(date) = text.parse() {
        return Some(date);
    }
    if let Some((day, _)) = text.split_once(['T', 't', ' '])
        && day.len() == 10
    {
        return day.parse().ok().or_else(|| dotted(day));
    }
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        return format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]).parse().ok();
    }
    dotted(text).or_else(|| {
        let zoned = jiff::fmt::rfc2822::parse(text).ok()?;
        zoned.date().to_string().parse().ok()
    })
}

/// `5.3.2024`, as German pages write it.
fn dotted(text: &str) -> Option<PartialDate> {
    let parts: Vec<&str> = text.split('.').map(str::trim).collect();
    let [day, month, year] = parts.as_slice() else { return None };
    let (day, month): (u8, u8) = (day.parse().ok()?, month.parse().ok()?);
    if year.len() != 4 {
        return None;
    }
    format!("{year}-{month:02}-{day:02}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        for (text, date) in [
            ("2024", "2024"),
            ("2024-03", "2024-03"),
            (" 2024-03-05 ", "2024-03-05"),
            ("2024-03-05T23:30:00-08:00", "2024-03-05"),
            ("2024-03-05 08:00", "2024-03-05"),
            ("20240305", "2024-03-05"),
            ("5.3.2024", "2024-03-05"),
            ("05.03.2024 08:12", "2024-03-05"),
            ("Tue, 05 Mar 2024 08:00:00 +0100", "2024-03-05"),
        ] {
            assert_eq!(lenient(text).map(|d| d.to_string()).as_deref(), Some(date), "{text}");
        }
        for bad in ["", "gestern", "5.3.24", "2024-02-30", "3/5/2024", "2024-13-01T00:00"] {
            assert_eq!(lenient(bad), None, "{bad}");
        }
    }
}
