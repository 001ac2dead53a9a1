// Package bridge names what crosses between Go and the page: the error envelope, the doorbell events and the plain
// structs that the page shows. It maps nothing and imports nothing: the structs are what console fills and what
// frontend/src/wails/model.ts declares (generated from here by `go generate ./backend/bridge`).
//
// Times are Unix milliseconds, 0 when unknown. Nothing here can hold a secret; a test walks every type.
package bridge

import (
	"encoding/json"
	"errors"
)

// Code says what kind of trouble an Error is; the page chooses its wording and its actions by it.
type Code string

// The closed set of codes.
const (
	CodeInvalid     Code = "invalid"     // the person's input can't be used; Message names the field, line or file
	CodeNotFound    Code = "notFound"    // the thing named is gone
	CodeConflict    Code = "conflict"    // it clashes with something that exists
	CodeDenied      Code = "denied"      // a cluster says no
	CodeLogin       Code = "login"       // credentials are missing, expired or refused
	CodeUnreachable Code = "unreachable" // a server doesn't answer
	CodeKeychain    Code = "keychain"    // the OS keychain is missing, locked or refuses
	CodePassphrase  Code = "passphrase"  // wrong or too weak
	CodeBusy        Code = "busy"        // something else must end first
	CodeInternal    Code = "internal"    // a fault of ours; the cause is in the log
)

// Error is the only form in which an error reaches the page: Message says what went wrong, Hint what to do next.
type Error struct {
	Code    Code   `json:"code"`
	Member  string `json:"member,omitempty"` // the member's name, when the error is one member's
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`

	cause error
}

// Wrap makes an Error for people out of a cause that is only for the log.
func Wrap(code Code, cause error, message, hint string) *Error {
	return &Error{Code: code, Message: message, Hint: hint, cause: cause}
}

// Error is the text for the log: the message and its cause.
func (e *Error) Error() string {
	if e.cause == nil {
		return e.Message
	}
	return e.Message + ": " + e.cause.Error()
}

// Unwrap gives the cause, or nil.
func (e *Error) Unwrap() error { return e.cause }

// JSON is the envelope as text.
func (e *Error) JSON() string {
	text, err := json.Marshal(e)
	if err != nil {
		return `{"code":"internal","message":"Something went wrong inside Binnacle."}` // strings always marshal
	}
	return string(text)
}

// Shape turns any error into an Error; one that is none becomes internal, with its text left for the log.
func Shape(err error) *Error {
	if e, ok := errors.AsType[*Error](err); ok {
		return e
	}
	return Wrap(CodeInternal, err, "Something went wrong inside Binnacle.", "The log says more: Settings, Open log folder.")
}
