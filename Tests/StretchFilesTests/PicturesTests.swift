import StretchCore
import StretchFiles
import TestSupport
import Testing

/// Where the pictures of the stretches are looked for: beside the program.
struct PicturesTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func install(_ directory: String) throws {
        try scratch.makeDirectory(directory + "/share/stretchd/pictures")
        try scratch.write("PNG", to: directory + "/share/stretchd/pictures/cat-camel.png")
    }

    @Test func installedPicturesAreUnderThePrefix() throws {
        try install("usr")
        #expect(
            Pictures.path(of: "cat-camel", program: scratch("usr/bin/stretchd"))
                == scratch("usr/share/stretchd/pictures/cat-camel.png"))
        #expect(Pictures.png(of: "cat-camel", program: scratch("usr/bin/stretchd")) == Array("PNG".utf8))
        #expect(Pictures.png(of: "bird-dog", program: scratch("usr/bin/stretchd")) == nil)
    }

    @Test(arguments: ["x86_64-unknown-linux-gnu/release", "strict/x86_64-unknown-linux-gnu/debug"])
    func buildTreeHasItsOwn(place: String) throws {
        try install(".build")
        #expect(Pictures.path(of: "cat-camel", program: scratch(".build/\(place)/stretchd")) != nil)
    }

    @Test func programThatWasReplacedFindsThem() throws {
        try install("usr")
        #expect(Pictures.path(of: "cat-camel", program: scratch("usr/bin/stretchd (deleted)")) != nil)
    }

    @Test func theRightSideHasAPictureOfItsOwnWhereThereAreSides() throws {
        try install("usr")
        try scratch.write("PNG", to: "usr/share/stretchd/pictures/bird-dog.png")
        try scratch.write("GNP", to: "usr/share/stretchd/pictures/bird-dog-right.png")
        let program = scratch("usr/bin/stretchd")
        let pictures = scratch("usr/share/stretchd/pictures")
        #expect(Pictures.path(of: "bird-dog", side: .left, program: program) == "\(pictures)/bird-dog.png")
        #expect(Pictures.path(of: "bird-dog", side: .right, program: program) == "\(pictures)/bird-dog-right.png")
        #expect(Pictures.png(of: "bird-dog", side: .right, program: program) == Array("GNP".utf8))
        #expect(Pictures.path(of: "cat-camel", side: .right, program: program) == "\(pictures)/cat-camel.png")
    }

    @Test func stretchWithoutAPictureHasNone() throws {
        try install("usr")
        #expect(Pictures.path(of: "my-own", program: scratch("usr/bin/stretchd")) == nil)
    }

    @Test(arguments: [
        "", "../pictures/cat-camel", "pictures/../cat-camel", "/etc/passwd", "Cat-camel", "cat-camel\0", "cät",
    ])
    func whatIsNoIDBecomesNoPath(id: String) throws {
        try install("usr")
        #expect(Pictures.path(of: id, program: scratch("usr/bin/stretchd")) == nil)
    }
}
