package keychain_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"

	"go.uber.org/goleak"

	"github.com/binnacle-dev/binnacle/backend/keychain"
	"github.com/binnacle-dev/binnacle/backend/keychain/keychaintest"
	"github.com/binnacle-dev/binnacle/backend/secret"
)

const service = "binnacle"

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// open is a keychain that ends with the test.
func open(t *testing.T, p keychain.Provider) *keychain.Keychain {
	t.Helper()
	k := keychain.Open(service, p, keychain.Options{})
	t.Cleanup(func() {
		if err := k.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return k
}

// noise is a value that doesn't compress; the same seed gives the same.
func noise(seed uint64, size int) secret.Value {
	b := make([]byte, size)
	r := rand.NewChaCha8([32]byte{byte(seed), byte(seed >> 8)})
	_, _ = r.Read(b)
	return secret.New(b)
}

// kubeconfig is a value that compresses as such files do: base64 of random certificates, and words.
func kubeconfig(size int) secret.Value {
	var b bytes.Buffer
	for n := uint64(0); b.Len() < size; n++ {
		fmt.Fprintf(&b, "- cluster:\n    certificate-authority-data: %x\n    server: https://member-%d.example:6443\n", noise(n, 300).Reveal(), n)
	}
	return secret.New(b.Bytes()[:size])
}

func mustPut(t *testing.T, k *keychain.Keychain, name string, v secret.Value) {
	t.Helper()
	if err := k.Put(t.Context(), name, v); err != nil {
		t.Fatalf("put %s: %v", name, err)
	}
}

func mustGet(t *testing.T, k *keychain.Keychain, name string) secret.Value {
	t.Helper()
	v, err := k.Get(t.Context(), name)
	if err != nil {
		t.Fatalf("get %s: %v", name, err)
	}
	return v
}

// atOnce makes a provider fail for good from call n on: the program has died there. first is what happens to call n.
func atOnce(next keychain.Provider, n int, first keychaintest.Fault) *keychaintest.Faulty {
	return keychaintest.New(next, func(c keychaintest.Call) keychaintest.Fault {
		switch {
		case c.N < n:
			return keychaintest.None
		case c.N == n:
			return first
		}
		return keychaintest.Refuse
	})
}

// onlyAt makes call n fail and no other.
func onlyAt(next keychain.Provider, n int, fault keychaintest.Fault) *keychaintest.Faulty {
	return keychaintest.New(next, func(c keychaintest.Call) keychaintest.Fault {
		if c.N == n {
			return fault
		}
		return keychaintest.None
	})
}
