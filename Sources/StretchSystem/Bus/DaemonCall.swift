internal import CSystemd
internal import Glibc

/// A call to the daemon's object, for commands; it waits for the answer.
package enum DaemonCall {
    /// Presses a button of the guide that runs on the desktop, whether the button is drawn or not.
    ///
    /// - Returns: the title of the guide's page after that, empty when the guide is over; nil: no guide is running.
    /// - Throws: when there is no bus, no daemon on it, or no answer within 5 s.
    @MainActor
    package static func steerGuide(_ button: String) throws(SystemError) -> String? {
        var opened: OpaquePointer?
        let result = sd_bus_open_user(&opened)
        guard result >= 0, let bus = opened else { throw .noBus(.user, errno: -result) }
        defer { sd_bus_flush_close_unref(bus) }
        let steer = MessageBus.Method(
            "SteerGuide", of: "org.stretchd.Daemon", at: "/org/stretchd/Daemon", in: "org.stretchd.Daemon")
        guard let message = steer.message(on: bus, [button]) else { throw .noAnswer(errno: ENOMEM) }
        defer { sd_bus_message_unref(message) }
        var reply: OpaquePointer?
        let answered = sd_bus_call(bus, message, 5_000_000, nil, &reply)
        guard answered >= 0, let reply else { throw .noAnswer(errno: -answered) }
        defer { sd_bus_message_unref(reply) }
        let answer = BusMessage(reply)
        return answer.bool() == true ? answer.text() : nil
    }
}
