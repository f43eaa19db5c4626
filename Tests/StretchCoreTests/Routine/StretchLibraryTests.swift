import StretchCore
import Testing

struct StretchLibraryTests {
    @Test func everyStretchIsCompleteAndFoundByItsID() {
        for stretch in StretchLibrary.all {
            #expect(StretchLibrary.stretch(stretch.id) == stretch)
            #expect(
                !stretch.title.isEmpty && !stretch.purpose.isEmpty && !stretch.preparation.isEmpty
                    && !stretch.movement.isEmpty)
            #expect(!stretch.cautions.isEmpty)
            #expect(!stretch.sources.isEmpty && stretch.sources.allSatisfy { $0.contains("https://") })
            #expect(stretch.dose.hold > .zero && stretch.dose.hold <= .seconds(30))
        }
        #expect(Set(StretchLibrary.all.map(\.id)).count == StretchLibrary.all.count)
    }
}
