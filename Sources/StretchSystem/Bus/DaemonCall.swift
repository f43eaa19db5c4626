internal import CSystemd
internal import Glibc

/// Calls from a command to the daemon's object; a call waits for its answer.
package enum DaemonCall {
    /// Presses a button of the guide that runs on the desktop, whether the button is drawn or not.
    ///
    /// - Returns: the title of the guide's page after that, empty when the guide is over; nil if no guide is running.
    /// - Throws: when there is no bus, no daemon on it, or no answer within 5 s.
    @MainActor
    package static func steerGuide(_ button: String) throws(SystemError) -> String? {
        var opened: OpaquePointer?
        let result = sd_bus_open_user(&opened)
        guard result >= 0, let bus = opened else { throw .noBus(.session, errno: -result) }
        defer { sd_bus_flush_close_unref(bus) }
        let steer = MessageBus.Member(
            name: "SteerGuide", interface: "org.stretchd.Daemon", path: "/org/stretchd/Daemon",
            owner: "org.stretchd.Daemon")
        guard let call = steer.message(on: bus, [button]) else { throw .noAnswer(errno: ENOMEM) }
        var reply: OpaquePointer?
        let answered = withExtendedLifetime(call) { sd_bus_call(bus, call.message, 5_000_000, nil, &reply) }
        guard answered >= 0, let reply else { throw .noAnswer(errno: -answered) }
        let answer = BusMessage(reply)
        return answer.bool() == true ? answer.text() : nil
    }
}
