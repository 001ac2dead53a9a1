package keychain

import "github.com/zalando/go-keyring"

// OS is the operating system's keychain. It may show prompts; nothing is called until its first use.
func OS() Provider { return system{ready: ready} }

// system is go-keyring behind a check that it can be called without harm.
type system struct{ ready func() error }

// Get reads an item.
func (s system) Get(service, user string) (string, error) {
	if err := s.ready(); err != nil {
		return "", err
	}
	return keyring.Get(service, user)
}

// Set writes an item.
func (s system) Set(service, user, value string) error {
	if err := s.ready(); err != nil {
		return err
	}
	return keyring.Set(service, user, value)
}

// Delete deletes an item.
func (s system) Delete(service, user string) error {
	if err := s.ready(); err != nil {
		return err
	}
	return keyring.Delete(service, user)
}
