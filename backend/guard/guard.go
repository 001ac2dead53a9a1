// Package guard holds what may be changed where. A member of the view can be protected (changes only after unlocking it, for a
// time) or read-only (no changes). Every request that could change something is put before Check as it leaves; what a page or
// any other part of the program thinks of it doesn't count.
//
// Rules. A member that the Book doesn't know may not be changed. A mode that this program doesn't know is a newer program's, and
// counts as the strictest. An unlocking ends by itself, by whichever clock says so first, and with any change of its member's
// name or mode. Dry runs pass, where the API server is certain to take them for such; so do the requests that Options.Allow
// names. The package is pure but for its clock.
//
// Concurrency. A Book is safe for concurrent use; nothing is called under its lock.
package guard

import (
	"errors"
	"strings"
	"sync"
	"time"
)

// Mode is what may be done in a member. The set is closed.
type Mode string

// The modes, from loose to strict.
const (
	None      Mode = ""
	Protected Mode = "protected" // changes only after unlocking, for a time
	ReadOnly  Mode = "readOnly"  // no changes
)

// ModeOf is the mode that a view names. An unknown word is a newer program's, and means the strictest.
func ModeOf(s string) Mode {
	switch m := Mode(s); m {
	case None, Protected, ReadOnly:
		return m
	default:
		return ReadOnly
	}
}

// Looser says whether m allows more than the other.
func (m Mode) Looser(than Mode) bool { return m.strictness() < than.strictness() }

func (m Mode) strictness() int {
	switch m {
	case None:
		return 0
	case Protected:
		return 1
	case ReadOnly:
		return 2
	default:
		return 2
	}
}

// Errors of a Book.
var (
	// ErrUnknown says that no such member is in the Book.
	ErrUnknown = errors.New("there is no such cluster in the view")
	// ErrName says that what was typed is not the member's name.
	ErrName = errors.New("this isn't the cluster's name; type it exactly as it is shown")
	// ErrNotProtected says that there is nothing to unlock.
	ErrNotProtected = errors.New("only a protected cluster can be unlocked; set its guard instead")
	// ErrDuration says that a member can't be unlocked for that long.
	ErrDuration = errors.New("a cluster can be unlocked for 5, 15 or 60 minutes")
)

// Member is what the view says of a member that matters here.
type Member struct {
	ID   string
	Name string // what has to be typed
	Mode Mode
}

// Options are a Book's parts.
type Options struct {
	Now func() time.Time // nil: time.Now
	// Allow says that a request passes whatever the guard, as do the program's own writes of the view. It is called from any
	// goroutine and must return soon. nil: none does.
	Allow func(member string, r Request) bool
}

// Book is the guards of all members. Make it with New.
type Book struct {
	o Options

	mu      sync.Mutex
	members map[string]entry
}

type entry struct {
	Member

	at    time.Time // when it was unlocked; zero: it is locked
	lasts time.Duration
}

// New makes an empty book: nothing may be changed anywhere.
func New(o Options) *Book {
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Book{o: o, members: map[string]entry{}}
}

// Set makes the book hold exactly these members. One whose name or mode is another is locked again. Members come here before
// they are contacted.
func (b *Book) Set(members []Member) {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := make(map[string]entry, len(members))
	for _, m := range members {
		m.Mode = ModeOf(string(m.Mode))
		e := entry{Member: m}
		if old := b.members[m.ID]; old.Member == m {
			e = old
		}
		now[m.ID] = e
	}
	b.members = now
}

// Unlock lets a protected member be changed for 5, 15 or 60 minutes from now; typed must be its name. The error is ErrUnknown,
// ErrNotProtected, ErrDuration or ErrName.
func (b *Book) Unlock(member, typed string, d time.Duration) error {
	at := b.o.Now()
	b.mu.Lock()
	defer b.mu.Unlock()
	e, found := b.members[member]
	switch {
	case !found:
		return ErrUnknown
	case e.Mode != Protected:
		return ErrNotProtected
	case d != 5*time.Minute && d != 15*time.Minute && d != time.Hour:
		return ErrDuration
	case !e.named(typed):
		return ErrName
	}
	e.at, e.lasts = at, d
	b.members[member] = e
	return nil
}

// Lock ends an unlocking.
func (b *Book) Lock(member string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if e, found := b.members[member]; found {
		e.at, e.lasts = time.Time{}, 0
		b.members[member] = e
	}
}

// Until is when a member's unlocking ends; zero when it isn't unlocked.
func (b *Book) Until(member string) time.Time {
	now := b.o.Now()
	b.mu.Lock()
	defer b.mu.Unlock()
	e := b.members[member]
	if !e.unlocked(now) {
		return time.Time{}
	}
	return e.at.Add(e.lasts)
}

// Confirm says whether a change of the member was meant: typed must be its name. The error is ErrUnknown or ErrName.
func (b *Book) Confirm(member, typed string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e, found := b.members[member]; {
	case !found:
		return ErrUnknown
	case !e.named(typed):
		return ErrName
	}
	return nil
}

// MayGuard says whether the person may set a member's mode: a looser one than it has wants its name typed, whether it is unlocked
// or not. The error is ErrUnknown or ErrName.
func (b *Book) MayGuard(member string, to Mode, typed string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e, found := b.members[member]; {
	case !found:
		return ErrUnknown
	case to.Looser(e.Mode) && !e.named(typed):
		return ErrName
	}
	return nil
}

// named says whether typed is the name. What the keyboard adds around it doesn't matter.
func (e entry) named(typed string) bool {
	return e.Name != "" && strings.TrimSpace(typed) == strings.TrimSpace(e.Name)
}

// unlocked goes by two clocks: the one that people read may be set back, the other may stand still while a machine sleeps.
func (e entry) unlocked(now time.Time) bool {
	if e.at.IsZero() {
		return false
	}
	worn := now.Round(0).Sub(e.at.Round(0))
	return now.Sub(e.at) < e.lasts && worn < e.lasts && worn > -adjusted
}

// adjusted is how far a clock is set back by what keeps it right.
const adjusted = time.Minute
