internal import CGLib

extension PostFailure {
    /// What an error of GDBus means for a notification; frees the error.
    init(taking error: UnsafeMutablePointer<GError>?) {
        guard let error else {
            self = .refused("without a reason")
            return
        }
        defer { g_error_free(error) }
        g_dbus_error_strip_remote_error(error)
        let reason = String(cString: error.pointee.message)
        let code = UInt32(bitPattern: error.pointee.code)
        self =
            switch (error.pointee.domain, code) {
            case (g_io_error_quark(), G_IO_ERROR_TIMED_OUT.rawValue): .noAnswer
            case (g_io_error_quark(), G_IO_ERROR_CLOSED.rawValue): .noBus(reason)
            // NO_REPLY means that the server left the bus before it answered.
            case (g_dbus_error_quark(), G_DBUS_ERROR_SERVICE_UNKNOWN.rawValue),
                (g_dbus_error_quark(), G_DBUS_ERROR_NAME_HAS_NO_OWNER.rawValue),
                (g_dbus_error_quark(), G_DBUS_ERROR_NO_REPLY.rawValue):
                .noServer
            // The bus itself reports these errors about a program that it had to start.
            case (g_dbus_error_quark(), G_DBUS_ERROR_TIMED_OUT.rawValue),
                (g_dbus_error_quark(), G_DBUS_ERROR_TIMEOUT.rawValue),
                (g_dbus_error_quark(), G_DBUS_ERROR_SPAWN_EXEC_FAILED.rawValue...G_DBUS_ERROR_SPAWN_NO_MEMORY.rawValue):
                .notStarted(reason)
            default: .refused(reason)
            }
    }
}
