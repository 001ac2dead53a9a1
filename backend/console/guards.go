package console

import (
	"errors"
	"net/http"
	"regexp"
	"slices"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/fleet"
	"github.com/binnacle-dev/binnacle/backend/guard"
	"github.com/binnacle-dev/binnacle/backend/object"
	"github.com/binnacle-dev/binnacle/backend/view"
)

// newGuards makes the guards. Whatever they say, the view itself may be written on the primary.
func (c *Console) newGuards() *guard.Book {
	secret := regexp.MustCompile(`^/api/v1/namespaces/([^/]+)/secrets(/binnacle-view-[0-9a-f]{16}(-\d+)?)?$`) // viewsync.SecretName
	return guard.New(guard.Options{Now: time.Now, Allow: func(member string, r guard.Request) bool {
		open := c.current()
		if open == nil || member != open.primaryMember() {
			return false
		}
		parts := secret.FindStringSubmatch(r.Path)
		// A POST names no object; nothing but the view's store makes Secrets.
		return parts != nil && slices.Contains(open.namespaces(), parts[1]) && (parts[2] != "" || r.Method == http.MethodPost)
	}})
}

// guardMembers tells the guards of the document; before the fleet hears of it, so that no member is ever without one.
func (c *Console) guardMembers(d view.Document) {
	members := make([]guard.Member, 0, len(d.Members))
	for id, m := range d.Members {
		members = append(members, guard.Member{ID: id, Name: m.Name, Mode: guard.ModeOf(m.Guard)})
	}
	c.guards.Set(members)
}

// SetGuard changes what may be done in a member; a looser guard wants its name typed.
func (c *Console) SetGuard(r bridge.GuardRequest) error {
	if _, err := c.viewing(); err != nil {
		return err
	}
	to := guard.ModeOf(string(r.Guard))
	if err := c.guards.MayGuard(r.Member, to, r.Typed); err != nil {
		return err
	}
	mode := string(to)
	return c.edit(view.Change(r.Member, view.Changes{Guard: &mode}))
}

// Unlock lets a protected member be changed for a time.
func (c *Console) Unlock(r bridge.UnlockRequest) error {
	if _, err := c.viewing(); err != nil {
		return err
	}
	limit := time.Duration(r.Minutes) * time.Minute
	if err := c.guards.Unlock(r.Member, r.Typed, limit); err != nil {
		return err
	}
	time.AfterFunc(limit, c.ringFleet) // the page shows that it is over
	c.ringFleet()
	return nil
}

// Lock ends that time.
func (c *Console) Lock(id string) error {
	if _, err := c.viewing(); err != nil {
		return err
	}
	c.guards.Lock(id)
	c.ringFleet()
	return nil
}

// unconnected says why nothing can be asked of a member now.
func (c *Console) unconnected(id, name string, err error) error {
	cause := "It isn't connected."
	if s, ok := c.fleet.Status(id); ok && s.Cause != "" {
		cause = s.Cause
	}
	e := bridge.Wrap(bridge.CodeUnreachable, err, name+" can't be asked now. "+cause, "See the cluster's row for what helps.")
	e.Member = name
	return e
}

// ofMember turns what an object's cluster said into an error for the page that names the cluster.
func ofMember(name string, err error) error {
	e := memberError(name, err)
	e.Member = name
	return e
}

func memberError(name string, err error) *bridge.Error {
	if refusal, ok := errors.AsType[*guard.Refusal](err); ok {
		return guardError(refusal)
	}
	if invalid, ok := errors.AsType[*object.InvalidError](err); ok {
		return bridge.Wrap(bridge.CodeInvalid, err, invalid.Message, "")
	}
	if _, ok := errors.AsType[*object.UnknownKindError](err); ok {
		return bridge.Wrap(bridge.CodeNotFound, err, name+" doesn't serve this kind.", "")
	}
	switch {
	case errors.Is(err, guard.ErrName), errors.Is(err, guard.ErrUnknown):
		return shape(err)
	case errors.Is(err, object.ErrConflict):
		return bridge.Wrap(bridge.CodeConflict, err, "Somebody changed it meanwhile; nothing was saved.", "Look at what changed, then save again.")
	case errors.Is(err, object.ErrReplaced):
		return bridge.Wrap(bridge.CodeNotFound, err, "Another object bears this name now; nothing was changed.", "Open it anew.")
	case apierrors.IsNotFound(err):
		return bridge.Wrap(bridge.CodeNotFound, err, "It is no longer there.", "")
	case apierrors.IsForbidden(err):
		return bridge.Wrap(bridge.CodeDenied, err, object.Why(err), "Ask an administrator of "+name+" for the right.")
	case apierrors.ReasonForError(err) != "":
		return bridge.Wrap(bridge.CodeInvalid, err, object.Why(err), "")
	}
	_, cause := fleet.Classify(err)
	return bridge.Wrap(bridge.CodeUnreachable, err, cause, "Try again, or look at the cluster's row.")
}

func guardError(r *guard.Refusal) *bridge.Error {
	hint := "Unlock it for a time, by its name."
	if r.Mode == guard.ReadOnly {
		hint = "Change that on the clusters page: the cluster's menu, Guard against changes."
	}
	return bridge.Wrap(bridge.CodeDenied, r, sentence(r.Error()), hint)
}
