//! When a row holds: its columns of time brought together.

use chancery_model::Date;

use super::days;
use super::report::Fault;
use super::rows::Bad;

/// What a row says of its time.
#[derive(Default)]
pub(super) struct When {
    pub(super) session: Option<i16>,
    pub(super) days: Option<(Date, Date)>,
    pub(super) from: Option<Date>,
    pub(super) to: Option<Date>,
    pub(super) file_year: Option<i16>,
}

impl When {
    /// First day, day after the last, and what is odd about them.
    pub(super) fn interval(&self) -> Result<(Date, Date, Option<String>), Bad> {
        let session = match self.session {
            Some(s) => Some(days::session(s).ok_or_else(|| (Fault::Unreadable, format!("there is no session {s}")))?),
            None => None,
        };
        if let Some(from) = self.from {
            let to = self.to.unwrap_or(Date::MAX);
            return if from < to {
                Ok((from, to, None))
            } else {
                Err((Fault::Unreadable, "ends before it begins".into()))
            };
        }
        let Some((from, to)) = self.days else {
            return session.map(|(from, to)| (from, to, None)).ok_or((Fault::Unreadable, "no date".to_owned()));
        };
        let Some((opens, closes)) = session else { return Ok((from, to, None)) };
        let said = || format!("session {} and {}", self.session.unwrap_or_default(), from.year());
        // Resumed and special sessions reach into the years next to a session's own; published dates slip by a year.
        if from.year() < opens.year() - 1 || from.year() > closes.year() + 1 {
            Err((Fault::WrongSession, said()))
        } else if from.year() < opens.year() || from.year() > closes.year() {
            Ok((from, to, Some(said())))
        } else {
            Ok((from, to, None))
        }
    }
}
