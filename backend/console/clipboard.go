package console

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/fleet"
	"github.com/binnacle-dev/binnacle/backend/logs"
	"github.com/binnacle-dev/binnacle/backend/view"
)

// CopyKubeconfig puts a member's kubeconfig on the clipboard; it never crosses into the page.
func (c *Console) CopyKubeconfig(ctx context.Context, id string, form bridge.KubeconfigForm) error {
	open, err := c.viewing()
	if err != nil {
		return err
	}
	credential, err := c.credential(ctx, open.slot, id)
	if err != nil {
		return err
	}
	text := credential.Public()
	switch form {
	case bridge.KubeconfigSecrets:
		text = string(credential.Kubeconfig().Reveal())
	case bridge.KubeconfigProgram:
		if text, err = c.through(credential, id); err != nil {
			return err
		}
	case bridge.KubeconfigPublic:
	}
	return c.options.Desktop.SetClipboard(ctx, text)
}

// MemberDiagnostics is what helps to find out why a member is not ready, as text without secrets.
func (c *Console) MemberDiagnostics(id string) (string, error) {
	open, err := c.viewing()
	if err != nil {
		return "", err
	}
	m, ok := open.keeper.Document().Members[id]
	if !ok {
		return "", notFound("cluster")
	}
	status, engaged := c.fleet.Status(id)
	if !engaged {
		status = open.lastKnown(id)
	}
	var b strings.Builder
	describe(&b, m, memberRow(id, m, status, engaged), status)
	return logs.Redact(b.String()), nil
}

// CopyDiagnostics puts a report of the whole program on the clipboard, redacted.
func (c *Console) CopyDiagnostics(ctx context.Context) error {
	if err := c.ready(); err != nil {
		return err
	}
	var b strings.Builder
	s := c.Session()
	fmt.Fprintf(&b, "Binnacle %s, Go %s, %s\nkeychain: %s %s\n", s.About.Version, s.About.Go, s.About.OS, s.Keychain.State, s.Keychain.Hint)
	fmt.Fprintf(&b, "view: %s, sync %s %s, mode %q, conflicts %d\n", s.Phase, s.Sync.State, s.Sync.Why, s.Seal.Mode, len(s.Sync.Conflicts))
	if open := c.current(); open != nil {
		document := open.keeper.Document()
		statuses := c.fleet.Statuses()
		for _, id := range document.Ordered() {
			status, engaged := statuses[id]
			b.WriteString("\n")
			describe(&b, document.Members[id], memberRow(id, document.Members[id], status, engaged), status)
		}
	}
	return c.options.Desktop.SetClipboard(ctx, logs.Redact(b.String()))
}

func describe(b *strings.Builder, m view.Member, row bridge.Member, s fleet.Status) {
	line := func(name string, value any) { fmt.Fprintf(b, "%-12s %v\n", name, value) }
	line("cluster", m.Name)
	line("server", m.Endpoint.Server)
	line("ca", orNone(m.Endpoint.CA, "the system's"))
	if m.Endpoint.TLSName != "" {
		line("tls name", m.Endpoint.TLSName)
	}
	line("state", row.State)
	line("cause", orNone(s.Cause, "-"))
	line("since", at(s.Since))
	line("next try", at(s.NextTry))
	line("last answer", at(s.Seen))
	line("version", orNone(row.Version, "unknown"))
	line("identity", orNone(row.Identity, "unknown"))
	line("sign-in", orNone(row.AuthKind, "unknown"))
	line("latency", s.Facts.Latency.Round(time.Millisecond))
	line("expires", at(s.Facts.CredentialExpires))
	line("server cert", at(s.Facts.ServerCertExpires))
	line("t4k", orNone(row.T4KState+" "+row.T4KVersion, "unknown"))
}

func orNone(s, none string) string {
	if strings.TrimSpace(s) == "" {
		return none
	}
	return s
}

func at(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.UTC().Format(time.RFC3339)
}
