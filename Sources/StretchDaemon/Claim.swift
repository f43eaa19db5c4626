internal import StretchFiles
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
        // First: who is refused has not touched the journal.
        lock = try directory.lock()
        do {
            try JournalDirectory.create(journal)
            journalLock = try DaemonLock(directory: journal)
        } catch let error as FileError where error.isHeldJournal && !error.isOfStranger {
            throw error
        } catch {
            // It asks all the same, and is told at the first answer if nothing can be written.
            log.write(.warning, "\(error); until then a second daemon with this journal goes unnoticed")
        }
    }

    /// Commands find the daemon.
    var isInPlace: Bool { lock.isInPlace }

    /// Takes again what somebody removed or replaced; it never waits.
    func renew() throws(FileError) {
        if !lock.isInPlace { lock = try directory.lock(tries: 1) }
    }

    /// Takes the journal's directory, which may have come or been replaced; it never waits.
    ///
    /// - Returns: false when somebody else has it.
    func renewJournal() -> Bool {
        if journalLock?.isInPlace == true { return true }
        // First: as long as it is held open, nobody is told that what was removed is gone.
        journalLock = nil
        do throws(FileError) {
            journalLock = try DaemonLock(directory: journal, tries: 1)
        } catch {
            if error.isHeldJournal { return false }
        }
        return true
    }

    /// The other daemon that has the journal's directory.
    var rival: Int32? { DaemonLock.holder(of: journal).flatMap { DaemonLock.isDaemon($0) ? $0 : nil } }
}
