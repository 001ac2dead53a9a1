package issuer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/binnacle-dev/binnacle/build/rig/certs"
	"github.com/binnacle-dev/binnacle/build/rig/child"
)

// directory is an OpenLDAP server of our own: the system's slapd program, run
// with a configuration, data and certificates in our folder. A slapd that the
// system may run is left alone.
type directory struct {
	dir    string
	port   int
	server *child.Process
}

// startDirectory fills a directory with its users and serves it with StartTLS.
func startDirectory(ctx context.Context, dir string) (*directory, error) {
	d := &directory{dir: dir}
	if err := d.prepare(ctx); err != nil {
		return nil, fmt.Errorf("prepare the directory: %w", err)
	}
	for tries := 4; ; tries-- { // as in start
		err := d.serve(ctx)
		if err == nil {
			return d, nil
		}
		if tries == 1 || !errors.Is(err, child.ErrPortTaken) {
			return nil, fmt.Errorf("start slapd: %w; the end of its log:\n%s", err, child.Tail(d.path("slapd.log"), 10))
		}
	}
}

func (d *directory) prepare(ctx context.Context) error {
	if err := os.MkdirAll(d.path("db"), 0o700); err != nil {
		return err
	}
	ca, err := certs.NewAuthority("ca of ldap")
	if err != nil {
		return err
	}
	server, err := ca.Issue(certs.Leaf{Name: "ldap", Hosts: []string{"127.0.0.1", "localhost"}})
	if err != nil {
		return err
	}
	for name, content := range map[string][]byte{
		"ca.crt": ca.PEM(), "tls.crt": server.Cert, "tls.key": server.Key,
		"slapd.conf": []byte(d.config()), "base.ldif": []byte(entries(directoryUsers())),
	} {
		if err := os.WriteFile(d.path(name), content, 0o600); err != nil {
			return err
		}
	}
	if err := d.copyProgram(ctx); err != nil {
		return err
	}
	// The same program fills the database when it is told that it is slapadd.
	return command(ctx, d.path("slapd"), "-T", "add", "-f", d.path("slapd.conf"), "-l", d.path("base.ldif"))
}

// copyProgram copies slapd into our folder: where AppArmor confines the system's
// own by its path, it may read no file of ours. We don't write the copy ourselves:
// a child that starts meanwhile would hold it open, and nobody could run it.
func (d *directory) copyProgram(ctx context.Context) error {
	program, err := exec.LookPath("slapd")
	if err != nil {
		program = "/usr/sbin/slapd" // often not in a user's PATH
	}
	if _, err := os.Stat(program); err != nil {
		return fmt.Errorf("slapd: %w", ErrNoBinary)
	}
	return command(ctx, "cp", program, d.path("slapd"))
}

func command(ctx context.Context, program string, args ...string) error {
	if out, err := exec.CommandContext(ctx, program, args...).CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", filepath.Base(program), err, bytes.TrimSpace(out))
	}
	return nil
}

func (d *directory) serve(ctx context.Context) error {
	ports, err := child.FreePorts(1)
	if err != nil {
		return err
	}
	d.port = ports[0]
	address := fmt.Sprintf("ldap://127.0.0.1:%d", d.port)
	p, err := child.Start(ctx, d.path("slapd.log"), nil, d.path("slapd"), "-d", "0", "-f", d.path("slapd.conf"), "-h", address)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, readyLimit)
	defer cancel()
	for !child.Listening(ctx, d.port) {
		select {
		case <-p.Done():
			return fmt.Errorf("it ended, most likely because %w", child.ErrPortTaken) // it doesn't say
		case <-ctx.Done():
			p.Kill()
			return fmt.Errorf("it was not there in time: %w", ctx.Err())
		case <-time.After(20 * time.Millisecond):
		}
	}
	d.server = p
	return nil
}

func (d *directory) path(name string) string { return filepath.Join(d.dir, name) }
