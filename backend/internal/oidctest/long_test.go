package oidctest

import "testing"

// TestSessionsLast renews again and again: Dex on SQLite stood still at the second time, or the first, before its storage was mended.
func TestSessionsLast(t *testing.T) {
	t.Parallel()
	dex := Dex(t, WithLocal(), WithLDAP())
	for _, name := range []string{"lena@local.test", "jane"} {
		token := dex.Login(t, dex.User(name))
		for n := range 4 {
			next, err := dex.Renew(t, token.RefreshToken)
			if err != nil {
				t.Fatalf("%s: renewal %d: %v", name, n+1, err)
			}
			token = next
		}
	}
}
