package keychain

import (
	"errors"
	"runtime"
)

// Hint says what a person can do about an error of this package; "" for an error of none of its kinds.
func Hint(err error) string { return hint(runtime.GOOS, err) }

func hint(goos string, err error) string {
	why := reasonNone
	if t, ok := errors.AsType[*trouble](err); ok {
		why = t.reason
	}
	switch {
	case errors.Is(err, ErrMissing):
		return missingHint(goos, why)
	case errors.Is(err, ErrLocked):
		return lockedHint(goos, why)
	case errors.Is(err, ErrRefused):
		return refusedHint(goos, why)
	case errors.Is(err, ErrNotFound), errors.Is(err, ErrCorrupt):
		return "Import the kubeconfig again, or sign in again."
	case errors.Is(err, ErrTooBig):
		return "A value can have at most 256 KiB. Import a kubeconfig with this one context only."
	case errors.Is(err, ErrTimeout), errors.Is(err, ErrBusy):
		return "Look for a password prompt of the system, perhaps behind another window, and answer it. Then try again."
	case errors.Is(err, ErrClosed):
		return "Try again."
	}
	return ""
}

const orMemory = " Or go on without: secrets are then kept in memory until Binnacle quits."

func missingHint(goos string, why reason) string {
	switch goos {
	case "darwin":
		return "macOS has no login keychain for you. Open Keychain Access and make one (Settings, Reset Default Keychains)." + orMemory
	case "windows":
		return "The Credential Manager can't be reached. Start the service named Credential Manager, and sign in to Windows at the machine itself or by Remote Desktop, not by a network logon." + orMemory
	}
	if why == reasonNoBus {
		return "There is no D-Bus session. Start Binnacle from your desktop, or with: dbus-run-session -- binnacle. The package is named dbus-user-session or dbus." + orMemory
	}
	return "Install and start a secret service: the package gnome-keyring (GNOME, Xfce and most others) or kwalletmanager (KDE; then turn on KWallet in System Settings). Sign out and in again." + orMemory
}

func lockedHint(goos string, why reason) string {
	switch goos {
	case "darwin":
		return "Unlock the login keychain in Keychain Access, and answer the prompt with Allow. Then try again."
	case "windows":
		return "Sign in to Windows again. Then try again."
	}
	if why == reasonNoRing {
		return "No keyring has been made yet. Open Passwords and Keys (seahorse) or KWalletManager and make one named Login or Default. Then try again." + orMemory
	}
	return "Unlock your keyring: answer the system's prompt, or open Passwords and Keys (seahorse) or KWalletManager. Then try again." + orMemory
}

func refusedHint(goos string, why reason) string {
	if why == reasonSandbox {
		return "The sandbox that Binnacle runs in keeps it from the keychain: give it the permission to talk to org.freedesktop.secrets (Snap: connect password-manager-service)." + orMemory
	}
	switch goos {
	case "darwin":
		return "Look at the binnacle items in Keychain Access. Then try again." + orMemory
	case "windows":
		return "Look at the Windows Credentials in Credential Manager: it may be full or forbidden by policy." + orMemory
	}
	return "Look at your keyring in Passwords and Keys (seahorse) or KWalletManager. Then try again." + orMemory
}
