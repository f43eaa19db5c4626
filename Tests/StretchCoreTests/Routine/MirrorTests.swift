import StretchCore
import Testing

/// The drawing of the right side: the mirror image of that of the left one.
struct MirrorTests {
    @Test func halfKneelingOnTheRightKneeFacesRight() throws {
        let stretch = try #require(StretchLibrary.stretch("half-kneeling-hip-flexor"))
        #expect(
            stretch.drawing(of: .left).joined(separator: "\n") == #"""
                                   o
                                  /|\
                                 / | >
                                /  |/
                             __/___|    <---
                            |       \
                          __|        \______
                -------------------------------
                """#)
        #expect(
            stretch.drawing(of: .right).joined(separator: "\n") == #"""
                           o
                          /|\
                         < | \
                          \|  \
                   --->    |___\__
                          /       |
                   ______/        |__
                -------------------------------
                """#)
    }

    @Test func theRightKneeIsDrawnToTheChestWithTheHeadAtTheLeft() throws {
        let stretch = try #require(StretchLibrary.stretch("single-knee-to-chest"))
        #expect(
            stretch.drawing(of: .right).joined(separator: "\n") == #"""
                            _____|
                    <---    \
                        .---.\     /\
                     .-'      \   /  \
                  o____________\_/    \_
                -------------------------------
                """#)
    }

    @Test(arguments: StretchLibrary.all)
    func twiceIsTheDrawingItself(_ stretch: Stretch) {
        let image = Mirror.image(of: stretch.drawing)
        #expect(Mirror.image(of: image) == stretch.drawing)
        #expect(stretch.drawing(of: nil) == stretch.drawing && stretch.drawing(of: .left) == stretch.drawing)
        #expect(image.allSatisfy { !$0.hasSuffix(" ") })
        #expect(image.map(\.count).max() ?? 0 <= stretch.drawing.map(\.count).max() ?? 0)
    }

    @Test(arguments: [
        ([], []), ([""], [""]), (["o"], ["o"]), ([" o", "/|", "___"], [" o", " |\\", "___"]),
        (["<--", "(b{p[L"], ["   -->", "J]q}d)"]), (["'-.__", ". "], ["__.-'", "    ."]),
        // Words can still be read.
        (["the wall |"], ["| wall the"]),
    ])
    func everyCharacterIsMirrored(drawing: [String], image: [String]) {
        #expect(Mirror.image(of: drawing) == image)
    }
}
