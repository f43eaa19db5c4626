internal import Dispatch
internal import Glibc

/// The bell of the terminal; how often it rings tells what it means.
@MainActor
package final class TerminalBell {
    /// How many rings are still to come.
    private var left = 0
    private var timer: (any DispatchSourceTimer)?

    /// The time between two rings, in milliseconds.
    ///
    /// Some terminals drop a ring that comes within half a second of the one before.
    private static let pause = 600

    package init() {}

    isolated deinit { timer?.cancel() }

    /// Rings now and goes on ringing; rings that were still to come are dropped.
    package func ring(_ times: Int) {
        timer?.cancel()
        timer = nil
        left = times
        guard left > 0 else { return }
        ringOnce()
        guard left > 0 else { return }
        let timer = DispatchSource.makeTimerSource(queue: .main)
        timer.setEventHandler { [weak self] in self?.ringOnce() }
        timer.schedule(deadline: .now() + .milliseconds(Self.pause), repeating: .milliseconds(Self.pause))
        timer.activate()
        self.timer = timer
    }

    /// Rings what is still to come, and returns when that is done; for a process that ends.
    package func ringOut() {
        timer?.cancel()
        timer = nil
        while left > 0 {
            usleep(UInt32(Self.pause) * 1000)
            ringOnce()
        }
    }

    private func ringOnce() {
        left -= 1
        if left <= 0 { timer?.cancel() }
        // A ring that cannot be written is lost; the screen says the same.
        _ = TerminalScreen.write("\u{7}", patience: 100)
    }
}
