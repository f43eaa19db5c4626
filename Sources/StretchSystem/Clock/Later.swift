internal import Dispatch
internal import StretchBase

/// Work that is done once, after a delay, however often it is asked for until then.
@MainActor
package final class Later {
    private var timer: (any DispatchSourceTimer)?

    package init() {}

    isolated deinit { timer?.cancel() }

    package var isPending: Bool { timer != nil }

    /// Schedules the work; does nothing while work is pending.
    package func run(after delay: Duration, _ work: @escaping @MainActor () -> Void) {
        guard timer == nil else { return }
        let timer = DispatchSource.makeTimerSource(queue: .main)
        timer.setEventHandler { [weak self] in
            self?.timer = nil
            work()
        }
        timer.schedule(deadline: .now() + .microseconds(Int(delay.microseconds)))
        timer.activate()
        self.timer = timer
    }

    package func cancel() {
        timer?.cancel()
        timer = nil
    }
}
