internal import StretchJournal
internal import StretchSystem

/// What makes a daemon the only one, for as long as it lives: a lock on its journal's directory, which counts whatever
/// the runtime directories are, and one in its runtime directory, by which commands find it.
@MainActor
final class Claim {
    private let journal: String
    let directory: RuntimeDirectory
    private var journalLock: DaemonLock?
    private var lock: DaemonLock

    /// Throws where another daemon has one of them.
    init(journal: String, in directory: RuntimeDirectory, log: DaemonLog) throws {
        self.journal = journal
        self.directory = directory
        do {
            try JournalDirectory.create(journal)
            journalLock = try DaemonLock(directory: journal)
        } catch SystemError.journalHeld(let journal, let process) {
            throw SystemError.journalHeld(journal, by: process)
        } catch {
            // It asks all the same, and is told at the first answer if nothing can be written.
            log.write(.warning, "\(error); until then a second daemon with this journal goes unnoticed")
        }
        lock = try directory.lock()
    }

    /// Commands find the daemon.
    var isInPlace: Bool { lock.isInPlace }

    /// Takes again what somebody removed or replaced; it never waits.
    func renew() throws(SystemError) {
        if !lock.isInPlace { lock = try directory.lock(tries: 1) }
    }

    /// Takes the journal's directory, which may have come or been replaced.
    ///
    /// - Returns: the other daemon that has it.
    func renewJournal() -> Int32? {
        if journalLock?.isInPlace == true { return nil }
        // First: as long as it is held open, nobody is told that what was removed is gone.
        journalLock = nil
        do throws(SystemError) {
            journalLock = try DaemonLock(directory: journal, tries: 3)
            return nil
        } catch {
            return error.rival
        }
    }
}
