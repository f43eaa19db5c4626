/// The two locks that a daemon holds as long as it lives, so that it is the only one.
///
/// One is on the journal's directory. It keeps out every other daemon with this journal, even one with another runtime
/// directory. The other is in the runtime directory. It also shows commands that the daemon runs.
@MainActor
package final class Claim {
    private let journal: String
    package let directory: RuntimeDirectory
    private var journalLock: DaemonLock?
    private var lock: DaemonLock

    /// Throws when a process holds the runtime directory's lock, or when a daemon holds the journal's.
    ///
    /// - Parameter warn: called with the reason when the journal cannot be locked, but no daemon holds it.
    package init(journal: String, in directory: RuntimeDirectory, warn: (String) -> Void) throws(FileError) {
        self.journal = journal
        self.directory = directory
        // This comes first, so that a daemon that is refused here has not touched the journal.
        lock = try directory.lock()
        do throws(FileError) {
            try JournalDirectory.create(journal)
            journalLock = try DaemonLock(directory: journal)
        } catch {
            if case .journalHeld(_, let holder) = error, !holder.isStranger { throw error }
            // The daemon runs all the same. If nothing can be written, the person learns that with the first answer.
            warn("\(error); until then a second daemon with this journal goes unnoticed")
        }
    }

    /// Whether commands can find the daemon.
    package var isInPlace: Bool { lock.isInPlace }

    /// Takes the runtime directory's lock again if somebody removed or replaced its file; never waits.
    package func renew() throws(FileError) {
        if !lock.isInPlace { lock = try directory.lock(tries: 1) }
    }

    /// Locks the journal's directory if it is new, was replaced, or could not be locked before; never waits.
    ///
    /// - Returns: false when another process holds the lock.
    package func renewJournal() -> Bool {
        if journalLock?.isInPlace == true { return true }
        // Let go of the old directory first: while we hold it open, no watch reports that it was removed.
        journalLock = nil
        do throws(FileError) {
            journalLock = try DaemonLock(directory: journal, tries: 1)
        } catch {
            if case .journalHeld = error { return false }
        }
        return true
    }

    /// The process id of another daemon that has locked the journal's directory; nil when none is known.
    package var rival: Int32? {
        if case .daemon(let process)? = DaemonLock.holder(of: journal) { process } else { nil }
    }
}
