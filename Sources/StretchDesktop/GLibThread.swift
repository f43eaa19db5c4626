internal import CGLib
internal import Glibc

/// A thread that runs GLib's main loop on the default context, until the process ends; enqueued work runs there, in
/// order.
///
/// A process has only one.
final class GLibThread: SerialExecutor {
    init() {
        var thread = pthread_t()
        let error = pthread_create(&thread, nil, runMainLoop, nil)
        precondition(error == 0, "no thread for the notifications: error \(error)")
        pthread_detach(thread)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        perform { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    /// Runs work on the thread, after everything that was enqueued before.
    func perform(_ work: @escaping @Sendable () -> Void) {
        // We do not use g_main_context_invoke. On the loop's own thread, it would run the job at once, inside another
        // job. Before the loop runs, it would run the job on the caller's thread.
        g_idle_add_full(G_PRIORITY_DEFAULT, runQueuedWork, CClosure.kept { (_: Void) in work() }, nil)
    }

    /// Tells `assumeIsolated` that GLib's callbacks are on the right thread, although they come outside of any job.
    func checkIsolated() { precondition(g_main_context_is_owner(nil) != 0, "not on the thread of GLib's main loop") }
}

private func runQueuedWork(_ data: gpointer?) -> gboolean {
    CClosure.runOnce(data, ())
    return 0
}

private func runMainLoop(_: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    // Signals are for the main queue. So this thread blocks them, and the threads that GLib starts inherit this.
    var signals = sigset_t()
    sigfillset(&signals)
    pthread_sigmask(SIG_SETMASK, &signals, nil)
    g_main_loop_run(g_main_loop_new(nil, 0))
    return nil
}

/// A closure that GLib keeps, as the user data of the C function that it calls.
final class CClosure<Input> {
    private let run: (Input) -> Void

    private init(_ run: @escaping (Input) -> Void) { self.run = run }

    /// Retains a closure for GLib, until it is run once or dropped.
    static func kept(_ run: @escaping (Input) -> Void) -> gpointer { Unmanaged.passRetained(CClosure(run)).toOpaque() }

    /// - Parameter data: what `kept` returned, for inputs of this type.
    static func run(_ data: gpointer?, _ input: Input) {
        guard let data else { return }
        Unmanaged<CClosure>.fromOpaque(data).takeUnretainedValue().run(input)
    }

    static func runOnce(_ data: gpointer?, _ input: Input) {
        guard let data else { return }
        Unmanaged<CClosure>.fromOpaque(data).takeRetainedValue().run(input)
    }
}

/// GLib calls this when it no longer needs a closure.
func closureDropped(_ data: gpointer?) {
    guard let data else { return }
    Unmanaged<AnyObject>.fromOpaque(data).release()
}
