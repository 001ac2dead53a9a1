// Package logs makes the program's logger: JSON lines in a rotated file, with everything that looks like a secret
// taken out on the way, whoever logs it and in whatever shape.
//
// Redaction goes by the name of a value (token, password, authorization ...) and by what it looks like (JWT, PEM, bearer,
// user:pass@host ...). It is the last line of defence, behind secret.Value and behind errors that hold no secret.
// It says too much rather than too little: a harmless value under a telling name is taken out too.
package logs

import (
	"io"
	"log/slog"
)

// Options of New.
type Options struct {
	// Dir is the folder of the log files, made at the first line if missing; "" logs to Also only.
	Dir string
	// Level is the first level; the LevelVar that New gives changes it.
	Level slog.Level
	// Also gets every line too, and is the only one left when the file can't be written; nil is nobody.
	Also io.Writer
}

// New makes the logger. It touches the disk at the first line, not before. A line that can't be written is lost, not an
// error: a full disk must not stop the program. The closer ends the file; lines after that are lost.
func New(o Options) (*slog.Logger, io.Closer, *slog.LevelVar) {
	level := new(slog.LevelVar)
	level.Set(o.Level)
	out := &rotating{dir: o.Dir, most: maxSize, keep: maxFiles}
	w := io.Writer(out)
	if o.Also != nil {
		w = tee{out, o.Also}
	}
	return slog.New(NewHandler(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: level}))), out, level
}

// tee writes to each, whatever the others say. Each line is one Write.
type tee []io.Writer

// Write never fails.
func (t tee) Write(line []byte) (int, error) {
	for _, w := range t {
		_, _ = w.Write(line)
	}
	return len(line), nil
}
