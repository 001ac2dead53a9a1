package logs_test

import (
	"bytes"
	"io"
	"log/slog"
	"strings"
	"testing"

	"github.com/binnacle-dev/binnacle/backend/logs"
)

func TestLinesAreRedacted(t *testing.T) {
	var out bytes.Buffer
	log := slog.New(logs.NewHandler(slog.NewJSONHandler(&out, nil)))
	w := logs.Lines("client-go", func() *slog.Logger { return log })
	if _, err := io.WriteString(w, "I1123 http.go:1] GET with Bearer abcdefghijklmnop.qrstuv\n"); err != nil {
		t.Fatal(err)
	}
	if got := out.String(); !strings.Contains(got, "client-go") || !strings.Contains(got, "http.go") || strings.Contains(got, "abcdefghijklmnop") {
		t.Errorf("logged %s", got)
	}
}
