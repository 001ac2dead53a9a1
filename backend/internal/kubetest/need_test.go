package kubetest

import (
	"errors"
	"fmt"
	"testing"

	"github.com/binnacle-dev/binnacle/build/rig/controlplane"
	"github.com/binnacle-dev/binnacle/build/rig/kwok"
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
	missing := fmt.Errorf("version 1.36: %w", controlplane.ErrNoBinary)
	for name, c := range map[string]struct {
		ci   string
		err  error
		want string
	}{
		"KWOK alone missing":     {err: kwok.ErrNoBinary, want: "skipped"},
		"nothing wrong":          {ci: "true"},
		"bare machine":           {err: missing, want: "skipped"},
		"CI":                     {ci: "true", err: missing, want: "failed"},
		"other error":            {err: errors.New("no disk"), want: "failed"},
		"another word than true": {ci: "1", err: missing, want: "skipped"},
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
