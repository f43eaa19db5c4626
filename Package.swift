// swift-tools-version: 6.3
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

// Tests compute years in every zone and read thousands of records. Without the optimiser they take over twice as long.
let computing = settings + [.unsafeFlags(["-O"], .when(configuration: .debug))]

let package = Package(
    name: "stretchd",
    products: [.executable(name: "stretchd", targets: ["stretchd"])],
    // Exactly the versions that were tested. Their licences are in docs/licences.
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/LebJe/TOMLKit", exact: "0.6.0"),
    ],
    targets: [
        // The C libraries. Each has a module map, and a shim.h with what Swift cannot import.
        .systemLibrary(name: "CGLib", pkgConfig: "gio-2.0", providers: [.apt(["libglib2.0-dev"])]),
        .systemLibrary(name: "CNotify", pkgConfig: "libnotify", providers: [.apt(["libnotify-dev"])]),
        .systemLibrary(name: "CSystemd", pkgConfig: "libsystemd", providers: [.apt(["libsystemd-dev"])]),

        // Texts, JSON, time and calendar; nothing about stretching. Pure, as the core below.
        .target(name: "StretchBase", swiftSettings: computing),

        // The rules. Pure: no I/O, no clock, no logging. Time comes in as a value.
        .target(
            name: "StretchCore", dependencies: ["StretchBase", "TOMLKit"],
            // The stretches are data inside the program, because the core reads no file.
            resources: [.embedInCode("Config/Stretches")], swiftSettings: computing),

        // What all adapters need from the kernel: descriptors, paths, and errno in words for people.
        .target(name: "StretchUnix", swiftSettings: settings),

        // The adapters. They do not depend on each other.
        .target(
            name: "StretchFiles", dependencies: ["StretchBase", "StretchCore", "StretchUnix", "CSystemd"],
            swiftSettings: settings),
        .target(
            name: "StretchDesktop", dependencies: ["StretchBase", "StretchCore", "CGLib", "CNotify"],
            swiftSettings: settings),
        .target(
            name: "StretchSystem", dependencies: ["StretchBase", "StretchCore", "StretchUnix", "CGLib", "CSystemd"],
            swiftSettings: settings),

        .target(
            name: "StretchTerminal", dependencies: ["StretchBase", "StretchCore", "CSystemd"],
            swiftSettings: computing),

        // The daemon, which joins the core and the adapters.
        .target(
            name: "StretchDaemon",
            dependencies: [
                "StretchBase", "StretchCore", "StretchFiles", "StretchDesktop", "StretchSystem", "StretchTerminal",
                "CSystemd",
            ],
            swiftSettings: settings),

        // The command line, which also starts the daemon.
        .target(
            name: "StretchCommands",
            dependencies: [
                "StretchBase", "StretchCore", "StretchUnix", "StretchFiles", "StretchDesktop", "StretchSystem",
                "StretchTerminal", "StretchDaemon",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            // A link to the example at the top of the repository.
            resources: [.embedInCode("config.toml.example")], swiftSettings: settings),
        .executableTarget(
            name: "stretchd", dependencies: ["StretchBase", "StretchCommands", "StretchSystem"],
            swiftSettings: settings,
            // Find all functions of shared libraries at the start. The daemon then never needs their tables again.
            linkerSettings: [.unsafeFlags(["-Xlinker", "-z", "-Xlinker", "now"])]),

        // What the tests share: simulations, temporary directories, real buses and servers.
        .target(
            name: "TestSupport", dependencies: ["StretchBase", "StretchCore"], path: "Tests/TestSupport",
            swiftSettings: settings),
        // A temporary home directory for tests of the command line.
        .target(
            name: "TestHome",
            dependencies: ["StretchBase", "StretchCommands", "StretchSystem", "TestSupport"],
            path: "Tests/TestHome", swiftSettings: settings),
        .testTarget(
            name: "StretchCoreTests",
            dependencies: ["StretchBase", "StretchCore", "StretchSystem", "StretchTerminal", "TestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "StretchTerminalTests", dependencies: ["StretchBase", "StretchCore", "StretchTerminal"],
            swiftSettings: settings),
        .testTarget(
            name: "StretchFilesTests",
            dependencies: ["StretchBase", "StretchCore", "StretchUnix", "StretchFiles", "TestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "StretchDesktopTests",
            dependencies: [
                "StretchBase", "StretchCore", "StretchDesktop", "TestSupport", "board-probe", "fake-server",
            ],
            swiftSettings: settings),
        .testTarget(
            name: "StretchSystemTests",
            dependencies: [
                "StretchBase", "StretchCore", "StretchSystem", "CSystemd", "TestSupport", "fake-logind",
                "logins-probe",
            ],
            swiftSettings: settings),
        .testTarget(
            name: "StretchDaemonTests",
            dependencies: ["StretchBase", "StretchCore", "StretchFiles", "StretchDaemon", "TestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "StretchCommandsTests",
            dependencies: ["StretchBase", "StretchCore", "StretchFiles", "StretchSystem", "TestHome", "TestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "StretchBase", "StretchCore", "StretchFiles", "StretchSystem", "TestHome", "TestSupport", "stretchd",
                "fake-logind", "fake-server",
            ],
            swiftSettings: settings),

        // Programs that the tests and benchmarks start. Two of them are the notification board and the logind follower
        // alone. Two others are a fake notification server and a fake logind, which a test can tell to misbehave.
        .executableTarget(
            name: "board-probe", dependencies: ["StretchBase", "StretchCore", "StretchDesktop", "ShortPatience"],
            path: "Tests/board-probe", swiftSettings: settings),
        .target(name: "ShortPatience", dependencies: ["CGLib"], path: "Tests/ShortPatience"),
        .executableTarget(
            name: "session-bench", dependencies: ["StretchBase", "StretchCore", "StretchSystem"],
            path: "Benchmarks/session-bench",
            swiftSettings: settings),
        .executableTarget(
            name: "logins-probe", dependencies: ["StretchBase", "StretchCore", "StretchSystem"],
            path: "Tests/logins-probe",
            swiftSettings: settings),
        // Feeds random input to the parsers; `scripts/fuzz` starts it.
        .executableTarget(
            name: "fuzz", dependencies: ["StretchBase", "StretchCore", "TestSupport"], path: "Tests/fuzz",
            exclude: ["seeds", "words"], swiftSettings: settings),
        .executableTarget(name: "fake-server", dependencies: ["CSystemd"], path: "Tests/fake-server"),
        .executableTarget(name: "fake-logind", dependencies: ["CSystemd"], path: "Tests/fake-logind"),
    ],
    cxxLanguageStandard: .cxx17
)
