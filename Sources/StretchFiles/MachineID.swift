import CSystemd
import Glibc

/// The id of this machine.
package enum MachineID {
    /// The name of this machine's journal file: eight hexadecimal digits.
    ///
    /// They tell a person's machines apart, and do not give away the id in `/etc/machine-id`.
    package static func host() throws(FileError) -> String {
        var id = sd_id128_t()
        let result = sd_id128_get_machine_app_specific(application, &id)
        guard result >= 0 else { throw .noMachineID(errno: -result) }
        return withUnsafeBytes(of: &id) { bytes in
            bytes.prefix(4).map { (($0 < 16) ? "0" : "") + String($0, radix: 16) }.joined()
        }
    }

    /// stretchd's own id, made once with `systemd-id128 new`.
    ///
    /// Never change it: every machine would get a new name, and so a new journal file.
    private static let application = sd_id128_t(
        bytes: (0x55, 0xb3, 0xb9, 0x23, 0x94, 0x98, 0x44, 0x71, 0x82, 0x3c, 0x57, 0x7e, 0x6b, 0xf4, 0x06, 0xe9))
}
