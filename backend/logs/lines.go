package logs

import (
	"io"
	"log/slog"
	"strings"
)

// Lines is a writer for libraries that log text by themselves: each Write is a line at level info, from whom name says.
// It asks for the logger at each line, for such a library logs before there is one.
func Lines(name string, log func() *slog.Logger) io.Writer { return lines{name, log} }

type lines struct {
	name string
	log  func() *slog.Logger
}

// Write never fails.
func (l lines) Write(line []byte) (int, error) {
	l.log().Info("library", slog.String("from", l.name), slog.String("text", strings.TrimSpace(string(line))))
	return len(line), nil
}
