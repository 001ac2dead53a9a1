package kubeconfig

import (
	"encoding/base64"
	"encoding/csv"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/binnacle-dev/binnacle/backend/secret"
)

// kubelogin collects what the flags of int128/kubelogin ask for. Its errors follow "a native sign-in can't take its place:".
type kubelogin struct {
	conversion
	grant, username           string
	redirectURL, redirectHost string
	listen                    []string
}

// kubeloginPorts are where kubelogin listens unless told otherwise.
func kubeloginPorts() []int { return []int{8000, 18000} }

// conversion understands "kubectl oidc-login get-token" and "kubelogin get-token". Azure's program of the same name has no --oidc-issuer-url
// and is left alone.
func (s *execSpec) conversion() *conversion {
	name := s.command[strings.LastIndexAny(s.command, `/\`)+1:]
	name = strings.TrimSuffix(strings.ToLower(name), ".exe")
	args := s.args
	if name == "kubectl" && len(args) > 0 && args[0] == "oidc-login" {
		name, args = "kubelogin", args[1:]
	}
	ours := slices.Contains([]string{"kubelogin", "kubectl-oidc_login", "kubectl-oidc-login", "oidc-login"}, name)
	if !ours || len(args) == 0 || args[0] != "get-token" {
		return nil
	}
	if !slices.ContainsFunc(args, func(arg string) bool { return strings.HasPrefix(arg, "--oidc-issuer-url") }) {
		return nil
	}
	k := kubelogin{conversion: conversion{signIn: SignIn{Flow: FlowBrowser}}, grant: "auto"}
	err := k.read(args[1:])
	if err == nil {
		err = k.environment(s.env)
	}
	if err == nil {
		err = k.finish()
	}
	return k.converted(err)
}

// read takes flags as kubelogin does: --name=value, --name value, and --name alone for those that are true or false.
func (k *kubelogin) read(args []string) error {
	for len(args) > 0 {
		arg := args[0]
		args = args[1:]
		name, value, has := strings.Cut(strings.TrimPrefix(arg, "--"), "=")
		switch {
		case strings.HasPrefix(arg, "-v"): // the log's depth, -v1 or -v=1 or -v 1
			if arg == "-v" && len(args) > 0 {
				args = args[1:]
			}
			k.left = append(k.left, "-v")
			continue
		case !strings.HasPrefix(arg, "--") || name == "":
			return errors.New("it is given an argument that is no flag")
		case switches(name) && !has:
			value = "true"
		case !has && len(args) == 0:
			return errors.New("the flag " + quotedFlag(name) + " has no value")
		case !has:
			value, args = args[0], args[1:]
		}
		if err := k.set(name, value); err != nil {
			return err
		}
	}
	return nil
}

// switches are the flags that stand alone.
func switches(name string) bool {
	return slices.Contains([]string{
		"insecure-skip-tls-verify", "tls-renegotiation-once", "tls-renegotiation-freely", "oidc-use-access-token", "oidc-use-pkce",
		"force-refresh", "force-keyring", "no-keyring", "skip-open-browser",
		"add_dir_header", "alsologtostderr", "logtostderr", "one_output", "skip_headers", "skip_log_headers",
	}, name)
}

// set is the whole list of flags: what is taken over, what matters and can't be, what doesn't matter. Others may matter.
func (k *kubelogin) set(name, value string) (err error) {
	s := &k.signIn
	switch name {
	case "oidc-issuer-url":
		s.Issuer = value
	case "oidc-client-id":
		s.ClientID = value
	case "oidc-client-secret":
		s.ClientSecret = secret.New([]byte(value))
	case "oidc-extra-scope":
		s.Scopes = append(s.Scopes, commas(value)...)
	case "oidc-auth-request-extra-params":
		err = k.params(value)
	case "oidc-use-access-token":
		s.AccessToken, err = strconv.ParseBool(value)
	case "grant-type":
		k.grant = value
	case "username":
		k.username = value
	case "listen-address":
		k.listen = append(k.listen, commas(value)...)
	case "oidc-redirect-url":
		k.redirectURL = value
	case "oidc-redirect-url-hostname":
		k.redirectHost = value
	case "certificate-authority":
		k.caFiles = append(k.caFiles, value)
	case "certificate-authority-data":
		var pem []byte
		pem, err = base64.StdEncoding.DecodeString(value)
		s.IssuerCA = append(append(s.IssuerCA, '\n'), pem...)
	case "insecure-skip-tls-verify", "tls-renegotiation-once", "tls-renegotiation-freely":
		if on, _ := strconv.ParseBool(value); on {
			return errors.New("the flag " + quotedFlag(name) + " asks for a connection that is not safe")
		}
	case "local-server-cert", "local-server-key", "oidc-request-header":
		return errors.New("it needs the flag " + quotedFlag(name))
	case "token-cache-dir", "token-cache-storage", "force-refresh", "force-keyring", "no-keyring", "oidc-use-pkce", "oidc-pkce-method",
		"skip-open-browser", "browser-command", "authentication-timeout-sec", "open-url-after-authentication", "oidc-redirect-url-authcode-keyboard",
		"password", "add_dir_header", "alsologtostderr", "logtostderr", "one_output", "skip_headers", "skip_log_headers", "log_backtrace_at",
		"log_dir", "log_file", "log_file_max_size", "stderrthreshold", "v", "vmodule":
		k.left = append(k.left, "--"+name)
	default:
		return errors.New("its flag " + quotedFlag(name) + " is not known")
	}
	if err != nil {
		return errors.New("its flag " + quotedFlag(name) + " can't be read") // the cause would quote the value
	}
	return nil
}

// commas splits a list as kubelogin's flags do.
func commas(text string) []string {
	fields, err := csv.NewReader(strings.NewReader(text)).Read()
	if err != nil {
		return []string{text}
	}
	return fields
}

// quotedFlag shows a flag's name only if it looks like one.
func quotedFlag(name string) string {
	if shown := fieldName(name); shown == "(odd name)" {
		return shown
	}
	return `"--` + name + `"`
}
