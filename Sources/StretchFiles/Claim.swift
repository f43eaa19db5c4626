/// The two locks that make a daemon the only one, for as long as it lives.
///
/// One is on the journal's directory: it also keeps out a daemon with another runtime directory. The other is in the
/// runtime directory: commands find the daemon by it.
@MainActor
package final class Claim {
    private let journal: String
    package let directory: RuntimeDirectory
    private var journalLock: DaemonLock?
    private var lock: DaemonLock

    /// Throws when another daemon holds one of the locks.
    ///
    /// - Parameter warn: called with the reason when the journal is not locked.
    package init(journal: String, in directory: RuntimeDirectory, warn: (String) -> Void) throws(FileError) {
        self.journal = journal
        self.directory = directory
        // First: a daemon that is refused here has not touched the journal.
        lock = try directory.lock()
        do throws(FileError) {
            try JournalDirectory.create(journal)
            journalLock = try DaemonLock(directory: journal)
        } catch {
            if case .journalHeld(_, let holder) = error, !holder.isStranger { throw error }
            // The daemon prompts all the same. If nothing can be written, the person learns that with the first answer.
            warn("\(error); until then a second daemon with this journal goes unnoticed")
        }
    }

    /// Whether commands can find the daemon.
    package var isInPlace: Bool { lock.isInPlace }

    /// Takes the runtime directory's lock again if somebody removed or replaced its file; never waits.
    package func renew() throws(FileError) {
        if !lock.isInPlace { lock = try directory.lock(tries: 1) }
    }

    /// Locks the journal's directory again, which may be new or replaced; never waits.
    ///
    /// - Returns: false when another process holds the lock.
    package func renewJournal() -> Bool {
        if journalLock?.isInPlace == true { return true }
        // First: while we hold a removed directory open, no watch reports that it is gone.
        journalLock = nil
        do throws(FileError) {
            journalLock = try DaemonLock(directory: journal, tries: 1)
        } catch {
            if case .journalHeld = error { return false }
        }
        return true
    }

    /// The process of another daemon that has locked the journal's directory.
    package var rival: Int32? {
        if case .daemon(let process)? = DaemonLock.holder(of: journal) { process } else { nil }
    }
}
