import StretchFiles
import TestSupport
import Testing

/// Whether desktops would find the program's name and icon.
struct DesktopEntryTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func install(_ directory: String) throws {
        try scratch.makeDirectory(directory + "/applications")
        try scratch.write("[Desktop Entry]\n", to: directory + "/applications/org.stretchd.Stretchd.desktop")
    }

    @Test func entryIsFoundInTheHomeDirectory() throws {
        try install("home/.local/share")
        #expect(
            DesktopEntry.installed(["HOME": scratch("home"), "XDG_DATA_DIRS": "/nowhere"]) == "org.stretchd.Stretchd")
    }

    @Test func entryIsFoundInEachOfTheDataDirectories() throws {
        try install("two")
        let directories = "/nowhere:\(scratch("two"))"
        #expect(DesktopEntry.installed(["XDG_DATA_DIRS": directories]) == "org.stretchd.Stretchd")
        #expect(
            DesktopEntry.installed(["XDG_DATA_HOME": scratch("two"), "XDG_DATA_DIRS": "/nowhere"])
                == "org.stretchd.Stretchd")
    }

    @Test func withoutTheFileThereIsNone() throws {
        try install("elsewhere")
        #expect(DesktopEntry.installed(["HOME": scratch.path, "XDG_DATA_DIRS": "/nowhere:elsewhere:"]) == nil)
    }
}
