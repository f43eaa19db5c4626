// Prints each presence as logind on the system bus has it; `logins-probe MILLISECONDS` is how long that may take to answer.
// A line on standard input is answered with the presences up to now, and with that line.
internal import Dispatch
internal import Foundation
internal import StretchSystem

func say(_ line: String) { try? FileHandle.standardOutput.write(contentsOf: Data("\(line)\n".utf8)) }

let patience = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 5000
let logins = Logins(patience: .milliseconds(patience)) { say("\($0)") }
logins.follow()
let input = DispatchSource.makeReadSource(fileDescriptor: STDIN_FILENO, queue: .main)
input.setEventHandler {
    guard let line = readLine() else { exit(EXIT_SUCCESS) }
    logins.serve()
    say(line)
}
input.activate()
dispatchMain()
