import StretchCore
import Testing

struct SafetyTests {
    /// The signs with which nobody may stretch, by the words that make them.
    @Test(arguments: [
        ["numbness", "genitals", "buttocks"], ["control", "bladder", "bowel"], ["weakness", "legs"], ["accident"],
        ["fever", "unwell"],
    ])
    func everyWarningSignIsNamed(_ words: [String]) {
        #expect(Safety.warningSigns.contains { sign in words.allSatisfy { sign.contains($0) } })
    }

    @Test func theWarningHasAllSignsAndTheRuleAndFitsANotification() {
        for sign in Safety.warningSigns { #expect(Safety.warning.contains(sign)) }
        #expect(Safety.warning.contains("urgent care"))
        #expect(Safety.warning.hasSuffix(Safety.stopRule))
        #expect(Safety.warning.count <= 330)
    }

    @Test func itPromisesReliefAndNoCure() {
        #expect(Safety.noCure.contains("relieves") && Safety.noCure.contains("no cure"))
        #expect(!promisesACure(Safety.noCure))
    }

    @Test(arguments: ["It cures back pain.", "This will fix your back.", "It heals the disc."])
    func aPromiseIsRecognised(_ text: String) { #expect(promisesACure(text)) }

    @Test func theSignsHaveSources() {
        #expect(!Safety.sources.isEmpty && Safety.sources.allSatisfy { $0.contains("https://") })
    }
}
