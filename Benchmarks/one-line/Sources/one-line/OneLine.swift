import ArgumentParser
import TOMLKit

@main
struct OneLine: ParsableCommand {
    func run() {
        print("one line")
    }
}
