//go:build !linux

package secretservice

import "testing"

// Option changes what Start starts.
type Option func(*Service)

// WithoutDaemon leaves the bus without a secret service.
func WithoutDaemon() Option { return func(*Service) {} }

// Service is a secret service; there is none here.
type Service struct{}

// Start skips the test.
func Start(tb testing.TB, _ ...Option) *Service {
	tb.Helper()
	tb.Skip("a secret service is Linux' own keychain")
	return nil
}

// NoBus skips the test.
func NoBus(tb testing.TB) {
	tb.Helper()
	tb.Skip("D-Bus is Linux' own")
}

// Env is empty.
func (*Service) Env() []string { return nil }

// Home is empty.
func (*Service) Home() string { return "" }

// Unlock does nothing.
func (*Service) Unlock(testing.TB) {}

// Lock does nothing.
func (*Service) Lock(testing.TB) {}

// Kill does nothing.
func (*Service) Kill(testing.TB) {}

// Users is empty.
func (*Service) Users(testing.TB, string) []string { return nil }
