package issuer

import (
	"context"
	"fmt"
	"maps"
	"os/exec"
)

// npm is the npm package oidc-provider.
type npm struct{ node, script string }

// StartProvider runs the certified provider: PKCE is enforced, refresh tokens
// rotate and the reuse of one ends the session, revocation and the device flow
// are on, and whoever asks for offline_access must send prompt=consent. Its users
// are jane (groups admins and developers), john (developers) and mallory (none).
// An error of ErrNoBinary says what is missing.
func StartProvider(ctx context.Context, o Options) (*Issuer, error) {
	node, err := exec.LookPath("node")
	if err != nil {
		return nil, fmt.Errorf("node: %w", ErrNoBinary)
	}
	if _, err := find("frontend/e2e/issuer/node_modules/oidc-provider/package.json"); err != nil {
		return nil, err
	}
	script, err := find("frontend/e2e/issuer/server.mjs")
	if err != nil {
		return nil, err
	}
	users := directoryUsers()
	for at := range users {
		users[at].Connector = ""
	}
	return start(ctx, o, "provider", "", &npm{node: node, script: script}, users)
}

func (n *npm) prepare(i *Issuer) error {
	const device = "urn:ietf:params:oauth:grant-type:device_code"
	grants := []string{"authorization_code", "refresh_token", device}
	var exact []string
	for _, port := range i.Fixed.Ports {
		exact = append(exact, fmt.Sprintf("http://localhost:%d/callback", port))
	}
	client := func(id, name string, more map[string]any) map[string]any {
		maps.Copy(more, map[string]any{
			"client_id": id, "client_name": name, "grant_types": grants, "response_types": []string{"code"},
			"id_token_signed_response_alg": "ES256",
		})
		return more
	}
	public := func() map[string]any {
		return map[string]any{
			"application_type": "native", "token_endpoint_auth_method": "none",
			"redirect_uris": []string{"http://127.0.0.1/callback", "http://localhost/callback"}, // with any port
		}
	}
	return i.writeJSON("provider.json", map[string]any{
		"issuer": i.URL, "port": i.port, "key": i.key, "database": i.path("provider.db.json"), "keys": i.path("keys.json"),
		"life": i.options.Life.seconds(), "users": people(i.users),
		"clients": []map[string]any{
			client(i.ClientID, "Binnacle", public()),
			client(i.DeviceID, "Binnacle on a device", public()),
			client(i.Fixed.ID, "Binnacle with a secret", map[string]any{
				"application_type": "web", "client_secret": i.Fixed.Secret, "redirect_uris": exact,
			}),
		},
	})
}

func (n *npm) command(i *Issuer) (path string, args []string) {
	return n.node, []string{n.script, i.path("provider.json")}
}

func (*npm) account(u User) string { return u.Name }

func (*npm) close() {}

// people are users as the provider takes them.
func people(users []User) []map[string]any {
	all := []map[string]any{}
	for _, u := range users {
		all = append(all, map[string]any{"name": u.Name, "password": u.Password, "email": u.Email, "groups": u.Groups})
	}
	return all
}
