// Prints each presence as logind on the system bus has it. Arguments: after how many milliseconds it counts as missing, and
// how many are between two looks for a lost bus. A line on standard input is repeated, after the presences up to now; `hold` and
// `release` are done before: they are about the idle lock.
internal import Dispatch
internal import Foundation
internal import StretchSystem

func say(_ line: String) { try? FileHandle.standardOutput.write(contentsOf: Data("\(line)\n".utf8)) }

let times = CommandLine.arguments.dropFirst().compactMap { Int($0) }.map { Duration.milliseconds($0) }
let logins = Logins(patience: times[0], retryInterval: times[1]) { say("\($0)") }
logins.follow()
let inhibitor = IdleInhibitor { say("no lock: \($0)") }
let input = DispatchSource.makeReadSource(fileDescriptor: STDIN_FILENO, queue: .main)
input.setEventHandler {
    guard let line = readLine() else { exit(EXIT_SUCCESS) }
    logins.serve()
    if line == "hold" { inhibitor.hold() }
    if line == "release" { inhibitor.release() }
    say(line)
}
input.activate()
dispatchMain()
