/// What makes a daemon the only one, for as long as it lives: a lock on its journal's directory, which counts whatever
/// the runtime directories are, and one in its runtime directory, by which commands find it.
@MainActor
package final class Claim {
    private let journal: String
    package let directory: RuntimeDirectory
    private var journalLock: DaemonLock?
    private var lock: DaemonLock

    /// Throws where another daemon has one of them.
    ///
    /// - Parameter warn: told why the journal is not locked.
    package init(journal: String, in directory: RuntimeDirectory, warn: (String) -> Void) throws(FileError) {
        self.journal = journal
        self.directory = directory
        // First: who is refused has not touched the journal.
        lock = try directory.lock()
        do throws(FileError) {
            try JournalDirectory.create(journal)
            journalLock = try DaemonLock(directory: journal)
        } catch {
            if case .journalHeld(_, let holder) = error, !holder.isStranger { throw error }
            // It asks all the same, and is told at the first answer if nothing can be written.
            warn("\(error); until then a second daemon with this journal goes unnoticed")
        }
    }

    /// Commands find the daemon.
    package var isInPlace: Bool { lock.isInPlace }

    /// Takes again what somebody removed or replaced; it never waits.
    package func renew() throws(FileError) {
        if !lock.isInPlace { lock = try directory.lock(tries: 1) }
    }

    /// Takes the journal's directory, which may have come or been replaced; it never waits.
    ///
    /// - Returns: false when somebody else has it.
    package func renewJournal() -> Bool {
        if journalLock?.isInPlace == true { return true }
        // First: as long as a removed directory is held open, nobody is told that it is gone.
        journalLock = nil
        do throws(FileError) {
            journalLock = try DaemonLock(directory: journal, tries: 1)
        } catch {
            if case .journalHeld = error { return false }
        }
        return true
    }

    /// The process of another daemon that has the journal's directory.
    package var rival: Int32? {
        if case .daemon(let process)? = DaemonLock.holder(of: journal) { process } else { nil }
    }
}
