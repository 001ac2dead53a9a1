package plain_test

import (
	"strings"
	"testing"

	"github.com/binnacle-dev/binnacle/backend/plain"
)

func TestLine(t *testing.T) {
	for name, c := range map[string]struct {
		in, want string
		most     int
	}{
		"as it is":           {"nothing to do", "nothing to do", 20},
		"white space":        {"\t one\r\n\n two\u00a0three ", "one two three", 20},
		"terminal codes":     {"\x1b[31mred\x1b[0m", "[31mred[0m", 20},
		"direction":          {"safe\u202egnp.exe", "safegnp.exe", 20},
		"invisible":          {"a\u200bb\ufeffc\u00ad", "abc", 20},
		"broken":             {"a\xffb\ufffdc", "abc", 20},
		"other scripts":      {"Überblick 東京 🧭", "Überblick 東京 🧭", 20},
		"HTML is text":       {"<b onload=x>", "<b onload=x>", 20},
		"exactly so long":    {"12345", "12345", 5},
		"too long":           {"123456", "12345…", 5},
		"no end":             {strings.Repeat("x", 1<<20), "xxxxx…", 5},
		"nothing to be seen": {strings.Repeat("\u200b", 1<<20), "", 5},
		"empty":              {"", "", 5},
	} {
		t.Run(name, func(t *testing.T) {
			if got := plain.Line(c.in, c.most); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
