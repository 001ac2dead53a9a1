package oidctest

import (
	"errors"
	"fmt"
	"testing"

	"github.com/binnacle-dev/binnacle/build/rig/issuer"
)

// verdict is a test that notes how it would end.
type verdict struct {
	testing.TB
	is string
}

func (*verdict) Helper()        {}
func (v *verdict) Skip(...any)  { v.is = "skipped" }
func (v *verdict) Fatal(...any) { v.is = "failed" }

func TestNeed(t *testing.T) {
	missing := fmt.Errorf("slapd: %w", issuer.ErrNoBinary)
	for name, c := range map[string]struct {
		ci   string
		err  error
		want string
	}{
		"nothing wrong": {ci: "true"},
		"bare machine":  {err: missing, want: "skipped"},
		"CI":            {ci: "true", err: missing, want: "failed"},
		"other error":   {err: errors.New("no disk"), want: "failed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("CI", c.ci)
			v := &verdict{TB: t}
			need(v, c.err)
			if v.is != c.want {
				t.Errorf("it is %q, want %q", v.is, c.want)
			}
		})
	}
}
