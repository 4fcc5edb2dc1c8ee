//! Arguments of the commands: `--name value…`.

/// The arguments after the command.
pub(crate) struct Args(pub(crate) Vec<String>);

impl Args {
    /// Every value of an option, up to the next option.
    pub(crate) fn many(&self, name: &str) -> Vec<&str> {
        let mut out = Vec::new();
        let mut on = false;
        for arg in &self.0 {
            if arg.starts_with("--") {
                on = arg == name;
            } else if on {
                out.push(arg.as_str());
            }
        }
        out
    }

    /// The first value of an option.
    pub(crate) fn one(&self, name: &str) -> Option<&str> {
        self.many(name).first().copied()
    }

    /// A number.
    pub(crate) fn number(&self, name: &str) -> Result<Option<u64>, String> {
        self.one(name).map(|v| v.parse().map_err(|_| format!("{name} expects a number, not '{v}'"))).transpose()
    }

    /// Whether an option is there.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|a| a == name)
    }
}
