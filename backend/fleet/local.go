package fleet

import (
	"errors"
	"strings"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"sigs.k8s.io/yaml"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

// waiting is a reason not to contact a member at all until the person did something.
type waiting struct {
	state    State
	cause    string
	action   Action
	proposed *kubeconfig.Endpoint
	err      error // behind it, or nil
}

func (e *waiting) Error() string { return e.cause }
func (e *waiting) Unwrap() error { return e.err }

// unusable says in words why a credential gives no client without a Source.
func unusable(c kubeconfig.Credential, err error) error {
	switch {
	case errors.Is(err, kubeconfig.ErrSignsIn):
		return &waiting{state: StateNeedsLogin, err: err, action: ActionSignIn, cause: "Sign in to use this cluster."}
	case errors.Is(err, kubeconfig.ErrRunsProgram):
		return &waiting{
			state: StateNeedsLogin, err: err, action: ActionReplaceCredentials,
			cause: joined("This credential signs in by running a program on this machine", program(c),
				"Binnacle runs none unasked. Give a kubeconfig with a certificate or token instead."),
		}
	}
	return err
}

// program is the command that an exec credential names.
func program(c kubeconfig.Credential) string {
	var config struct {
		Users []struct {
			User struct {
				Exec struct {
					Command string `json:"command"`
				} `json:"exec"`
			} `json:"user"`
		} `json:"users"`
	}
	if yaml.Unmarshal([]byte(c.Public()), &config) != nil || len(config.Users) == 0 {
		return ""
	}
	return config.Users[0].User.Exec.Command
}

// differs says in what the view's endpoint is another than the credential's.
func differs(view, credential kubeconfig.Endpoint) string {
	var parts []string
	if view.Server != credential.Server {
		parts = append(parts, "the server "+quoted(view.Server)+" instead of "+quoted(credential.Server))
	}
	if view.CA != credential.CA {
		parts = append(parts, authority(view.CA)+" instead of "+authority(credential.CA))
	}
	if view.TLSName != credential.TLSName {
		parts = append(parts, "the TLS name "+quoted(view.TLSName)+" instead of "+quoted(credential.TLSName))
	}
	return "The view names " + strings.Join(parts, ", and ") + ", which this credential was given for. It is not sent there. " +
		"If the change is right, give the cluster's new kubeconfig or confirm it."
}

func authority(ca string) string {
	switch ca {
	case "":
		return "this machine's own CAs"
	case kubeconfig.CAInsecure:
		return "no check of the server's certificate"
	default:
		return "the CA " + clean(ca[:min(len(ca), 12)]) + "…"
	}
}

func quoted(s string) string {
	if s == "" {
		return "(none)"
	}
	return clean(s)
}

// expired says so when the credential is a client certificate that ended: the server would only answer 401.
func expired(c kubeconfig.Credential) error {
	ends := c.Expires()
	if c.Auth() != kubeconfig.AuthClientCertificate || ends.IsZero() || time.Now().Before(ends) {
		return nil
	}
	return &waiting{state: StateNeedsLogin, action: ActionReplaceCredentials, cause: "The client certificate expired on " + moment(ends) + ". Get a new kubeconfig from the cluster."}
}

// refusedWords says of a 401 what the credential itself says, and cause of anything else.
func refusedWords(c kubeconfig.Credential, err error, cause string) string {
	if !apierrors.IsUnauthorized(err) {
		return cause
	}
	if ends := c.Expires(); !ends.IsZero() && time.Now().After(ends) {
		return "The credential expired on " + moment(ends) + ". Sign in again, or give a new kubeconfig."
	}
	switch c.Auth() { //nolint:exhaustive // the others are what cause speaks of
	case kubeconfig.AuthNone:
		return "The kubeconfig holds no credential, and the cluster doesn't answer strangers (401). Give one with a certificate or token, or sign in."
	case kubeconfig.AuthSignIn:
		return "The cluster doesn't accept this sign-in (401). Sign in again. If that doesn't help, the cluster doesn't trust the identity provider: ask its administrator."
	case kubeconfig.AuthExec:
		return joined("The cluster doesn't accept what the program gave (401)", program(c), "Sign in with that program's own tools, then try again.")
	}
	return cause
}
