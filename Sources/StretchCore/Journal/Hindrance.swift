/// What keeps a prompt from the screen, in the words of the journal (rules 3 and 11).
///
/// `waited` of a `prompted` record and `reason` of a `held` record have these words.
package enum Hindrance: String, CaseIterable, Sendable {
    case locked, idle
    /// Nobody is logged in, or another user is on the screen.
    case away
    case asleep
    case doNotDisturb = "dnd"
    /// There is no notification server, or it does not show the prompt.
    case noServer = "no-server"
    case noBus = "no-bus"
    case paused
    /// Another prompt or a guide came first.
    case busy
    /// The clock is in doubt.
    case clock
    /// Its time had passed when the settings that plan it took effect.
    case settings
}
