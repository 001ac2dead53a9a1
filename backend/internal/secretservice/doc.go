// Package secretservice runs a real gnome-keyring in tests: a private D-Bus session with no services but that one, and a
// HOME of its own. It never touches the developer's bus or keyring. It is for Linux; elsewhere it skips.
//
// A test that lacks the programs is skipped with the reason, and fails when CI=true.
package secretservice
