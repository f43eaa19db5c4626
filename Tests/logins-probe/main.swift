// Prints each presence as logind on the system bus has it. Arguments: after how many milliseconds it counts as missing, and
// how many are between two looks for a lost bus. A line on standard input is repeated, after the presences up to now.
internal import Dispatch
internal import Foundation
internal import StretchSystem

func say(_ line: String) { try? FileHandle.standardOutput.write(contentsOf: Data("\(line)\n".utf8)) }

let times = CommandLine.arguments.dropFirst().compactMap { Int($0) }.map { Duration.milliseconds($0) }
let logins = Logins(patience: times[0], retryInterval: times[1]) { say("\($0)") }
logins.follow()
let input = DispatchSource.makeReadSource(fileDescriptor: STDIN_FILENO, queue: .main)
input.setEventHandler {
    guard let line = readLine() else { exit(EXIT_SUCCESS) }
    logins.serve()
    say(line)
}
input.activate()
dispatchMain()
