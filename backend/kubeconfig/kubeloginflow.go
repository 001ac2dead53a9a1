package kubeconfig

import (
	"errors"
	"net"
	"net/url"
	"strings"
)

// params takes the two for which a SignIn has a place of its own there.
func (k *kubelogin) params(text string) error {
	fields := []string{strings.Trim(text, `"`)}
	if strings.Count(text, "=") > 1 { // else a comma belongs to the value
		fields = commas(text)
	}
	for _, field := range fields {
		name, value, ok := strings.Cut(field, "=")
		if !ok {
			return errors.New("a parameter has no value")
		}
		switch name {
		case "audience":
			k.signIn.Audience = value
		case "connector_id":
			k.signIn.Connector = value
		default:
			if k.signIn.Params == nil {
				k.signIn.Params = map[string]string{}
			}
			k.signIn.Params[name] = value
		}
	}
	return nil
}

// environment passes over what kubelogin doesn't read; a way through a proxy is the program's own, not the kubeconfig's.
func (k *kubelogin) environment(env []execEnv) error {
	for _, v := range env {
		name := strings.ToUpper(v.name)
		if strings.HasSuffix(name, "_PROXY") || strings.HasPrefix(name, "SSL_CERT_") {
			return errors.New("it needs the environment variable " + quoted(v.name))
		}
		k.left = append(k.left, v.name)
	}
	return nil
}

func (k *kubelogin) finish() error {
	if k.grant == "auto" && k.username != "" {
		k.grant = "password"
	}
	switch k.grant {
	case "auto", "authcode":
	case "device-code":
		k.signIn.Flow = FlowDevice
		return nil
	case "password":
		return errors.New("it sends your password to the client (grant-type password)")
	default:
		return errors.New("its grant-type is neither auto, authcode nor device-code")
	}
	if k.username != "" {
		k.left = append(k.left, "--username")
	}
	return k.redirect()
}

// redirect keeps kubelogin's redirects to the letter, since a provider may know them only so.
func (k *kubelogin) redirect() error {
	s := &k.signIn
	if k.redirectURL != "" {
		u, err := url.Parse(k.redirectURL)
		if err != nil || u.Scheme != "http" || !loopback(u.Hostname()) || u.RawQuery != "" || u.User != nil {
			return errors.New("its redirect URL does not lead to this computer over plain http")
		}
		port := "80"
		if u.Port() != "" {
			port = u.Port()
		}
		s.RedirectHost, s.RedirectPath = u.Hostname(), u.EscapedPath()
		if s.RedirectPath == "" {
			s.RedirectPath = NoPath
		}
		s.Redirects, err = readPorts(port)
		return err
	}
	s.RedirectHost, s.RedirectPath = k.redirectHost, NoPath
	if len(k.listen) == 0 {
		s.Redirects = kubeloginPorts()
	}
	for _, address := range k.listen {
		_, port, err := net.SplitHostPort(address)
		if err != nil {
			return errors.New("its listen-address has no port")
		}
		if port == "0" { // any free one
			continue
		}
		ports, err := readPorts(port)
		if err != nil {
			return errors.New("its listen-address has an impossible port")
		}
		s.Redirects = append(s.Redirects, ports...)
	}
	return nil
}
