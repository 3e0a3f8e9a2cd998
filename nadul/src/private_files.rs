//! What this program writes is for its own account: folders 0700, files 0600. Another account reads what it is let read on purpose.
use rustix::fs::Mode;
use std::fs::Permissions;
use std::io::Result;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

const ALL_BUT_OWNER: u32 = 0o077;
const OTHERS: u32 = 0o007;

/// Holds for everything this process makes from now on, the files of SQLite and sockets too.
pub fn make_for_own_account() {
    rustix::process::umask(Mode::from_raw_mode(ALL_BUT_OWNER));
}

/// Narrows what everybody may read or write to its owner, and says whether it did. What only the group may read stays
/// as it is: so an operator lets a second account read.
pub fn narrow(path: &Path) -> Result<bool> {
    let metadata = std::fs::symlink_metadata(path)?;
    let mode = metadata.permissions().mode();
    if metadata.is_symlink() || mode & OTHERS == 0 {
        return Ok(false);
    }
    std::fs::set_permissions(path, Permissions::from_mode(mode & !ALL_BUT_OWNER))?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_may_read_is_narrowed_and_what_a_group_may_read_stays() {
        let home = tempfile::tempdir().expect("a temporary folder");
        let file = home.path().join("catch.db");
        std::fs::write(&file, "").expect("a file");
        for (before, narrowed, after) in [(0o644, true, 0o600), (0o640, false, 0o640), (0o602, true, 0o600)] {
            std::fs::set_permissions(&file, Permissions::from_mode(before)).expect("it is ours");
            assert_eq!(narrow(&file).expect("it is ours"), narrowed);
            let mode = std::fs::metadata(&file).expect("it is there").permissions().mode();
            assert_eq!(mode & 0o777, after);
        }
    }
}
