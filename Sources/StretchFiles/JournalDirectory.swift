internal import Glibc
package import StretchBase
package import StretchCore
internal import StretchUnix

/// The journal of all machines: every `*.jsonl` in its directory whose name does not begin with a dot, including
/// conflict copies of sync tools.
///
/// Read it whenever it may have changed. If nothing changed, that costs one `readdir`, and one `stat` per file. Of a
/// file that grew, only the new lines are taken in. Reading writes nothing.
package struct JournalDirectory: Sendable {
    package let path: String
    private let ownPath: FilePath?
    private var files: [FilePath: FollowedFile] = [:]
    private var isFirst = true
    private var scanner = RecordScanner()
    /// The reports about single lines, by file.
    private var lineReports: [FilePath: [JournalReport]] = [:]
    /// The reports about whole files, from the last reading only.
    private var fileReports: [FilePath: JournalReport] = [:]
    /// The newest record of each file, with its line.
    private var newest: [FilePath: (time: Timestamp, id: Record.ID, line: Int)] = [:]
    /// How this machine's own file was damaged since this process first read it: it had lost lines or was gone.
    package private(set) var incidents: [JournalReport] = []

    /// - Parameter host: the name of this machine's own file, as for `JournalFile`; nil when this machine has none.
    package init(path: String, host: String?) {
        self.path = path
        ownPath = host.map { FilePath("\(path)/\($0).jsonl") }
    }

    /// Creates the directory and what is missing above it, for this user alone.
    package static func create(_ path: String) throws(FileError) {
        try calling(.createDirectory, on: path) { () throws(Refusal) in try makeDirectory(path) }
    }

    /// What a reading found that was new.
    package struct Changes: Sendable {
        /// The new records in order of file and line; empty when `whole` has all records.
        package var records: [Record] = []
        /// All records, which replace those of earlier readings; nil when files only grew.
        ///
        /// It is set by the first reading, and when a file vanished, shrank or was changed where it had been read.
        package var whole: Ledger?
        /// The reports that are new since the last reading.
        package var news: [JournalReport] = []
    }

    /// All reports that are true now.
    package var reports: [JournalReport] {
        incidents + unread + lineReports.sorted { $0.key < $1.key }.flatMap(\.value)
    }

    /// The reports about files, or the directory, that could not be read; they may contain records that are not known.
    package var unread: [JournalReport] { fileReports.sorted { $0.key < $1.key }.map(\.value) }

    /// Whether this machine's own file, or the directory, could not be read.
    package var lacksOwnRecords: Bool {
        fileReports[FilePath(path)] != nil || ownPath.map { fileReports[$0] != nil } ?? false
    }

    package var quarantined: Int { lineReports.values.joined().count(where: \.isQuarantine) }

    /// How many files were read.
    package var fileCount: Int { files.count }

    /// Reports about last lines without a newline; such a line is no fault, because it may still be growing.
    package var unfinished: [JournalReport] {
        files.sorted { $0.key < $1.key }.compactMap { path, file in
            file.unfinishedLine.map { JournalReport(path: "\(path)", line: $0, matter: .unfinished) }
        }
    }

    /// When this machine wrote its newest record, by its own clock.
    ///
    /// A `held` record does not count, because nobody was there to see that the clock was wrong.
    /// The time in the record may be later, because an answer must be newer than what a machine with a fast clock
    /// recorded before.
    package var newestOwnRecord: Instant? {
        ownPath.flatMap { newest[$0] }.map { newest in min(newest.time.instant, newest.id.time ?? newest.time.instant) }
    }

    /// For each file with a record later than the moment, a report about the newest one.
    package func reports(ahead moment: Instant) -> [JournalReport] {
        newest.sorted { $0.key < $1.key }.filter { $0.value.time.instant > moment }
            .map { JournalReport(path: "\($0.key)", line: $0.value.line, matter: .ahead($0.value.time)) }
    }

    /// Reads what is new; the first reading brings everything.
    package mutating func read() -> Changes {
        let known = Set(reports)
        var changes = Changes()
        fileReports = [:]
        if let sightings = lookAround() {
            noteLosses(sightings)
            let onlyGrew = files.allSatisfy { path, file in sightings[path].map { !file.isLonger(than: $0) } ?? false }
            if !isFirst, onlyGrew, readOn(sightings, { changes.records.append($0) }) {
                // Copies of a file bring the same ids again: the ledger counts each id once.
            } else {
                (files, lineReports, newest) = ([:], [:], [:])
                changes.records = []
                changes.whole = Ledger { take in _ = readOn(sightings, take) }
                isFirst = false
            }
        }
        changes.news = reports.filter { !known.contains($0) }
        return changes
    }

    /// The records of this machine's own file, in the order in which it wrote them.
    package func ownRecords() -> [Record] { ownPath.map(records) ?? [] }

    /// For each of these records that this machine did not write: the name of the file that has it, up to the first dot.
    ///
    /// stretchd names its files after machines. A copy of a file that a sync tool made has the same beginning.
    package func machines(of ids: Set<Record.ID>) -> [Record.ID: String] {
        let own = ownPath.map { String(Path.name(of: "\($0)").prefix { $0 != "." }) }
        var machines: [Record.ID: String] = [:]
        for path in files.keys.sorted() {
            let machine = String(Path.name(of: "\(path)").prefix { $0 != "." })
            guard machine != own else { continue }
            for record in records(in: path) where ids.contains(record.id) && machines[record.id] == nil {
                machines[record.id] = machine
            }
        }
        if !machines.isEmpty { for record in ownRecords() { machines[record.id] = nil } }
        return machines
    }

    private func records(in path: FilePath) -> [Record] {
        var (file, scanner) = (FollowedFile(), RecordScanner())
        var records: [Record] = []
        do {
            _ = try file.readOn(path) { line, isWhole, _ in
                if isWhole, case .record(let record) = scanner.scan(line) { records.append(record) }
            }
        } catch {}  // There is no such file, or the reading just before has reported why it cannot be read.
        return records
    }

    /// The journal's files as they are now; nil when the directory cannot be read.
    private mutating func lookAround() -> [FilePath: FollowedFile.Sighting]? {
        do {
            var sightings: [FilePath: FollowedFile.Sighting] = [:]
            for file in try journalFiles(in: path) {
                var status = stat()
                do { try retrying { lstat(file.cString, &status) } } catch {
                    if error.code == ENOENT { continue }  // gone since we read its name
                    note(.unreadable(error.code), file)
                    // Treat the file as unchanged, so that its records that were read before still count.
                    sightings[file] = files[file]?.seen
                    continue
                }
                if !status.isRegularFile { note(.notAFile, file) }
                sightings[file] = status.isRegularFile ? FollowedFile.Sighting(status) : nil
            }
            return sightings
        } catch {
            note(.unreadable(error.code), FilePath(path))
            return nil
        }
    }

    private mutating func noteLosses(_ sightings: [FilePath: FollowedFile.Sighting]) {
        guard let ownPath, let file = files[ownPath] else { return }
        let own = sightings[ownPath]
        guard own.map(file.isLonger) ?? true else { return }
        incidents.append(JournalReport(path: "\(ownPath)", matter: own == nil ? .missing : .shorter))
    }

    /// Reads on in every file that changed; false when a file no longer contains what was read before.
    private mutating func readOn(_ sightings: [FilePath: FollowedFile.Sighting], _ take: (Record) -> Void) -> Bool {
        for (path, sighting) in sightings.sorted(by: { $0.key < $1.key }) {
            let isNew = files[path] == nil
            var file = files[path] ?? FollowedFile()
            if file.isUnchanged(sighting) { continue }
            let reports = lineReports[path]
            do {
                var newest = newest[path]
                let continued = try file.readOn(path) { line, isWhole, number in
                    switch isWhole ? scanner.scan(line) : .quarantined("longer than a megabyte") {
                    case .record(let record):
                        if !record.isHeld, newest.map({ $0.time.instant <= record.ts.instant }) ?? true {
                            newest = (record.ts, record.id, number)
                        }
                        take(record)
                    case .blank: break
                    case .newer(let version): note(.newer(version), path, number)
                    case .quarantined(let reason): note(.quarantined(reason), path, number)
                    }
                }
                self.newest[path] = newest
                if continued { files[path] = file } else if !isNew { return false }
                // A new file for which `readOn` returns false is no longer a plain file.
            } catch {
                // Drop the new reports: the next reading begins where this one did, and makes them again.
                lineReports[path] = reports
                note(.unreadable(error.code), path)
            }
        }
        return true
    }

    private mutating func note(_ matter: JournalReport.Matter, _ path: FilePath, _ line: Int) {
        lineReports[path, default: []].append(JournalReport(path: "\(path)", line: line, matter: matter))
    }

    private mutating func note(_ matter: JournalReport.Matter, _ path: FilePath) {
        fileReports[path] = JournalReport(path: "\(path)", matter: matter)
    }
}

/// Something about the journal's files that a person should know.
///
/// It prints as one line.
package struct JournalReport: Hashable, Sendable {
    /// The file, or the directory itself.
    package let path: String
    /// The number of the line, from 1; nil when the report is about the whole file.
    package private(set) var line: Int?
    package let matter: Matter

    package enum Matter: Hashable, Sendable {
        /// The line is no complete record and does not count; the value is the reason.
        case quarantined(String)
        /// A newer version of the program wrote the line, which does not count here; the value is its `v`.
        case newer(Int)
        /// The kernel refused to read the file or directory; the value is the `errno`.
        case unreadable(Int32)
        /// It is not a plain file, but for example a directory, and is not read.
        ///
        /// A symbolic link is not read either, because nothing would notify us when its target grows.
        case notAFile
        /// This machine's own file is gone; what the other files say still counts.
        case missing
        /// This machine's own file has lost lines; what remains still counts.
        case shorter
        /// The record counts, but its time is more than a day in the future.
        case ahead(Timestamp)
        /// The last line has no newline yet: it is being written, or was torn.
        case unfinished
    }
}

extension JournalReport: CustomStringConvertible {
    /// One line, whatever is in the file's name: a sync tool, or anybody, may have given it.
    package var description: String { "\(oneLine(line.map { "\(path):\($0)" } ?? path)): \(words)" }

    /// What is wrong and what to do, without the place.
    package var words: String {
        switch matter {
        case .quarantined(let reason): "not counted, \(reason); mend or delete the line"
        case .newer(let version): "not counted, written in version \(version) of the format; update stretchd"
        case .unreadable(let code): "cannot be read, \(KernelRefusal(code, to: .follow))"
        case .notAFile: "ignored, not a plain file; put the file itself there"
        case .missing: "this machine's file is gone; restore it from a backup if you did not remove it"
        case .ahead(let time): "its time, \(time), is more than a day ahead; correct or delete the line"
        case .shorter: "this machine's file lost lines; restore it from a backup if you did not edit it"
        case .unfinished: "not counted yet, the last line has no newline; it is being written, or was torn"
        }
    }

    package var isQuarantine: Bool { if case .quarantined = matter { true } else { false } }
}
