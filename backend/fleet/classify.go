package fleet

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

// Classify says in which state an error of a request leaves a member, and why, in words that say what to do next. It knows
// the errors of Dial, of a Client and of client-go; nothing else is read from the cause than cleaned text.
func Classify(err error) (State, string) { return classify(err, time.Now()) }

func classify(err error, now time.Time) (State, string) {
	if err == nil {
		return StateReady, ""
	}
	if state, cause, ok := classifyCredential(err); ok {
		return state, cause
	}
	if status, ok := errors.AsType[*apierrors.StatusError](err); ok {
		return classifyStatus(status, err)
	}
	for _, words := range []func(error, time.Time) string{proxyWords, certificateWords, tlsWords, netWords, answerWords} {
		if cause := words(err, now); cause != "" {
			if cause == alertWords(err) {
				return StateNeedsLogin, cause
			}
			return StateUnreachable, cause
		}
	}
	return StateUnreachable, "The connection failed: " + clean(innermost(err).Error())
}

// classifyCredential is for what goes wrong before anything is sent.
func classifyCredential(err error) (State, string, bool) {
	if stuck, ok := errors.AsType[*waiting](err); ok {
		return stuck.state, stuck.cause, true
	}
	if need, ok := errors.AsType[*kubeconfig.NeedError](err); ok {
		return StateNeedsLogin, clean(need.Why), true
	}
	if failed, ok := errors.AsType[*kubeconfig.ProofError](err); ok {
		if failed.Refused {
			return StateDenied, clean(failed.Why), true
		}
		return StateUnreachable, clean(failed.Why), true
	}
	switch {
	case errors.Is(err, ErrNoCredential):
		return StateNeedsCredentials, "This machine holds no credential for this cluster. Give its kubeconfig.", true
	case errors.Is(err, kubeconfig.ErrRunsProgram), errors.Is(err, kubeconfig.ErrAuthProvider), errors.Is(err, kubeconfig.ErrSignsIn):
		return StateNeedsLogin, clean(innermost(err).Error()), true
	}
	return "", "", false
}

func classifyStatus(status *apierrors.StatusError, err error) (State, string) {
	said := status.ErrStatus
	switch code := int(said.Code); {
	case code == http.StatusUnauthorized:
		return StateNeedsLogin, "The cluster doesn't accept this credential (401). Sign in again, or give a new kubeconfig."
	case code == http.StatusForbidden:
		return StateDenied, joined("The cluster knows this credential but says no", said.Message,
			"Ask the cluster's administrator for access.")
	case code == http.StatusTooManyRequests:
		return StateUnreachable, "The cluster is too busy to answer (429). It is asked again by itself."
	case code == http.StatusNotFound && said.Details != nil && said.Details.Name != "":
		return StateUnreachable, joined("The cluster doesn't have what was asked for (404)", said.Message, "")
	case code == http.StatusNotFound || code == http.StatusMethodNotAllowed:
		return StateUnreachable, "Something answers at this address, but not a Kubernetes API server (" +
			http.StatusText(code) + "). Check the server's address, its port and its path."
	case code == http.StatusBadRequest && strings.Contains(said.Message, "HTTP request to an HTTPS server"):
		return StateUnreachable, "The address says http, but the server speaks HTTPS. Change it to https://."
	case code >= http.StatusInternalServerError:
		return StateUnreachable, joined("The API server answers, but can't serve ("+itoa(code)+")", said.Message,
			"It is asked again by itself; if it lasts, the cluster needs a look.")
	default:
		return StateUnreachable, joined("The API server refused the request ("+itoa(code)+")", innermost(err).Error(), "")
	}
}

// proxyWords is for the proxy between us and the server.
func proxyWords(err error, _ time.Time) string {
	if p, ok := errors.AsType[*proxyError](err); ok {
		if p.status == http.StatusProxyAuthRequired {
			return "The proxy asks for a sign-in (407). Put its user and password in the kubeconfig's proxy-url, or in HTTPS_PROXY."
		}
		return "The proxy won't pass this connection on (" + itoa(p.status) + "). Check the proxy's rules, or NO_PROXY."
	}
	if viaProxy(err) {
		return "The proxy can't be used: " + clean(innermost(err).Error()) + ". Check the kubeconfig's proxy-url, or HTTPS_PROXY and NO_PROXY."
	}
	return ""
}

// viaProxy says that the way to the server failed at the proxy, before the server was asked anything.
func viaProxy(err error) bool {
	if _, ok := errors.AsType[*proxyError](err); ok {
		return true
	}
	op, ok := errors.AsType[*net.OpError](err)
	return ok && (op.Op == "proxyconnect" || strings.HasPrefix(op.Op, "socks"))
}

// netWords is for what happens below TLS.
func netWords(err error, _ time.Time) string {
	if dns, ok := errors.AsType[*net.DNSError](err); ok {
		if dns.IsNotFound {
			return "Unknown name: there is no address for " + clean(dns.Name) + ". Check the name, the VPN and the DNS of this network."
		}
		return "The name " + clean(dns.Name) + " could not be looked up: the network's DNS doesn't answer. Check the network and the VPN."
	}
	op, _ := errors.AsType[*net.OpError](err)
	switch {
	case errors.Is(err, errRefused):
		return "Connection refused: nothing listens at that port. Check the port, and whether the API server runs."
	case errors.Is(err, errNoHost), errors.Is(err, errNoNetwork), errors.Is(err, errNetworkDown):
		return "No way to the server from this network. Check the network and the VPN."
	case timedOut(err) && op != nil && op.Op == "dial":
		return "No connection within 5 s: the server doesn't answer. Check the network, the VPN and the firewall."
	case timedOut(err):
		return "No answer in time, though the server took the connection. Check the network and the VPN; it may also be overloaded."
	case errors.Is(err, errReset), errors.Is(err, errBroken), hungUp(err):
		return "Connection cut before the answer was complete. Check the VPN, a firewall or proxy on the way, and the port."
	}
	return ""
}

// answerWords is for answers that no API server gives.
func answerWords(err error, _ time.Time) string {
	if r, ok := errors.AsType[*redirectError](err); ok {
		return joined("The server sends us elsewhere instead of answering", r.to,
			"A sign-in page or portal stands in front of it, or the address isn't an API server's.")
	}
	switch {
	case errors.Is(err, errNotKubernetes):
		return "Something answers at this address, but not a Kubernetes API server. Check the server's address, its port and its path."
	case errors.Is(err, ErrTooBig):
		return "The server's answer was far larger than any API server gives, and was dropped. Check the server's address."
	case errors.Is(err, errClosed), errors.Is(err, context.Canceled):
		return "The connection was closed here."
	}
	return ""
}

func timedOut(err error) bool {
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, errTimedOut) {
		return true
	}
	n, ok := errors.AsType[net.Error](err)
	return ok && n.Timeout()
}
