package logs

import (
	"context"
	"log/slog"
	"strings"
)

// Wails has the methods of Wails' logger.Logger and writes to a slog.Logger. It drops what Wails prints of calls
// between the page and Go: their arguments and results are the user's data.
type Wails struct{ log func() *slog.Logger }

// ForWails makes the logger to hand to Wails. It asks for the logger at each line: Wails logs before there is one.
func ForWails(log func() *slog.Logger) *Wails { return &Wails{log: log} }

// Print logs at level info.
func (w *Wails) Print(message string) { w.write(slog.LevelInfo, message) }

// Trace logs at level debug.
func (w *Wails) Trace(message string) { w.write(slog.LevelDebug, message) }

// Debug logs at level debug.
func (w *Wails) Debug(message string) { w.write(slog.LevelDebug, message) }

// Info logs at level info.
func (w *Wails) Info(message string) { w.write(slog.LevelInfo, message) }

// Warning logs at level warn.
func (w *Wails) Warning(message string) { w.write(slog.LevelWarn, message) }

// Error logs at level error.
func (w *Wails) Error(message string) { w.write(slog.LevelError, message) }

// Fatal logs at level error; Wails itself ends the program after it.
func (w *Wails) Fatal(message string) { w.write(slog.LevelError, message) }

func (w *Wails) write(level slog.Level, message string) {
	for _, lead := range []string{"process message error:", "json call result data:"} {
		if head, body, ok := strings.Cut(message, lead); ok {
			w.emit(level, head+lead, slog.Int("dropped", len(body)))
			return
		}
	}
	w.emit(level, strings.TrimSpace(message))
}

func (w *Wails) emit(level slog.Level, text string, attrs ...slog.Attr) {
	// The text goes into an attribute: a log message is a constant.
	w.log().LogAttrs(context.Background(), level, "wails", append(attrs, slog.String("text", text))...) //nolint:forbidigo // Wails' logger has no context
}
