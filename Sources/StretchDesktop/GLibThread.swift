internal import CGLib
internal import Glibc

/// A thread that runs GLib's main loop on the default context, until the process ends; what is enqueued runs there, in
/// order.
///
/// A process has one.
final class GLibThread: SerialExecutor {
    init() {
        var thread = pthread_t()
        let error = pthread_create(&thread, nil, runMainLoop, nil)
        precondition(error == 0, "no thread for the notifications: error \(error)")
        pthread_detach(thread)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let queued = QueuedJob(job: UnownedJob(job), executor: self)
        // Not g_main_context_invoke: from the loop's own thread it would run the job at once, inside another job, and
        // before the loop runs it would run it on the caller's thread.
        g_idle_add_full(G_PRIORITY_DEFAULT, runQueuedJob, Unmanaged.passRetained(queued).toOpaque(), nil)
    }

    /// GLib's callbacks come outside of any job: here `assumeIsolated` learns that they are on the right thread.
    func checkIsolated() {
        precondition(g_main_context_is_owner(nil) != 0, "not on the thread of GLib's main loop")
    }
}

private final class QueuedJob {
    let job: UnownedJob
    let executor: GLibThread

    init(job: UnownedJob, executor: GLibThread) {
        self.job = job
        self.executor = executor
    }
}

private func runQueuedJob(_ data: gpointer?) -> gboolean {
    guard let data else { return 0 }
    let queued = Unmanaged<QueuedJob>.fromOpaque(data).takeRetainedValue()
    queued.job.runSynchronously(on: queued.executor.asUnownedSerialExecutor())
    return 0
}

private func runMainLoop(_: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    // Signals belong to the main queue; the threads GLib starts inherit this.
    var signals = sigset_t()
    sigfillset(&signals)
    pthread_sigmask(SIG_SETMASK, &signals, nil)
    g_main_loop_run(g_main_loop_new(nil, 0))
    return nil
}
