package keychain

import (
	"encoding/base64"
	"maps"
	"slices"
	"sync"

	"github.com/zalando/go-keyring"
)

// Limits are what a keychain refuses; zero means no limit.
type Limits struct {
	Value   int // bytes of a value
	Service int // bytes of a service name, from which on it is refused
	Line    int // bytes of the command line that go-keyring gives to macOS' security tool
}

// WindowsLimits are go-keyring's own for Windows, to hold tests to them on every OS.
func WindowsLimits() Limits { return Limits{Value: 2560, Service: 512} }

// MacLimits are go-keyring's own for macOS.
func MacLimits() Limits { return Limits{Line: 4096} }

// Memory is a Provider that forgets everything when the program ends.
type Memory struct {
	limits Limits

	mu    sync.Mutex
	items map[[2]string]string
}

// NewMemory makes an empty Memory with the limits of a real keychain.
func NewMemory(l Limits) *Memory { return &Memory{limits: l, items: map[[2]string]string{}} }

// Get answers keyring.ErrNotFound for an item that isn't there.
func (m *Memory) Get(service, user string) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	v, ok := m.items[[2]string{service, user}]
	if !ok {
		return "", keyring.ErrNotFound
	}
	return v, nil
}

// Set answers keyring.ErrSetDataTooBig for what the limits forbid.
func (m *Memory) Set(service, user, value string) error {
	if m.limits.forbid(service, user, value) {
		return keyring.ErrSetDataTooBig
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.items[[2]string{service, user}] = value
	return nil
}

// Delete answers keyring.ErrNotFound for an item that isn't there.
func (m *Memory) Delete(service, user string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.items[[2]string{service, user}]; !ok {
		return keyring.ErrNotFound
	}
	delete(m.items, [2]string{service, user})
	return nil
}

// Users are the names of all items of a service, sorted: what no real provider tells.
func (m *Memory) Users(service string) []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	var users []string
	for _, k := range slices.Collect(maps.Keys(m.items)) {
		if k[0] == service {
			users = append(users, k[1])
		}
	}
	slices.Sort(users)
	return users
}

// forbid computes as go-keyring does. Its quoting adds two bytes to a name with characters that checkNames never lets through.
func (l Limits) forbid(service, user, value string) bool {
	line := len("add-generic-password -U -s  -a  -w \n") + len(service) + len(user) +
		len("go-keyring-base64:") + base64.StdEncoding.EncodedLen(len(value))
	return l.Value > 0 && len(value) > l.Value || l.Service > 0 && len(service) >= l.Service || l.Line > 0 && line > l.Line
}
