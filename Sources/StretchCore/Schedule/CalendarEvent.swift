/// A calendar event in the syntax of systemd.time(7), such as `Mon..Fri 07:30`.
package struct CalendarEvent: Hashable, Sendable {
}
