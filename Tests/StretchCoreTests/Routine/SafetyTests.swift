import StretchBase
import StretchCore
import Testing

struct SafetyTests {
    /// The signs with which nobody may stretch, by the words that make them.
    @Test(arguments: [
        ["numbness", "tingling", "between the legs", "genitals", "buttocks"],
        ["passing water", "control", "bladder", "bowel"], ["sex", "loss of feeling"],
        ["weakness", "numbness", "legs", "pain down both"], ["fall", "accident"],
        ["chest pain", "fever", "unwell", "losing weight"],
    ])
    func everyWarningSignIsNamed(_ words: [String]) {
        #expect(Safety.warningSigns.contains { sign in words.allSatisfy { sign.contains($0) } })
    }

    @Test func theWarningHasAllSignsAndTheRuleAndFitsANotification() {
        for sign in Safety.warningSigns { #expect(Safety.warning.contains(sign)) }
        #expect(Safety.warning.contains("urgent care"))
        #expect(Safety.warning.hasSuffix(Safety.stopRule))
        #expect(Safety.warning.split(separator: "\n").filter { $0.hasPrefix("- ") }.count == Safety.warningSigns.count)
        #expect(Safety.warning.count <= 480)
    }

    /// mako shows no more than four lines beside the title, and says nothing of the rest.
    @Test func theBriefWarningHasAllSignsAndFitsThreeShortLines() {
        let words = [
            "numb between legs", "bladder", "bowel", "sex", "weak legs", "injury", "chest pain", "fever", "weight loss",
        ]
        for word in words { #expect(Safety.briefWarning.contains(word)) }
        #expect(Safety.briefTitle.contains("Urgent care") && Safety.briefTitle.count <= 35)
        #expect(Safety.briefWarning.wrapped(to: 35).count <= 3)
    }

    @Test func itPromisesReliefAndNoCure() {
        #expect(Safety.noCure.contains("relieves") && Safety.noCure.contains("no cure"))
        #expect(!promisesACure(Safety.noCure))
    }

    @Test(arguments: ["It cures back pain.", "This will fix your back.", "It heals the disc."])
    func aPromiseIsRecognised(_ text: String) { #expect(promisesACure(text)) }

    /// Who hurts already cannot stop "when it hurts".
    @Test func theRuleIsForSomebodyWhoAlreadyHurts() {
        #expect(Safety.stopRule.contains("more than when you began") && Safety.stopRule.contains("down the leg"))
    }

    @Test func theWayDownAndUpFitsANotification() {
        #expect(Safety.gettingDown.contains("Down:") && Safety.gettingDown.contains("Up:"))
        #expect(Safety.gettingDown.count <= 320)
    }

    @Test func theSignsHaveSources() {
        #expect(!Safety.sources.isEmpty && Safety.sources.allSatisfy { $0.contains("https://") })
    }
}
