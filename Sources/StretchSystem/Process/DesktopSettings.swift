internal import CGLib
internal import Glibc
internal import StretchUnix

/// The switches in the settings of the desktop: the boolean keys of GSettings.
///
/// A separate process reads each switch, because GSettings needs threads and megabytes of memory, and may hang.
@MainActor
package final class DesktopSettings {
    private let program: String
    private var readings: [Int32: WatchedDescriptor] = [:]

    /// - Parameter program: prints a switch when called with `setting -- SCHEMA KEY`; by default this program.
    package init(program: String = "/proc/self/exe") { self.program = program }

    /// Reads a switch, and calls `answer` on the main queue within two seconds; nil means that the switch is not known.
    package func read(_ schema: String, _ key: String, answer: @escaping @MainActor (Bool?) -> Void) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return answer(nil) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let (reading, writing) = (ends[0], ends[1])
        let child = ChildProcess(program, ["setting", "--", schema, key], output: writing)
        // Otherwise the pipe would not end when the child ends.
        close(writing)
        guard child != nil else {
            close(reading)
            return answer(nil)
        }
        readings[reading] = WatchedDescriptor(reading) { [weak self] in
            var bytes = [UInt8](repeating: 0, count: 16)
            let count = Glibc.read(reading, &bytes, bytes.count)
            self?.readings[reading] = nil
            answer(Bool(String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)))
        }
    }

    /// Prints a switch as `true` or `false`, or nothing if it does not exist; the calling process must then end.
    nonisolated package static func write(_ schema: String, _ key: String) {
        // Ends this process if the settings hang.
        alarm(2)
        guard let source = g_settings_schema_source_get_default(),
            let schema = g_settings_schema_source_lookup(source, schema, 1),
            g_settings_schema_has_key(schema, key) != 0, let settings = g_settings_new_full(schema, nil, nil),
            let value = g_settings_get_value(settings, key),
            g_variant_classify(value) == G_VARIANT_CLASS_BOOLEAN
        else { return }
        print(g_variant_get_boolean(value) != 0, terminator: "")
    }
}
