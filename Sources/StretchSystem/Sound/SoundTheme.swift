internal import Glibc
internal import StretchUnix

/// The sounds of the desktop, as libcanberra plays them.
///
/// The library is not linked, because a desktop may lack it. Only the process that plays keeps it loaded.
package enum SoundTheme {
    private static let library = "libcanberra.so.0"

    /// Whether sounds can be played, as far as the installed files tell.
    static func isInstalled(_ environment: [String: String]) -> Bool {
        // The theme to which all others fall back; see the Sound Theme Specification.
        let themes = Path.dataDirectories(environment).map { "\($0)/sounds/freedesktop/index.theme" }
        guard themes.contains(where: { access($0, R_OK) == 0 }), let handle = dlopen(library, RTLD_LAZY | RTLD_LOCAL)
        else { return false }
        dlclose(handle)
        return true
    }

    /// Plays a sound by its name, and ends this process after the sound, or after five seconds at the latest.
    package static func play(_ sound: String) -> Never {
        // Ends this process if a sound server hangs.
        alarm(5)
        guard start(sound) else { exit(EXIT_FAILURE) }
        while true { pause() }
    }

    private static func start(_ sound: String) -> Bool {
        guard let handle = dlopen(library, RTLD_NOW | RTLD_LOCAL),
            let createContext = dlsym(handle, "ca_context_create"),
            let createProperties = dlsym(handle, "ca_proplist_create"),
            let setProperty = dlsym(handle, "ca_proplist_sets"), let play = dlsym(handle, "ca_context_play_full")
        else { return false }
        var context: OpaquePointer?
        var properties: OpaquePointer?
        guard unsafeBitCast(createContext, to: Create.self)(&context) == 0,
            unsafeBitCast(createProperties, to: Create.self)(&properties) == 0
        else { return false }
        let values = [
            "event.id": sound, "media.role": "event", "application.name": "stretchd",
            "event.description": "guided stretching",
        ]
        for (name, value) in values { _ = unsafeBitCast(setProperty, to: SetProperty.self)(properties, name, value) }
        return unsafeBitCast(play, to: Play.self)(context, 0, properties, hasEnded, nil) == 0
    }

    // As in canberra.h.
    private typealias Create = @convention(c) (UnsafeMutablePointer<OpaquePointer?>) -> Int32
    private typealias SetProperty = @convention(c) (OpaquePointer?, UnsafePointer<CChar>, UnsafePointer<CChar>) -> Int32
    private typealias Finished = @convention(c) (OpaquePointer?, UInt32, Int32, UnsafeMutableRawPointer?) -> Void
    private typealias Play =
        @convention(c) (OpaquePointer?, UInt32, OpaquePointer?, Finished?, UnsafeMutableRawPointer?) -> Int32

    /// Ends the process when the sound has ended.
    ///
    /// This runs on a thread of libcanberra, which must not unload the library. So `_exit` ends the process at once.
    private static let hasEnded: Finished = { _, _, error, _ in _exit(error == 0 ? EXIT_SUCCESS : EXIT_FAILURE) }
}
