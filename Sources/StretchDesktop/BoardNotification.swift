internal import CGLib
internal import CNotify
internal import StretchCore

/// One notification of libnotify, posted once.
///
/// Lives on GLib's thread.
final class BoardNotification {
    let prompt: Prompt
    /// Called at most once, with the first report of the server that counts.
    private let ended: (_ pressed: String?) -> Void
    /// Whether we closed it to make room for another one, so that only a press on it still counts.
    var isLeaving = false
    private(set) var hasEnded = false
    private let notification: UnsafeMutablePointer<NotifyNotification>

    /// The id that the server gave; before `show`, the id of the notification to replace, or 0.
    var id: UInt32 {
        get { notification_get_id(notification) }
        set { notification_set_id(notification, newValue) }
    }

    /// - Parameters:
    ///   - picture: the file of the picture, which the server reads.
    ///   - desktopEntry: the id of the program's desktop entry and icon, where they are installed.
    ///   - ended: called with the key of the action that was pressed, or with nil when the notification expired, was
    ///     dismissed or cleared.
    init(
        _ prompt: Prompt, replacing id: UInt32, on server: Server, picture: String?, desktopEntry: String?,
        ended: @escaping (_ pressed: String?) -> Void
    ) {
        self.prompt = prompt
        self.ended = ended
        Self.prepare()
        // Beside an icon, Cinnamon shows the picture so large that it cuts off the buttons.
        let icon = picture == nil ? desktopEntry : nil
        notification = notify_notification_new(prompt.title(on: server), prompt.body(on: server), icon)
        self.id = id
        notify_notification_set_timeout(notification, prompt.isPassing ? NOTIFY_EXPIRES_DEFAULT : NOTIFY_EXPIRES_NEVER)
        let urgency =
            switch prompt.urgency(on: server) {
            case .low: NOTIFY_URGENCY_LOW
            case .normal: NOTIFY_URGENCY_NORMAL
            case .critical: NOTIFY_URGENCY_CRITICAL
            }
        notify_notification_set_urgency(notification, urgency)
        if !prompt.sound.isEmpty { hint("sound-name", g_variant_new_string(prompt.sound)) }
        if let desktopEntry { hint("desktop-entry", g_variant_new_string(desktopEntry)) }
        if let picture { hint("image-path", g_variant_new_string(picture)) }
        if server.drawsProgress, let progress = prompt.progress, progress.isFinite {
            hint("value", g_variant_new_int32(Int32((min(max(progress, 0), 1) * 100).rounded())))
        }
        // This retains nothing: both callbacks end with the notification, and the notification ends with `self`.
        let data = Unmanaged.passUnretained(self).toOpaque()
        for (key, label) in prompt.actions(on: server) {
            notify_notification_add_action(notification, key, label, actionInvoked, data, nil)
        }
        notification_on_closed(notification, notificationClosed, data)
    }

    deinit { g_object_unref(notification) }

    /// Sets a hint; libnotify becomes the owner of the value, which must be new.
    private func hint(_ name: String, _ value: OpaquePointer?) {
        notify_notification_set_hint(notification, name, value)
    }

    /// Lets libnotify find the server before a prompt is due; waits for the server like `show`.
    static func prepare() {
        guard notify_is_initted() == 0 else { return }
        notify_init("stretchd")
        notify_get_server_info(nil, nil, nil, nil)
    }

    /// Asks the server to show the notification, and waits for the answer, up to 25 s.
    func show() throws(PostFailure) {
        var error: UnsafeMutablePointer<GError>?
        guard notify_notification_show(notification, &error) != 0 else { throw PostFailure(taking: error) }
    }

    /// Handles a report of the server, if it is the first one that counts.
    ///
    /// Most servers report a close after a press, too, and some report things twice.
    fileprivate func end(pressed key: String?) {
        if hasEnded || key == nil && isLeaving { return }
        hasEnded = true
        ended(key)
    }
}

private func actionInvoked(
    _: UnsafeMutablePointer<NotifyNotification>?, key: UnsafeMutablePointer<CChar>?, data: gpointer?
) {
    guard let data, let key else { return }
    Unmanaged<BoardNotification>.fromOpaque(data).takeUnretainedValue().end(pressed: String(cString: key))
}

private func notificationClosed(_: UnsafeMutablePointer<NotifyNotification>?, data: gpointer?) {
    guard let data else { return }
    Unmanaged<BoardNotification>.fromOpaque(data).takeUnretainedValue().end(pressed: nil)
}
