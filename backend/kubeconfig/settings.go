package kubeconfig

import (
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/binnacle-dev/binnacle/backend/secret"
)

// signInProvider is the name of the auth-provider that a SignIn is written as. kubectl doesn't know it and says so; a colleague's Binnacle
// takes it.
const signInProvider = "binnacle.dev/sign-in"

const secretSetting = "client-secret"

// settings is how a SignIn stands in a kubeconfig: always the same for the same SignIn.
func (s SignIn) settings() map[string]string {
	params, ports := url.Values{}, make([]string, len(s.Redirects))
	for name, value := range s.Params {
		params.Set(name, value)
	}
	for i, port := range s.Redirects {
		ports[i] = strconv.Itoa(port)
	}
	m := map[string]string{
		"flow": string(s.Flow), "issuer": s.Issuer, "client-id": s.ClientID, secretSetting: string(s.ClientSecret.Reveal()),
		"scopes": strings.Join(s.Scopes, " "), "params": params.Encode(), "audience": s.Audience,
		"issuer-ca-data": base64.StdEncoding.EncodeToString(s.IssuerCA), "connector": s.Connector, "name-claim": s.NameClaim,
		"redirect-host": s.RedirectHost, "redirect-ports": strings.Join(ports, ","), "redirect-path": s.RedirectPath,
	}
	if s.AccessToken {
		m["access-token"] = "true"
	}
	maps.DeleteFunc(m, func(_, value string) bool { return value == "" })
	return m
}

// readSignIn takes settings apart. Its errors begin with the name of a setting and quote no value.
func readSignIn(settings map[string]secret.Value) (SignIn, error) {
	s := SignIn{Flow: FlowBrowser}
	for _, name := range slices.Sorted(maps.Keys(settings)) {
		if err := s.set(name, strings.TrimSpace(string(settings[name].Reveal()))); err != nil {
			return SignIn{}, fmt.Errorf("%s %w", fieldName(name), err)
		}
	}
	return s.checked()
}

func (s *SignIn) set(name, value string) (err error) {
	switch name {
	case "flow":
		s.Flow = Flow(value)
	case "issuer":
		s.Issuer = value
	case "client-id":
		s.ClientID = value
	case secretSetting:
		s.ClientSecret = secret.New([]byte(value))
	case "scopes":
		s.Scopes = strings.Fields(value)
	case "params":
		s.Params, err = readParams(value)
	case "audience":
		s.Audience = value
	case "issuer-ca-data":
		if s.IssuerCA, err = base64.StdEncoding.DecodeString(value); err != nil {
			err = errors.New("is not base64")
		}
	case "connector":
		s.Connector = value
	case "name-claim":
		s.NameClaim = value
	case "redirect-host":
		s.RedirectHost = value
	case "redirect-ports":
		s.Redirects, err = readPorts(value)
	case "redirect-path":
		s.RedirectPath = value
	case "access-token":
		if s.AccessToken, err = strconv.ParseBool(value); err != nil {
			err = errors.New("must be true or false")
		}
	default:
		err = errors.New("is not known here; it may come from a newer version of this program")
	}
	return err
}

func readParams(text string) (map[string]string, error) {
	values, err := url.ParseQuery(text)
	if err != nil {
		return nil, errors.New("must look like name=value&name=value")
	}
	params := map[string]string{}
	for name, all := range values {
		if len(all) != 1 {
			return nil, errors.New("has one name twice")
		}
		params[name] = all[0]
	}
	return params, nil
}

func readPorts(text string) ([]int, error) {
	var ports []int
	for field := range strings.SplitSeq(text, ",") {
		n, err := strconv.ParseUint(strings.TrimSpace(field), 10, 16)
		if err != nil || n == 0 {
			return nil, errors.New("holds an impossible port")
		}
		ports = append(ports, int(n))
	}
	return ports, nil
}

func loopback(host string) bool {
	addr, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return host == "localhost" || err == nil && addr.IsLoopback()
}
