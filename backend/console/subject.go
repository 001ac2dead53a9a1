package console

import (
	"context"
	"fmt"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

// subject gives the credential that a sign-in or a program is for, and the name of its member or context.
func (c *Console) subject(ctx context.Context, s bridge.Subject) (string, kubeconfig.Credential, error) {
	if s.MemberID == "" {
		if err := c.ready(); err != nil {
			return "", kubeconfig.Credential{}, err
		}
		found, err := c.imports.candidates(s.Ticket, s.Index)
		if err != nil {
			return "", kubeconfig.Credential{}, err
		}
		credential, err := found[0].credential()
		return found[0].Name, credential, err
	}
	open, err := c.viewing()
	if err != nil {
		return "", kubeconfig.Credential{}, err
	}
	m, ok := open.keeper.Document().Members[s.MemberID]
	if !ok {
		return "", kubeconfig.Credential{}, notFound("cluster")
	}
	credential, err := c.credential(ctx, open.slot, s.MemberID)
	return m.Name, credential, err
}

// topicOf names a subject in doorbells.
func topicOf(s bridge.Subject) string {
	if s.MemberID != "" {
		return s.MemberID
	}
	return fmt.Sprintf("%s:%d", s.Ticket, s.Index)
}
