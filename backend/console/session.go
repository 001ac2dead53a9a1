package console

import (
	"cmp"
	"encoding/json"
	"runtime"
	"strings"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/keychain"
	"github.com/binnacle-dev/binnacle/backend/view"
	"github.com/binnacle-dev/binnacle/backend/viewsync"
)

// Session is who is logged in where, and how the view stands.
func (c *Console) Session() bridge.Session {
	s := bridge.Session{
		Seq: c.bells.at(bridge.EventSession, ""), Phase: bridge.PhaseWelcome,
		Sync: bridge.Sync{Conflicts: []bridge.Conflict{}}, Known: []bridge.KnownPrimary{},
		Keychain: c.keychainState(), About: c.about(), SignIns: []bridge.SignIn{},
	}
	if c.ready() == nil {
		s.SignIns = c.signIns()
	}
	c.mu.Lock()
	open, login, removed := c.open, c.login, c.removed
	s.Settings, s.Offered = c.settings, c.offered
	c.mu.Unlock()
	if removed != nil {
		s.Undo = &bridge.Undo{ID: removed.id, Text: removed.text, Until: ms(removed.until)}
	}
	for _, r := range c.records() {
		m := r.Sync.Document.Members[r.Primary.MemberID]
		s.Known = append(s.Known, bridge.KnownPrimary{
			ViewID: r.Slot, Name: m.Name, Server: m.Endpoint.Server, Identity: r.Primary.Username,
			LastLogin: ms(r.LastLogin), Members: len(r.Sync.Document.Members), Current: open != nil && open.slot == r.Slot,
		})
	}
	if login != nil {
		s.Phase, s.LoginStep = bridge.PhaseConnecting, login.step
	}
	if open == nil {
		return s
	}
	status, document := open.keeper.Status(), open.keeper.Document()
	if login == nil {
		s.Phase = phaseOf(status)
	}
	s.Primary = open.primaryInfo(document, status)
	s.Seal = bridge.Seal{Mode: bridge.Mode(status.Mode), Carries: status.Carries, Locked: locked(status)}
	s.Sync = syncInfo(document, status)
	return s
}

// phaseOf says where the person stands with an open view. Until they have chosen a mode nothing is saved on the primary,
// reachable or not.
func phaseOf(s viewsync.Status) bridge.Phase {
	fresh := s.Synced.IsZero() // never yet one with the primary's
	switch {
	case s.State == viewsync.StateChoosing, s.State == viewsync.StateLocal && fresh && s.Mode == viewsync.ModeNone && s.Question == nil:
		return bridge.PhaseChoose
	case s.State == viewsync.StateLocked && fresh:
		return bridge.PhaseLocked
	}
	return bridge.PhaseReady
}

func (o *openView) primaryInfo(d view.Document, s viewsync.Status) *bridge.Primary {
	o.mu.Lock()
	p := o.record.Primary
	o.mu.Unlock()
	m := d.Members[p.MemberID]
	info := &bridge.Primary{
		ViewID: o.slot, MemberID: p.MemberID, Name: m.Name, Server: m.Endpoint.Server,
		Identity: p.Username, IdentityVerified: p.Verified,
	}
	if s.Place != (viewsync.Place{}) {
		info.Location = s.Place.String()
	}
	return info
}

func locked(s viewsync.Status) bool { return s.State == viewsync.StateLocked || s.CredentialsLocked }

// syncInfo turns the keeper's states into those of the header.
func syncInfo(d view.Document, s viewsync.Status) bridge.Sync {
	out := bridge.Sync{Since: ms(s.Since), Why: cmp.Or(s.Why, s.CredentialsWhy), Conflicts: []bridge.Conflict{}}
	switch s.State {
	case viewsync.StateSynced:
		out.State = bridge.SyncSynced
	case viewsync.StateSaving:
		out.State = bridge.SyncSaving
	case viewsync.StateConflict:
		out.State = bridge.SyncConflict
	case viewsync.StateAsking:
		out.State = bridge.SyncAsking
	case viewsync.StateLocal, viewsync.StateChoosing, viewsync.StateLocked, viewsync.StateNewer:
		out.State = bridge.SyncLocal
		if !s.Dirty.IsZero() {
			out.Since = ms(s.Dirty)
		}
	}
	for _, conflict := range s.Conflicts {
		field, mine, theirs := conflict.Field, shown(conflict.Mine), shown(conflict.Theirs)
		if conflict.Kind == view.KindDeleted {
			field, mine, theirs = "removed", presence(conflict.Mine), presence(conflict.Theirs)
		}
		out.Conflicts = append(out.Conflicts, bridge.Conflict{
			ID: conflict.ID, Member: d.Members[conflict.Member].Name, Field: field, Mine: mine, Theirs: theirs, When: ms(conflict.When),
		})
	}
	if q := s.Question; q != nil {
		out.Question = &bridge.Question{ID: q.ID, Title: q.Title, Text: q.Text, Choices: []bridge.Choice{}}
		for _, choice := range q.Choices {
			out.Question.Choices = append(out.Question.Choices, bridge.Choice{ID: string(choice.ID), Label: choice.Label, Danger: choice.Danger})
		}
	}
	return out
}

// shown is a conflict's value as text.
func shown(raw json.RawMessage) string {
	var text string
	switch {
	case len(raw) == 0:
		return "(none)"
	case json.Unmarshal(raw, &text) == nil:
		return text
	}
	return string(raw)
}

func presence(raw json.RawMessage) string {
	if len(raw) == 0 {
		return "removed it"
	}
	return "changed it"
}

func (c *Console) keychainState() bridge.Keychain {
	if c.ready() != nil {
		return bridge.Keychain{State: bridge.KeychainOK}
	}
	switch c.keychain.State() {
	case keychain.StateOK:
		return bridge.Keychain{State: bridge.KeychainOK}
	case keychain.StateWaiting:
		return bridge.Keychain{State: bridge.KeychainWaiting, Hint: "Your system asks for the keychain's password. Binnacle goes on when it is answered."}
	case keychain.StateMemory:
		return bridge.Keychain{State: bridge.KeychainMemory, Hint: "Secrets are kept in memory only and are gone when Binnacle ends."}
	case keychain.StateLocked, keychain.StateMissing:
		return bridge.Keychain{State: bridge.KeychainMissing, Hint: keychain.Hint(c.keychain.Trouble())}
	}
	return bridge.Keychain{State: bridge.KeychainOK}
}

func (c *Console) about() bridge.About {
	a := bridge.About{
		Version: c.options.Version, Go: strings.TrimPrefix(runtime.Version(), "go"),
		OS: runtime.GOOS + "/" + runtime.GOARCH, Profile: c.options.Profile,
	}
	if c.ready() == nil {
		a.Folder, a.Logs = c.folder.Dir(), c.folder.Logs()
	}
	return a
}
