import Dispatch
import Glibc

/// The signals that mean something to the daemon, on the main queue.
///
/// `init` makes the process ignore SIGPIPE and SIGXFSZ.
@MainActor
package final class Signals {
    package enum Signal: Int32, CaseIterable, Sendable {
        case hangUp = 1, interrupt = 2, terminate = 15
    }

    private var sources: [any DispatchSourceSignal] = []
    private var unregistered = Signal.allCases.count

    /// Blocks the signals until `init` catches them, so that none is lost; call it before the first other thread
    /// starts.
    package static func hold() {
        var signals = sigset_t()
        sigemptyset(&signals)
        for signal in Signal.allCases { sigaddset(&signals, signal.rawValue) }
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    /// - Parameter ready: called once, when all signals are caught. Before that, a signal that `hold` does not block
    ///   has its default effect.
    package init(received: @escaping @MainActor (Signal) -> Void, ready: @escaping @MainActor () -> Void) {
        // When these are ignored, `write` returns an error if nobody reads, or if a file would outgrow its limit.
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        for signal in Signal.allCases {
            let source = DispatchSource.makeSignalSource(signal: signal.rawValue, queue: .main)
            source.setEventHandler { received(signal) }
            source.setRegistrationHandler { [weak self] in
                guard let self else { return }
                unregistered -= 1
                if unregistered == 0 { ready() }
            }
            source.activate()
            sources.append(source)
        }
        // Waits until Dispatch's own thread has set the handlers. In `dispatchMain`, the main thread takes every
        // signal, even one that was held. Without a handler, such a signal would end the process there.
        var attempts = 10_000
        while attempts > 0, Signal.allCases.contains(where: \.hasDefaultEffect) {
            usleep(100)
            attempts -= 1
        }
    }

    isolated deinit { for source in sources { source.cancel() } }
}

extension Signals.Signal {
    fileprivate var hasDefaultEffect: Bool {
        var action = sigaction()
        sigaction(rawValue, nil, &action)
        return action.__sigaction_handler.sa_handler == nil
    }
}
