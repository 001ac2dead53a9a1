// Package keychaintest is a keychain.Provider that fails in the ways that real ones do, when a test says so.
package keychaintest

import (
	"errors"
	"sync"

	"github.com/binnacle-dev/binnacle/backend/keychain"
)

// ErrFault is what a faulty call answers.
var ErrFault = errors.New("injected fault")

// Verb is what a call does.
type Verb string

// The closed set of verbs.
const (
	Get    Verb = "get"
	Set    Verb = "set"
	Delete Verb = "delete"
)

// Call is one call of a provider.
type Call struct {
	N    int // counts from 1
	Verb Verb
	User string // the item's name
}

// Fault is what goes wrong with a call.
type Fault string

// The closed set of faults.
const (
	None   Fault = ""
	Refuse Fault = "refuse" // ErrFault, and nothing is done
	Late   Fault = "late"   // ErrFault, though it is done
	Lie    Fault = "lie"    // no error, though nothing is done (a Get answers "")
)

// Faulty is a provider with faults.
type Faulty struct {
	next  keychain.Provider
	fault func(Call) Fault

	mu sync.Mutex
	n  int
}

// New puts faults in front of a provider. The function decides about each call; it may block, as a prompt does.
func New(next keychain.Provider, fault func(Call) Fault) *Faulty {
	return &Faulty{next: next, fault: fault}
}

// Calls is how many calls there were.
func (f *Faulty) Calls() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.n
}

// Get reads an item.
func (f *Faulty) Get(service, user string) (value string, err error) {
	err = f.call(Get, user, func() error {
		value, err = f.next.Get(service, user)
		return err
	})
	if err != nil {
		return "", err
	}
	return value, nil
}

// Set writes an item.
func (f *Faulty) Set(service, user, value string) error {
	return f.call(Set, user, func() error { return f.next.Set(service, user, value) })
}

// Delete deletes an item.
func (f *Faulty) Delete(service, user string) error {
	return f.call(Delete, user, func() error { return f.next.Delete(service, user) })
}

func (f *Faulty) call(verb Verb, user string, do func() error) error {
	f.mu.Lock()
	f.n++
	c := Call{N: f.n, Verb: verb, User: user}
	f.mu.Unlock()
	switch f.fault(c) {
	case None:
		return do()
	case Refuse:
		return ErrFault
	case Late:
		return errors.Join(ErrFault, do())
	case Lie:
		return nil
	}
	return nil
}
