import StretchFiles
import TestSupport
import Testing

struct MachineIDTests {
    @Test func theHostIsWhatSystemdDerives() throws {
        let derived = try output(
            of: "systemd-id128", "machine-id", "--app-specific=55b3b92394984471823c577e6bf406e9")
        try #require(derived.status == 0, "\(derived.text)")
        #expect(try MachineID.host() == String(derived.text.prefix(8)))
    }

    @Test func aMissingIDSaysWhatToDo() {
        #expect("\(FileError.noMachineID(errno: 2))".hasSuffix("as root run: systemd-machine-id-setup"))
    }
}
