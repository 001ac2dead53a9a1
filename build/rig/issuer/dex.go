package issuer

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"github.com/binnacle-dev/binnacle/build/rig/controlplane"
)

// localPassword is that of Dex' own users; Dex knows it by its hash.
const (
	localPassword = "password"
	localHash     = "$2a$10$2b2cU8CPhOTaGrs1HRQuAueS7JTT5ZHsHSzYiFPm1leZck7Mc8T4W"
)

// dex is Dex.
type dex struct {
	binary    string
	directory *directory // nil without LDAP
}

// StartDex runs Dex. Its own users are lena@local.test (groups admins and
// developers) and luke@local.test (none); those of the directory are jane (both),
// john (developers) and mallory (none). An error of ErrNoBinary says what is missing.
func StartDex(ctx context.Context, o Options) (*Issuer, error) {
	binary, err := find("build/dex/bin/dex")
	if err != nil {
		return nil, err
	}
	o.Local = o.Local || !o.LDAP
	d := &dex{binary: binary}
	var users []User
	if o.Local {
		users = append(users, localUsers()...)
	}
	if o.LDAP {
		if d.directory, err = startDirectory(ctx, filepath.Join(o.Dir, "ldap")); err != nil {
			return nil, err
		}
		users = append(users, directoryUsers()...)
	}
	return start(ctx, o, "dex", "/dex", d, users)
}

func localUsers() []User {
	return []User{
		{Name: "lena@local.test", Password: localPassword, Connector: "local", Email: "lena@local.test", Groups: []string{"admins", "developers"}},
		{Name: "luke@local.test", Password: localPassword, Connector: "local", Email: "luke@local.test"},
	}
}

func (d *dex) prepare(i *Issuer) error {
	var redirects []string
	for _, port := range i.Fixed.Ports {
		redirects = append(redirects, fmt.Sprintf("http://localhost:%d/callback", port))
	}
	// What build/dex reads.
	c := map[string]any{
		"issuer": i.URL, "listen": fmt.Sprintf("127.0.0.1:%d", i.port), "database": i.path("dex.db"), "key": i.key,
		"life": i.options.Life.seconds(),
		"clients": []map[string]any{
			{"id": i.ClientID, "name": "Binnacle", "public": true},
			{"id": i.Fixed.ID, "name": "Binnacle with a secret", "secret": i.Fixed.Secret, "redirectURIs": redirects},
			{"id": i.DeviceID, "name": "Binnacle on a device", "public": true, "redirectURIs": []string{"/dex/device/callback"}},
		},
	}
	if i.options.Local {
		var passwords []map[string]any
		for _, u := range localUsers() {
			passwords = append(passwords, map[string]any{
				"email": u.Email, "username": u.Name, "userID": "id-" + u.Name, "groups": u.Groups,
				"hash": base64.StdEncoding.EncodeToString([]byte(localHash)),
			})
		}
		c["passwords"] = passwords
	}
	if d.directory != nil {
		c["connectors"] = []map[string]any{{"id": "ldap", "type": "ldap", "name": "LDAP", "config": d.directory.connector()}}
	}
	return i.writeJSON("dex.json", c)
}

func (d *dex) command(i *Issuer) (path string, args []string) {
	return d.binary, []string{"--config", i.path("dex.json")}
}

func (*dex) account(u User) string { return u.Email }

func (d *dex) close() {
	if d.directory != nil {
		d.directory.server.Kill()
	}
}

// find finds a program of ours.
func find(path string) (string, error) {
	root, err := controlplane.SourceRoot()
	if err != nil {
		return "", err
	}
	file := filepath.Join(root, filepath.FromSlash(path))
	if runtime.GOOS == "windows" && filepath.Ext(file) == "" {
		file += ".exe"
	}
	if _, err := os.Stat(file); errors.Is(err, os.ErrNotExist) {
		return "", fmt.Errorf("%s: %w", path, ErrNoBinary)
	} else if err != nil {
		return "", fmt.Errorf("look for %s: %w", path, err)
	}
	return file, nil
}

func (i *Issuer) writeJSON(name string, v any) error {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return fmt.Errorf("encode %s: %w", name, err)
	}
	return os.WriteFile(i.path(name), b, 0o600)
}
