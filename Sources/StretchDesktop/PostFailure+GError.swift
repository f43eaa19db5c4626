internal import CGLib

extension PostFailure {
    /// What an error of GDBus means for a notification; frees the error.
    init(taking error: UnsafeMutablePointer<GError>?) {
        guard let error else {
            self = .refused("without a reason")
            return
        }
        g_dbus_error_strip_remote_error(error)
        let reason = String(cString: error.pointee.message)
        switch (error.pointee.domain, UInt32(bitPattern: error.pointee.code)) {
        case (g_io_error_quark(), G_IO_ERROR_TIMED_OUT.rawValue): self = .noAnswer
        case (g_io_error_quark(), G_IO_ERROR_CLOSED.rawValue): self = .noBus(reason)
        case (g_dbus_error_quark(), let code): self = PostFailure(dbusError: code, reason: reason)
        default: self = .refused(reason)
        }
        g_error_free(error)
    }

    private init(dbusError code: UInt32, reason: String) {
        self =
            switch GDBusError(rawValue: code) {
            // No reply: the server left the bus before it answered.
            case G_DBUS_ERROR_SERVICE_UNKNOWN, G_DBUS_ERROR_NAME_HAS_NO_OWNER, G_DBUS_ERROR_NO_REPLY: .noServer
            // The bus itself reports these, about a program that it was to start.
            case G_DBUS_ERROR_TIMED_OUT, G_DBUS_ERROR_TIMEOUT: .notStarted(reason)
            case _ where spawnErrors.contains(code): .notStarted(reason)
            default: .refused(reason)
            }
    }
}

private let spawnErrors = G_DBUS_ERROR_SPAWN_EXEC_FAILED.rawValue...G_DBUS_ERROR_SPAWN_NO_MEMORY.rawValue

extension String {
    /// The message of an error; frees the error.
    init(taking error: UnsafeMutablePointer<GError>?) {
        guard let error else {
            self = "unknown error"
            return
        }
        self.init(cString: error.pointee.message)
        g_error_free(error)
    }
}
