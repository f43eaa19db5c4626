internal import Dispatch

/// Work for later, done once however often it is asked for until then.
@MainActor
final class Later {
    private(set) var isPending = false

    /// The first one to ask says what and when.
    func run(after delay: DispatchTimeInterval, _ work: @escaping @MainActor () -> Void) {
        guard !isPending else { return }
        isPending = true
        DispatchQueue.main.asyncAfter(deadline: .now() + delay) { [weak self] in
            self?.isPending = false
            work()
        }
    }
}
