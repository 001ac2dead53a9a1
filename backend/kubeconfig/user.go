package kubeconfig

import (
	"slices"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/binnacle-dev/binnacle/backend/secret"
)

type user struct {
	entry
	userSpec
	userFacts
}

// userSpec is what the file says.
type userSpec struct {
	certFile, keyFile, tokenFile string
	cert, key, token, password   secret.Value
	username                     string
	as                           impersonation
	exec                         *execSpec
	provider                     *providerSpec
}

type impersonation struct {
	user, uid string
	groups    []string
	extra     map[string][]string
}

// providerSpec is a legacy auth-provider. Its settings may be tokens.
type providerSpec struct {
	name   string
	config map[string]secret.Value
}

// userFacts is what follows from it.
type userFacts struct {
	auth     Auth
	certPEM  []byte       // certificates and nothing else
	keyPEM   secret.Value // the key alone
	identity string
	groups   []string
	expires  time.Time
	flags    []Flag
	problems []string

	signIn     *SignIn     // of AuthSignIn
	conversion *conversion // of AuthExec and AuthProvider, where there is one
}

func (d *document) user(e entry, body *yaml.Node) *user {
	u := &user{entry: e}
	for _, p := range u.fields(body) {
		if !u.credentialField(p) && !u.otherField(p) {
			d.unknown(p, u.what)
		}
	}
	u.userFacts = judgeUser(&u.entry, u.userSpec, d.now)
	return u
}

func (u *user) credentialField(p pair) bool {
	switch p.key {
	case "client-certificate":
		u.certFile = u.text(p)
	case "client-certificate-data":
		u.cert = u.data(p)
	case "client-key":
		u.keyFile = u.text(p)
	case "client-key-data":
		u.key = u.data(p)
	case "token":
		u.token = u.secret(p)
	case "tokenFile":
		u.tokenFile = u.text(p)
	case "username":
		u.username = u.text(p)
	case "password":
		u.password = u.secret(p)
	default:
		return false
	}
	return true
}

func (u *user) otherField(p pair) bool {
	switch p.key {
	case "as":
		u.as.user = u.text(p)
	case "as-uid":
		u.as.uid = u.text(p)
	case "as-groups":
		u.as.groups = u.list(p)
	case "as-user-extra":
		u.as.extra = map[string][]string{}
		for _, q := range u.object(p) {
			u.as.extra[q.key] = u.list(q)
		}
	case "exec":
		u.exec = u.readExec(p)
	case "auth-provider":
		u.provider = u.readProvider(p)
	case "extensions":
	default:
		return false
	}
	return true
}

func (e *entry) readProvider(p pair) *providerSpec {
	if isNull(p.value) {
		return nil
	}
	s := &providerSpec{config: map[string]secret.Value{}}
	for _, q := range e.object(p) {
		switch q.key {
		case "name":
			s.name = e.text(q)
		case "config":
			for _, setting := range e.object(q) {
				s.config[setting.key] = e.secret(setting)
			}
		}
	}
	return s
}

func (i impersonation) any() bool {
	return i.user != "" || i.uid != "" || len(i.groups) > 0 || len(i.extra) > 0
}

func (f *userFacts) flag(kind FlagKind, severity Severity, title, detail string) {
	f.flags = append(f.flags, Flag{kind, severity, title, detail})
}

// ends keeps the earliest end.
func (f *userFacts) ends(t time.Time) {
	if !t.IsZero() && (f.expires.IsZero() || t.Before(f.expires)) {
		f.expires = t
	}
}

func (f *userFacts) known(identity string, groups []string) {
	if f.identity != "" || identity == "" {
		return
	}
	f.identity = shown(identity)
	for _, g := range slices.Compact(groups) {
		if len(f.groups) < 100 {
			f.groups = append(f.groups, shown(g))
		}
	}
}
