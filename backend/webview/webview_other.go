//go:build !linux || (!production && !dev)

package webview

// Prepare has nothing to do here.
func Prepare() {}

// Guard has nothing to do here: the page intercepts links, and Wails refuses calls from a foreign origin.
func Guard(func(uri string)) {}
