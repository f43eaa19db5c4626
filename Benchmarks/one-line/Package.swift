// swift-tools-version: 6.1
import PackageDescription

// What a command line costs before it does anything.
let package = Package(
    name: "one-line",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    ],
    targets: [
        // All that stretchd is linked with, and one line on stdout.
        .executableTarget(
            name: "one-line",
            dependencies: ["TOMLKit", .product(name: "ArgumentParser", package: "swift-argument-parser")],
            linkerSettings: [
                .linkedLibrary("notify"), .linkedLibrary("gio-2.0"), .linkedLibrary("gobject-2.0"),
                .linkedLibrary("glib-2.0"), .linkedLibrary("gdk_pixbuf-2.0"), .linkedLibrary("systemd"),
            ]),
        // Nothing but Swift.
        .executableTarget(name: "bare"),
    ],
    cxxLanguageStandard: .cxx17
)
