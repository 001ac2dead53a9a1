package kubeconfig

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/binnacle-dev/binnacle/backend/secret"
)

// Far above what any provider has.
const (
	maxSignInText = 2048 // bytes of one setting
	maxSignInList = 50   // scopes, parameters or ports
)

// checked gives the SignIn its one spelling, so that equal ones have equal keys. Its errors begin with the name of a setting and quote no value.
func (s SignIn) checked() (SignIn, error) {
	if s.Flow != FlowBrowser && s.Flow != FlowDevice && s.Flow != FlowOpenShift {
		return s, errors.New("flow must be browser, device or openshift")
	}
	s.AccessToken = s.AccessToken || s.Flow == FlowOpenShift
	s.RedirectHost = strings.Trim(s.RedirectHost, "[]")
	if err := checkIssuer(s.Issuer); err != nil {
		return s, fmt.Errorf("issuer %w", err)
	}
	if s.ClientID == "" {
		return s, errors.New("client-id is missing")
	}
	for name, text := range map[string]string{"client-id": s.ClientID, "audience": s.Audience, "connector": s.Connector, "name-claim": s.NameClaim} {
		if len(text) > maxSignInText || Clean(text) != text {
			return s, fmt.Errorf("%s is too long or holds unreadable characters", name)
		}
	}
	if err := checkSecret(s.ClientSecret); err != nil {
		return s, err
	}
	s.Scopes = slices.DeleteFunc(slices.Clone(s.Scopes), func(scope string) bool { return scope == "openid" || scope == "" })
	if len(s.Scopes) > maxSignInList || slices.ContainsFunc(s.Scopes, func(scope string) bool {
		return len(scope) > maxSignInText || !plain(scope) || strings.ContainsAny(scope, ` "\`)
	}) {
		return s, errors.New("scopes are too many, or one holds characters that no scope has")
	}
	if err := checkParams(s.Params); err != nil {
		return s, err
	}
	if err := s.checkRedirect(); err != nil {
		return s, err
	}
	if len(s.IssuerCA) > 0 {
		bundle, err := parseCertificates(secret.New(s.IssuerCA))
		if err != nil {
			return s, fmt.Errorf("issuer-ca-data %w", err)
		}
		s.IssuerCA = bundle.pem
	}
	return s, nil
}

// checkIssuer wants https: over plain http anybody on the way could sign in as the person. What stays on this machine has no way.
func checkIssuer(issuer string) error {
	u, err := url.Parse(issuer)
	switch {
	case issuer == "":
		return errors.New("is missing")
	case err != nil || len(issuer) > maxSignInText || Clean(issuer) != issuer:
		return errors.New("is not a valid URL")
	case u.Scheme == "http" && !loopback(u.Hostname()):
		return errors.New("is plain http: anyone on the way could sign in as you; it must begin with https://")
	case u.Scheme != "https" && u.Scheme != "http":
		return errors.New("does not begin with https://")
	case u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return errors.New("holds a user name, password, query or fragment, which no issuer has")
	}
	if _, err := normalHost(u.Hostname()); err != nil {
		return fmt.Errorf("has a host that %w", err)
	}
	_, err = normalPort(u)
	return err
}

func checkSecret(v secret.Value) error {
	text := string(v.Reveal())
	if text == hiddenText {
		return errors.New(secretSetting + " was left out when this kubeconfig was copied; put the client's own one in its place")
	}
	if len(text) > maxSignInText || Clean(text) != text {
		return errors.New(secretSetting + " is too long or holds unreadable characters")
	}
	return nil
}

// checkParams keeps what a provider is asked for out of a kubeconfig's hands: it may add to the request, not redirect it.
func checkParams(params map[string]string) error {
	ours := []string{
		"client_id", "client_secret", "redirect_uri", "response_type", "response_mode", "scope", "state", "nonce",
		"code_challenge", "code_challenge_method", "request", "request_uri", "code", "grant_type",
	}
	if len(params) > maxSignInList {
		return errors.New("params are too many")
	}
	for name, value := range params {
		switch {
		case slices.Contains(ours, strings.ToLower(name)):
			return errors.New("params set " + fieldName(name) + ", which the sign-in sets itself")
		case name == "" || len(name)+len(value) > maxSignInText || !plain(name) || Clean(value) != value:
			return errors.New("params hold something too long or unreadable")
		case value == hiddenText:
			return errors.New("params lack a value that was left out when this kubeconfig was copied; put it back")
		}
	}
	return nil
}

func (s SignIn) checkRedirect() error {
	if s.RedirectHost != "" && !loopback(s.RedirectHost) {
		return errors.New("redirect-host must be localhost, 127.0.0.1 or ::1")
	}
	if len(s.Redirects) > maxSignInList || slices.ContainsFunc(s.Redirects, func(port int) bool { return port < 1 || port > 65535 }) {
		return errors.New("redirect-ports are too many, or one is impossible")
	}
	if path := s.RedirectPath; path != "" && path != NoPath && (path[0] != '/' || !plain(path) || len(path) > maxShown || strings.ContainsAny(path, ` ?#"\%`)) {
		return errors.New("redirect-path must begin with / and be plain")
	}
	return nil
}
