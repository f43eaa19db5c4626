/// Knows whether the notification server is told not to disturb, and hears when that ends.
///
/// It asks when it is told to, and listens only while somebody waits: nothing wakes the process at other times. Lives on
/// GLib's thread.
final class DoNotDisturb {
    private let bus: SessionBus
    private let readSetting: (_ schema: String, _ key: String, _ question: Int) -> Void
    private let ended: () -> Void
    private var sign: DoNotDisturbSign?
    private var listening: SessionBus.Listening?
    /// Answers to older questions mean nothing any more.
    private var question = 0
    /// What waits for the answer to the newest question.
    private var answer: ((Bool) -> Void)?
    /// It changed since it was asked for last: the answer may be older than that.
    private var hasChanged = false
    private var isOn = false

    /// - Parameters:
    ///   - readSetting: reads a switch of the desktop's settings (GSettings) and hands it to `received`, soon.
    ///   - ended: called when it is off again, once, if it was on and nobody called `leave`.
    init(
        on bus: SessionBus, readSetting: @escaping (_ schema: String, _ key: String, _ question: Int) -> Void,
        ended: @escaping () -> Void
    ) {
        self.bus = bus
        self.readSetting = readSetting
        self.ended = ended
    }

    /// Asks a server; what cannot be known, or is not answered soon, is false.
    ///
    /// No answer comes when it is asked anew, or left, meanwhile.
    func ask(_ server: Server, answer: @escaping (Bool) -> Void) {
        stopListening()
        sign = DoNotDisturbSign(of: server)
        self.answer = answer
        guard let sign else { return settle(false) }
        // Before the question: what changes after the answer is heard.
        listening = bus.listen(to: sign.change) { [unowned self] in changed() }
        put(sign)
    }

    /// Nobody waits any more.
    func leave() {
        question += 1
        (isOn, answer) = (false, nil)
        stopListening()
    }

    /// The answer to a question; nil: nobody knows.
    func received(_ value: Bool?, for question: Int) {
        guard question == self.question, let sign else { return }
        settle(value.map { $0 == sign.valueWhenOn } ?? false)
        if isOn, hasChanged { put(sign) }
    }

    private func changed() {
        hasChanged = true
        if isOn, let sign { put(sign) }
    }

    private func put(_ sign: DoNotDisturbSign) {
        question += 1
        hasChanged = false
        switch sign.source {
        case .setting(let schema, let key): readSetting(schema, key, question)
        case .call(let method, let arguments, let destination):
            // Nobody is started by the question: who is not there says nothing.
            bus.call(method, arguments, at: destination, starting: false, patience: .scant) {
                [unowned self, question] result in
                received((try? result.get()).flatMap(DoNotDisturbSign.value), for: question)
            }
        }
    }

    private func settle(_ state: Bool) {
        let (wasOn, answer) = (isOn, answer)
        if state { (isOn, self.answer) = (true, nil) } else { leave() }
        answer?(state)
        if wasOn, !state { ended() }
    }

    private func stopListening() {
        if let listening { bus.ignore(listening) }
        listening = nil
    }
}
