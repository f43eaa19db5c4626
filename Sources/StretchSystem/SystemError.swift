internal import StretchUnix

/// What the system refused, apart from files.
///
/// The description is one line: what failed, on what, and what to do next.
package enum SystemError: Error, Hashable {
    case noTimer(errno: Int32)
    case noBus(MessageBus.Kind, errno: Int32)
    case lostBus(MessageBus.Kind, errno: Int32)
    /// An object cannot be shown on the session bus.
    case notExported(path: String, errno: Int32)
    /// We cannot check who makes the calls that come from the session bus.
    case noDoorkeeper(errno: Int32)
    /// A call to the daemon over the session bus failed.
    case noAnswer(errno: Int32)
}

extension SystemError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noTimer(let number): "cannot arm a timer on the wall clock: \(KernelRefusal(number, to: .setTimer))"
        case .noBus(let bus, let number):
            "cannot connect to the \(bus.rawValue) bus: \(KernelRefusal(number, to: bus.deed))"
        case .lostBus(let bus, let number): "lost the \(bus.rawValue) bus: \(KernelRefusal(number, to: bus.deed))"
        case .notExported(let path, let number): "cannot export \(path): \(KernelRefusal(number, to: .reachSessionBus))"
        case .noDoorkeeper(let number):
            "cannot read the calls from the session bus: \(KernelRefusal(number, to: .read))"
        case .noAnswer(let number): "cannot ask the daemon: \(KernelRefusal(number, to: .askDaemon))"
        }
    }
}

extension MessageBus.Kind {
    fileprivate var deed: KernelRefusal.Deed { self == .session ? .reachSessionBus : .reachSystemBus }
}
