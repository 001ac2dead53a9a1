// Package webview does what Wails leaves undone about the system's web view: it prepares the environment before the
// view is made, and refuses in the engine itself every navigation away from the program's own page. A Content Security
// Policy cannot stop a top-level navigation, and the page that it would lead to could call the bound methods.
package webview
