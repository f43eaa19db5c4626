import Glibc
import StretchBase
import StretchCommands
import StretchSystem

ThisProcess.openStandardStreams()
let context = Context.ofThisProcess

// Swift silently replaces bytes that are not UTF-8. A path with such bytes would then lead to another file.
for index in 1..<max(1, Int(CommandLine.argc)) {
    guard let argument = CommandLine.unsafeArgv[index], String(validatingCString: argument) == nil else { continue }
    let text = oneLine(String(cString: argument))
    context.complain("argument \(index), \(text), is not UTF-8; write it in UTF-8, or choose another name")
    exit(EX_USAGE)
}
exit(run(Array(CommandLine.arguments.dropFirst()), in: context))
