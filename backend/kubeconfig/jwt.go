package kubeconfig

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"
)

// claims is what a token says of itself. Nobody has checked its signature, so it is a hint and no more.
type claims struct {
	identity string
	groups   []string
	begins   time.Time
	ends     time.Time
}

// readClaims decodes a JSON Web Token; of any other token it knows nothing.
func readClaims(token string) claims {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return claims{}
	}
	body, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(parts[1], "="))
	if err != nil {
		return claims{}
	}
	var fields map[string]json.RawMessage // field by field: one of an odd type must not hide the others
	if json.Unmarshal(body, &fields) != nil {
		return claims{}
	}
	text := func(name string) (s string) {
		_ = json.Unmarshal(fields[name], &s)
		return s
	}
	c := claims{identity: text("sub"), begins: unix(fields["nbf"]), ends: unix(fields["exp"])}
	if !strings.HasPrefix(c.identity, "system:serviceaccount:") {
		for _, name := range []string{"preferred_username", "email"} { // email: what most issuers are set up with; sub is often a number
			if s := text(name); s != "" {
				c.identity = s
			}
		}
	}
	_ = json.Unmarshal(fields["groups"], &c.groups)
	return c
}

// unix reads seconds since 1970; what is absurd is unknown.
func unix(raw json.RawMessage) time.Time {
	var seconds float64
	if json.Unmarshal(raw, &seconds) != nil || seconds <= 0 || seconds > 253402300799 { // the end of year 9999
		return time.Time{}
	}
	return time.Unix(int64(seconds), 0).UTC()
}
