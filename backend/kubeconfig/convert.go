package kubeconfig

import (
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/binnacle-dev/binnacle/backend/secret"
)

// conversion is the sign-in that does natively what a program or an old auth-provider does.
type conversion struct {
	signIn  SignIn
	caFiles []string // certificates of the provider's CA, yet to be read
	left    []string // names of what has no counterpart and needn't have one
	refused string   // why there is no such sign-in; then the rest counts for nothing
}

// converted judges what was read out of a program's arguments or a provider's settings.
func (c conversion) converted(err error) *conversion {
	if err == nil {
		c.signIn, err = c.signIn.checked()
	}
	if i := slices.IndexFunc(c.caFiles, func(path string) bool { return !filepath.IsAbs(path) && !strings.HasPrefix(path, "~/") }); err == nil && i >= 0 {
		err = errors.New("the certificate authority " + quoted(c.caFiles[i]) + " is a relative path, which leads nowhere certain")
	}
	if err != nil {
		c = conversion{refused: err.Error()}
	}
	return &c
}

// SignIn is the native sign-in that can take the place of the context's program (kubelogin, kubectl oidc-login) or old "oidc" auth-provider,
// and false when there is none: see the flags. While its CA is in a file, IssuerCA is nil, and the key that of
// another sign-in.
func (c Context) SignIn() (SignIn, bool) {
	if found := c.conversion(); found != nil {
		return found.signIn.clone(), true
	}
	return SignIn{}, false
}

func (c Context) conversion() *conversion {
	if c.Problem != "" || c.user == nil || c.Auth != AuthExec && c.Auth != AuthProvider {
		return nil
	}
	return c.user.conversion
}

// SignInCredential is Credential with the native sign-in in the place of the program or auth-provider. Tokens that the auth-provider holds
// are dropped. It fails when SignIn gives none.
func (c Context) SignInCredential(read func(path string) ([]byte, error)) (Credential, error) {
	found := c.conversion()
	if found == nil {
		return Credential{}, fmt.Errorf("%s: context %q can't be turned into a sign-in", c.Source, c.Name)
	}
	s, in := found.signIn.clone(), inliner{read: read, files: map[string][]byte{}}
	for _, path := range found.caFiles {
		b, err := in.resolved(&c.user.entry, "the provider's certificate-authority", path)
		if err != nil {
			return Credential{}, fmt.Errorf("%s: context %q: %w", c.Source, c.Name, err)
		}
		s.IssuerCA = append(append(s.IssuerCA, '\n'), b.Reveal()...)
	}
	return c.with(s).Credential(read)
}

// with is the context of a user who signs in.
func (c Context) with(s SignIn) Context {
	u := *c.user
	u.exec, u.provider = nil, &providerSpec{name: signInProvider, config: map[string]secret.Value{}}
	for name, value := range s.settings() {
		u.provider.config[name] = secret.New([]byte(value))
	}
	u.userFacts = judgeUser(u.settled(), u.userSpec, c.now)
	c.user = &u
	return c
}

// words say what the person will see. Nothing of it is secret.
func (s SignIn) words() string {
	how := map[Flow]string{
		FlowBrowser: "in your browser", FlowDevice: "with a code, on any device", FlowOpenShift: "at OpenShift's own sign-in page",
	}[s.Flow]
	return "You sign in at " + quoted(s.Issuer) + " " + how + ", as the client " + quoted(s.ClientID) + ", and the server gets the token."
}

// conversion understands the auth-provider "oidc". Kubelogin is what made its tokens in most places, so its redirects are the known ones.
func (p *providerSpec) conversion() *conversion {
	if p.name != "oidc" {
		return nil
	}
	c := conversion{signIn: SignIn{Flow: FlowBrowser, Redirects: kubeloginPorts(), RedirectPath: NoPath}}
	var err error
	for _, name := range slices.Sorted(maps.Keys(p.config)) {
		value := strings.TrimSpace(string(p.config[name].Reveal()))
		switch name {
		case "idp-issuer-url":
			err = errors.Join(err, c.signIn.set("issuer", value))
		case "client-id", secretSetting:
			err = errors.Join(err, c.signIn.set(name, value))
		case "idp-certificate-authority-data":
			err = errors.Join(err, c.signIn.set("issuer-ca-data", value))
		case "idp-certificate-authority":
			if value != "" {
				c.caFiles = append(c.caFiles, value)
			}
		case "extra-scopes":
			c.signIn.Scopes = strings.FieldsFunc(value, func(r rune) bool { return r == ',' || r == ' ' })
		case "id-token", "refresh-token": // dropped: a new sign-in brings new ones
		default:
			c.left = append(c.left, "(odd name)")
			if fieldName(name) != "(odd name)" {
				c.left[len(c.left)-1] = name
			}
		}
	}
	return c.converted(err)
}
