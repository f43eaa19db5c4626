import CSystemd
import Glibc

/// Tells what changes in a directory, also when it is created, removed or replaced later.
///
/// While the directory does not exist its nearest existing ancestor is watched, for new entries only. That an ancestor of
/// an existing directory is moved away goes unseen.
@MainActor
package final class DirectoryWatch {
    package enum Change: Hashable, Sendable {
        /// Entries that were created, written and closed, moved or removed.
        case entries(Set<String>)
        /// The directory came or went, or more happened than the kernel could queue: look at all of it.
        case everything
    }

    private let changed: @MainActor (Change) -> Void
    /// The directory and then its ancestors, up to the root.
    private let candidates: [String]
    private var inotify: ReadableDescriptor?
    /// The watch in force, on `candidates[level]`.
    private var watch: Int32 = -1
    private var level = 0

    /// - Parameter path: absolute. Symbolic links in it are followed.
    package init(_ path: String, _ changed: @escaping @MainActor (Change) -> Void) throws(SystemError) {
        self.changed = changed
        candidates = Array(sequence(first: path) { $0 == "/" ? nil : Path.directory(of: $0) })
        let descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        guard descriptor >= 0 else { throw .failed(.watch, on: path, errno: errno) }
        inotify = ReadableDescriptor(descriptor) { [weak self] in self?.readEvents() }
        attach()
        guard watch >= 0 else { throw .failed(.watch, on: path, errno: errno) }
    }

    /// Watches the directory or, if that cannot be, the ancestor nearest to it.
    ///
    /// The watch before is released first, so the user's limit of watches cannot be in the way.
    private func attach() {
        release()
        guard let found = candidates.indices.first(where: { add($0) }) else { return }
        level = found
        // What was missing may have come meanwhile, and its coming would not be told any more.
        while level > 0 {
            let ancestor = watch
            guard add(level - 1) else { return }
            if watch != ancestor { remove(ancestor) }
            level -= 1
        }
    }

    private func add(_ level: Int) -> Bool {
        guard let inotify else { return false }
        let arrivals = IN_CREATE | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR
        let changes = arrivals | IN_CLOSE_WRITE | IN_MOVED_FROM | IN_DELETE
        let added = inotify_add_watch(inotify.number, candidates[level], UInt32(level == 0 ? changes : arrivals))
        if added >= 0 { watch = added }
        return added >= 0
    }

    private func release() {
        if watch >= 0 { remove(watch) }
        watch = -1
    }

    private func remove(_ watch: Int32) {
        guard let inotify else { return }
        // Fails when the directory is gone and the watch with it, which is as good.
        inotify_rm_watch(inotify.number, watch)
    }

    private func readEvents() {
        guard let inotify else { return }
        var names: Set<String> = []
        var everything = false
        for event in InotifyEvent.read(from: inotify.number) {
            if event.has(IN_Q_OVERFLOW) {
                everything = true
            } else if event.watch == watch {
                if event.has(IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED) || leadsOn(event) {
                    let before = level
                    attach()
                    everything = everything || before == 0 || level == 0
                } else if level == 0 {
                    names.insert(event.name)
                }
            }
        }
        if everything { changed(.everything) } else if !names.isEmpty { changed(.entries(names)) }
    }

    /// Whether an ancestor got the entry that is next on the way to the directory.
    private func leadsOn(_ event: InotifyEvent) -> Bool {
        level > 0 && event.name == Path.name(of: candidates[level - 1])
    }
}

/// One entry of what the kernel writes to an inotify descriptor.
private struct InotifyEvent {
    let watch: Int32
    let mask: UInt32
    /// Empty when the event concerns the watched directory itself.
    let name: String

    func has(_ bits: Int32) -> Bool { mask & UInt32(bitPattern: bits) != 0 }

    /// What one `read` gives; nothing when there is none.
    static func read(from descriptor: Int32) -> [InotifyEvent] {
        withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: MemoryLayout<inotify_event>.alignment) { buffer in
            guard let start = buffer.baseAddress else { return [] }
            let count = Glibc.read(descriptor, start, buffer.count)
            var events: [InotifyEvent] = []
            var offset = 0
            while offset < count {
                let header = buffer.load(fromByteOffset: offset, as: inotify_event.self)
                offset += MemoryLayout<inotify_event>.size
                let padded = buffer[offset..<offset + Int(header.len)]
                let name = String(decoding: padded.prefix { $0 != 0 }, as: UTF8.self)
                events.append(InotifyEvent(watch: header.wd, mask: header.mask, name: name))
                offset += Int(header.len)
            }
            return events
        }
    }
}
