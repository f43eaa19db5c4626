import CSystemd
import Glibc
import StretchBase
import StretchCore
import StretchUnix

/// Reports changes of what its paths lead to, and reports when a path leads elsewhere.
///
/// A watch of the kernel belongs to what the path led to when it was attached. So every directory and link on the way
/// is watched too, but only for being moved or removed. What others do in these directories does not wake us. If a name
/// on the way is missing, the last directory before it is watched for new entries.
///
/// No event tells that a file system was mounted on the way. `refresh` notices it.
@MainActor
package final class PathWatch {
    /// Which changes matter in what the paths lead to.
    package enum Matter: Sendable {
        /// Writes to the files that the paths lead to.
        case contents
        /// Any change of the entries of the directories that the paths lead to.
        case entries
        /// Deleted entries of the directories that the paths lead to.
        case removals
    }

    private var paths: [String]
    private let matter: Matter
    private let changed: @MainActor () -> Void
    private var inotify: WatchedDescriptor?
    /// The walks that are watched now, and the entry that each of the kernel's watches belongs to.
    private var walks: [PathWalk] = []
    private var watches: [Int32: PathWalk.Entry] = [:]
    /// Why some changes may go unseen, otherwise nil; `refresh` tries again to watch everything.
    package private(set) var trouble: FileError?

    /// - Parameter paths: absolute. They need not lead to anything yet.
    package init(_ paths: [String], _ matter: Matter, _ changed: @escaping @MainActor () -> Void) {
        self.paths = paths
        self.matter = matter
        self.changed = changed
        attach()
    }

    /// Watches `config.toml` and the files that it includes, in place of what was watched before.
    ///
    /// Calls `changed` if a path that was watched before leads elsewhere now, because what was read there may be old.
    package func follow(configuration path: String, including includes: [String]) {
        let before = zip(paths, walks)
        paths = [path] + includes.map { "\(Path.directory(of: path))/\($0)" }
        attach()
        let isChanged = zip(before, zip(paths, walks)).contains { before, now in
            before.0.utf8.elementsEqual(now.0.utf8) && before.1 != now.1
        }
        if isChanged { changed() }
    }

    /// Watches anew after trouble or when the paths lead elsewhere; if that changed anything, calls `changed` and
    /// returns true.
    @discardableResult
    package func refresh() -> Bool {
        guard trouble != nil || currentWalks != walks, attach() else { return false }
        changed()
        return true
    }

    /// Watches what the paths lead to now; true if the walks, or the trouble with watching them, have changed.
    @discardableResult
    package func attach() -> Bool {
        let before = (walks, trouble)
        var current = currentWalks
        // Walk again until nothing has changed, because no watch reports a change that came before it was in place.
        // If the paths change all the time, stop: the next event or `refresh` continues.
        for _ in 1...8 {
            walks = current
            attachWatches()
            current = currentWalks
            if current == walks { break }
        }
        return walks != before.0 || trouble != before.1
    }

    private var currentWalks: [PathWalk] { paths.map { PathWalk($0) } }

    // MARK: The kernel's watches

    private func attachWatches() {
        trouble = nil
        guard let inotify = inotify ?? open() else { return }
        var wanted = self.wanted
        // Remove old watches first, so that they do not count against the user's limit. If the entry of a watch is
        // gone, the kernel has removed the watch too. The call then fails, which does no harm.
        for (watch, entry) in watches where wanted[entry] == nil { inotify_rm_watch(inotify.number, watch) }
        let before = watches
        watches = [:]
        // Begin at the end of each path: if the limit allows only some watches, those there matter most.
        for (path, walk) in zip(paths, walks) {
            for step in walk.steps.reversed() {
                guard let mask = wanted[step.entry] else { continue }
                let watch = inotify_add_watch(inotify.number, step.path, mask | Self.exactly)
                if watch >= 0 {
                    watches[watch] = step.entry
                    continue
                }
                let number = errno
                note(number, at: step, of: path, mask)
                if number == EACCES, let directory = walk.directory, directory != step.entry {
                    // A chmod may later let us read it. Its directory, which comes next in this loop, reports that.
                    wanted[directory, default: 0] |= Self.attributes
                }
            }
        }
        // Remove watches that were not used again. A new entry may have the inode number of a deleted one, but it has
        // another watch.
        for watch in before.keys where watches[watch] == nil { inotify_rm_watch(inotify.number, watch) }
    }

    private func open() -> WatchedDescriptor? {
        let descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        guard descriptor >= 0 else {
            trouble = .failed(.watch, on: oneLine(paths[0]), errno: errno)
            return nil
        }
        inotify = WatchedDescriptor(descriptor) { [weak self] in self?.readEvents() }
        return inotify
    }

    private func note(_ number: Int32, at step: PathWalk.Step, of path: String, _ mask: UInt32) {
        switch number {
        // The entry has just been removed. The next walk ends there.
        case ENOENT, ENOTDIR, ELOOP: break
        // We may pass this directory but not read it, as with /home on many machines. It hardly ever moves.
        case EACCES where mask == Self.passing: break
        case EACCES:
            let place = String(decoding: step.path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
            trouble = trouble ?? .failed(.watch, on: oneLine(place), errno: number)
        default: trouble = trouble ?? .failed(.watch, on: oneLine(path), errno: number)
        }
    }

    /// The events to watch for at each entry, for all walks together, because the kernel has one watch for an entry.
    private var wanted: [PathWalk.Entry: UInt32] {
        var masks: [PathWalk.Entry: UInt32] = [:]
        func want(_ mask: UInt32, of entry: PathWalk.Entry?) { if let entry { masks[entry, default: 0] |= mask } }
        for walk in walks {
            for step in walk.steps {
                want(step.isDirectory ? Self.passing : Self.passing | Self.attributes, of: step.entry)
            }
            switch walk.end {
            case .missing: want(Self.arrivals, of: walk.directory)
            // A chmod may later let us go on there.
            case .refused: want(Self.attributes, of: walk.steps.last?.entry)
            case .arrived:
                guard let last = walk.steps.last else { continue }
                switch matter {
                case .contents: if !last.isDirectory { want(Self.writing, of: last.entry) }
                case .removals: if last.isDirectory { want(Self.removals, of: last.entry) }
                case .entries:
                    guard last.isDirectory else { continue }
                    want(Self.arrivals | Self.writing | Self.departures, of: last.entry)
                    // While somebody holds a directory open, as we do for its lock, its own watch does not report that
                    // it is removed.
                    want(Self.removals, of: walk.parent)
                }
            }
        }
        return masks
    }

    private static let passing = UInt32(IN_MOVE_SELF | IN_DELETE_SELF)
    /// The only event that comes when a watched file is replaced while a program has it open.
    ///
    /// A directory gets it for changes of its entries, too.
    private static let attributes = UInt32(IN_ATTRIB)
    private static let writing = UInt32(IN_CLOSE_WRITE)
    private static let arrivals = UInt32(IN_CREATE | IN_MOVED_TO)
    private static let removals = UInt32(IN_DELETE)
    private static let departures = UInt32(IN_DELETE | IN_MOVED_FROM)
    /// Watches a link itself, not its target.
    private static let exactly = UInt32(IN_DONT_FOLLOW)

    // MARK: Events

    private func readEvents() {
        guard let inotify else { return }
        let ends = Set(walks.compactMap { $0.end == .arrived ? $0.steps.last?.entry : nil })
        var isChanged = false
        var isLost = false
        var isUnsure = false
        for event in InotifyEvent.read(from: inotify.number) {
            if event.has(IN_Q_OVERFLOW) {
                (isChanged, isLost) = (true, true)
            } else if let entry = watches[event.watch] {
                if event.isOfEntryWithin {
                    // This entry is not the end of a path, so only a new walk tells whether the event concerns us.
                    if ends.contains(entry) { isChanged = true } else { isUnsure = true }
                } else {
                    isChanged = true
                    isLost = isLost || !event.has(IN_CLOSE_WRITE)
                }
            }
        }
        // If a watch was lost, attach even if the walks look the same: new entries may have got the inode numbers of
        // deleted ones.
        if isLost || isUnsure && (trouble != nil || currentWalks != walks), attach() { isChanged = true }
        if isChanged { changed() }
    }
}

/// An event that the kernel writes to an inotify descriptor.
private struct InotifyEvent {
    let watch: Int32
    let mask: UInt32
    /// Whether the event concerns something in the watched directory, not the directory itself.
    let isOfEntryWithin: Bool

    func has(_ bits: Int32) -> Bool { mask & UInt32(bitPattern: bits) != 0 }

    /// The events of one `read`; empty when there are none.
    static func read(from descriptor: Int32) -> [InotifyEvent] {
        withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: MemoryLayout<inotify_event>.alignment) { buffer in
            guard let start = buffer.baseAddress else { return [] }
            let count = Glibc.read(descriptor, start, buffer.count)
            var events: [InotifyEvent] = []
            var offset = 0
            while offset < count {
                let header = buffer.load(fromByteOffset: offset, as: inotify_event.self)
                events.append(InotifyEvent(watch: header.wd, mask: header.mask, isOfEntryWithin: header.len > 0))
                offset += MemoryLayout<inotify_event>.size + Int(header.len)
            }
            return events
        }
    }
}
