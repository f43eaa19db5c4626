internal import Dispatch
internal import Glibc

/// A file descriptor that calls on the main queue whenever there is something to read.
///
/// It owns the descriptor.
@MainActor
package final class ReadableDescriptor {
    package let number: Int32
    private let source: any DispatchSourceRead

    package init(_ number: Int32, readable: @escaping @MainActor () -> Void) {
        self.number = number
        source = DispatchSource.makeReadSource(fileDescriptor: number, queue: .main)
        source.setEventHandler { readable() }
        // Not before: Dispatch may still be polling it.
        source.setCancelHandler { close(number) }
        source.activate()
    }

    isolated deinit { source.cancel() }
}
