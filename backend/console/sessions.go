package console

import (
	"errors"
	"maps"
	"slices"
	"sync"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/local"
)

const sessionsFile = "sessions"

// sessions says which credential in the keychain signs in with which provider, so that a session goes with the last
// credential that uses it, and which servers the person gave a session to: a kubeconfig could name one's own provider and
// somebody else's server. It is kept in a file and holds no secret.
type sessions struct {
	folder *local.Folder

	mu    sync.Mutex
	file  sessionFile
	known map[string]kubeconfig.SignIn // by key, as seen in this run
}

type sessionFile struct {
	Keys    map[string]string                `json:"keys"`    // by keychain account
	Servers map[string][]kubeconfig.Endpoint `json:"servers"` // that may see a session's token, by key
}

func (f sessionFile) clone() sessionFile {
	out := sessionFile{maps.Clone(f.Keys), maps.Clone(f.Servers)}
	if out.Keys == nil {
		out.Keys = map[string]string{}
	}
	if out.Servers == nil {
		out.Servers = map[string][]kubeconfig.Endpoint{}
	}
	return out
}

// change saves a changed copy, then it counts; mu is held.
func (s *sessions) change(f func(*sessionFile)) error {
	next := s.file.clone()
	f(&next)
	if err := s.folder.Save(sessionsFile, next); err != nil {
		return err
	}
	s.file = next
	return nil
}

// openSessions reads the file. A damaged one was set aside: what it said is learnt again as members connect.
func openSessions(folder *local.Folder) (*sessions, error) {
	s := &sessions{folder: folder, known: map[string]kubeconfig.SignIn{}}
	err := loadOr(folder, sessionsFile, &s.file)
	s.file = s.file.clone()
	return s, err
}

// learn notes what an account's credential signs in with, and gives the key, "" for none.
func (s *sessions) learn(account string, c kubeconfig.Credential) (string, error) {
	signIn, ok := c.SignIn()
	key := ""
	if ok {
		key = signIn.Key()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if ok {
		s.known[key] = signIn
	}
	if s.file.Keys[account] == key {
		return key, nil
	}
	return key, s.change(func(f *sessionFile) {
		delete(f.Keys, account)
		if ok {
			f.Keys[account] = key
		}
	})
}

// share notes that the person gives a session to a server.
func (s *sessions) share(key string, e kubeconfig.Endpoint) error {
	if s.shared(key, e) {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.change(func(f *sessionFile) { f.Servers[key] = append(slices.Clone(f.Servers[key]), e) })
}

// shared says whether they did.
func (s *sessions) shared(key string, e kubeconfig.Endpoint) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Contains(s.file.Servers[key], e)
}

// meet notes a sign-in that no credential in the keychain uses yet.
func (s *sessions) meet(signIn kubeconfig.SignIn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.known[signIn.Key()] = signIn
}

// drop forgets accounts and gives the keys that nobody uses any more.
func (s *sessions) drop(accounts ...string) (unused []string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !slices.ContainsFunc(accounts, func(account string) bool { return s.file.Keys[account] != "" }) {
		return nil, nil
	}
	err = s.change(func(f *sessionFile) {
		for _, account := range accounts {
			key := f.Keys[account]
			delete(f.Keys, account)
			if key != "" && !slices.Contains(slices.Collect(maps.Values(f.Keys)), key) {
				unused = append(unused, key)
				delete(f.Servers, key)
			}
		}
	})
	return unused, err
}

// of is the key that an account's credential uses, "" for none.
func (s *sessions) of(account string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.file.Keys[account]
}

// used says whether any credential in the keychain uses a key.
func (s *sessions) used(key string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Contains(slices.Collect(maps.Values(s.file.Keys)), key)
}

// errForgotten says that the page named a session that nobody uses.
var errForgotten = errors.New("no member signs in that way")

func (s *sessions) signIn(key string) (kubeconfig.SignIn, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found, ok := s.known[key]
	if !ok {
		return kubeconfig.SignIn{}, errForgotten
	}
	return found, nil
}
