internal import CSystemd

/// The program's code, as far as it is in memory, and what else it holds without need.
package enum ProgramCode {
    /// Lets go of it; the kernel maps it again, from its cache, as it is needed.
    ///
    /// For a process about to wait for hours: most of what it holds is code that ran once, and 64 kB around each bit of
    /// it. Not in debug builds: a debugger's breakpoints are written into the code and would go too.
    package static func release() {
        #if !DEBUG
            // It cannot fail, and if it did nothing would be lost.
            _ = stretchd_release_code()
        #endif
    }
}
