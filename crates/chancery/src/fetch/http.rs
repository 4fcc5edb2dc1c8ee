//! HTTP and HTTPS, with resumption.

use std::time::Duration;

use ureq::http::{HeaderMap, Response, header};
use ureq::{Agent, Body as Payload};

use super::{Body, Fetch, Offer};
use crate::error::Error;

/// A client that says who it is.
#[derive(Debug, Clone)]
pub struct Http(Agent);

impl Default for Http {
    fn default() -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_connect(Some(Duration::from_secs(30)))
            .timeout_recv_response(Some(Duration::from_mins(1)))
            .user_agent(concat!("chancery/", env!("CARGO_PKG_VERSION")))
            .build();
        Self(config.new_agent())
    }
}

impl Fetch for Http {
    fn offer(&self, url: &str) -> Result<Offer, Error> {
        let response = self.0.head(url).call().map_err(|e| failed(url, &e))?;
        let (status, headers) = (response.status().as_u16(), response.headers());
        // Some servers refuse HEAD for what they give.
        let known = (200..300).contains(&status);
        if !known && status != 405 && status != 403 && status != 501 {
            return Err(refused(url, status));
        }
        Ok(Offer {
            url: url.to_owned(),
            host: host(url).to_owned(),
            size: if known { length(headers) } else { None },
            version: if known { version(headers) } else { None },
        })
    }

    fn body(&self, url: &str, from: u64, version_held: Option<&str>) -> Result<Body, Error> {
        // Bytes as they lie there: a compressed transfer could not be resumed.
        let mut request = self.0.get(url).header(header::ACCEPT_ENCODING, "identity");
        if let Some(version) = version_held.filter(|_| from > 0) {
            request = request.header(header::RANGE, format!("bytes={from}-")).header(header::IF_RANGE, version);
        }
        let response = request.call().map_err(|e| failed(url, &e))?;
        match response.status().as_u16() {
            206 => Ok(rest(from, response)),
            // Nothing is left, or less than is here: begin again.
            416 => self.body(url, 0, None),
            200..=299 => Ok(whole(response)),
            status => Err(refused(url, status)),
        }
    }
}

fn whole(response: Response<Payload>) -> Body {
    let (total, version) = (length(response.headers()), version(response.headers()));
    Body { from: 0, total, version, bytes: Box::new(response.into_body().into_reader()) }
}

fn rest(from: u64, response: Response<Payload>) -> Body {
    let total = length(response.headers()).map(|rest| from + rest);
    let version = version(response.headers());
    Body { from, total, version, bytes: Box::new(response.into_body().into_reader()) }
}

fn length(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// A strong entity tag, else the date of change; a weak tag does not promise the same bytes.
fn version(headers: &HeaderMap) -> Option<String> {
    let text = |name| headers.get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
    text(header::ETAG).filter(|tag| !tag.starts_with("W/")).or_else(|| text(header::LAST_MODIFIED))
}

/// The host in an address.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}

fn failed(url: &str, error: &ureq::Error) -> Error {
    Error::Unreachable { url: url.to_owned(), why: error.to_string() }
}

fn refused(url: &str, status: u16) -> Error {
    Error::Unreachable { url: url.to_owned(), why: format!("the server answers {status}") }
}
