package fleet

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

// What real sockets, servers and client-go give is tested in real_test.go and answer_test.go; here are the words for all of it.
func TestClassify(t *testing.T) {
	now := year(2026)
	pods := schema.GroupResource{Resource: "pods"}
	op := func(op string, err error) error { return &net.OpError{Op: op, Net: "tcp", Err: err} }
	verify := func(err error) error { return &tls.CertificateVerificationError{Err: err} }
	expired := x509.CertificateInvalidError{Reason: x509.Expired, Cert: &x509.Certificate{NotBefore: year(2020), NotAfter: year(2021)}}
	early := x509.CertificateInvalidError{Reason: x509.Expired, Cert: &x509.Certificate{NotBefore: now.Add(time.Minute), NotAfter: year(2030)}}
	for name, c := range map[string]struct {
		err   error
		state State
		words string
	}{
		"none":                    {nil, StateReady, ""},
		"no credential":           {ErrNoCredential, StateNeedsCredentials, "Give its kubeconfig"},
		"a program":               {kubeconfig.ErrRunsProgram, StateNeedsLogin, "runs a program"},
		"an auth-provider":        {kubeconfig.ErrAuthProvider, StateNeedsLogin, "auth-provider"},
		"401":                     {apierrors.NewUnauthorized("x"), StateNeedsLogin, "401"},
		"403":                     {apierrors.NewForbidden(pods, "p", errors.New("why")), StateDenied, "pods \"p\" is forbidden: why. Ask"},
		"404":                     {apierrors.NewGenericServerResponse(404, "GET", schema.GroupResource{}, "", "", 0, true), StateUnreachable, "not a Kubernetes API server (Not Found)"},
		"404 of an object":        {apierrors.NewNotFound(pods, "p"), StateUnreachable, "doesn't have what was asked for (404): pods \"p\" not found."},
		"409":                     {apierrors.NewConflict(pods, "p", errors.New("why")), StateUnreachable, "(409)"},
		"429":                     {apierrors.NewTooManyRequests("x", 1), StateUnreachable, "too busy"},
		"500":                     {apierrors.NewInternalError(errors.New("why")), StateUnreachable, "can't serve (500)"},
		"http at https":           {apierrors.NewBadRequest("Client sent an HTTP request to an HTTPS server."), StateUnreachable, "Change it to https://"},
		"https at http":           {http.ErrSchemeMismatch, StateUnreachable, "plain HTTP"},
		"no TLS at all":           {tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake"}, StateUnreachable, "doesn't speak TLS"},
		"unknown CA":              {verify(x509.UnknownAuthorityError{}), StateUnreachable, "CA that this credential doesn't trust"},
		"another name":            {verify(x509.HostnameError{Certificate: &x509.Certificate{DNSNames: []string{"b.test"}, IPAddresses: []net.IP{{10, 0, 0, 1}}}, Host: "a"}), StateUnreachable, "b.test, 10.0.0.1. Use"},
		"expired certificate":     {verify(expired), StateUnreachable, "expired on 2 January 2021"},
		"early certificate":       {verify(early), StateUnreachable, "Check this machine's clock"},
		"a leaf as CA":            {verify(x509.CertificateInvalidError{Reason: x509.NotAuthorizedToSign}), StateUnreachable, "is not valid"},
		"no system roots":         {verify(x509.SystemRootsError{}), StateUnreachable, "certificate-authority-data"},
		"another verdict":         {verify(errors.New("why")), StateUnreachable, "can't be verified: why"},
		"our certificate expired": {op("remote error", errors.New("tls: expired certificate")), StateNeedsLogin, "refuses the client certificate"},
		"our certificate wanted":  {op("remote error", errors.New("tls: certificate required")), StateNeedsLogin, "(certificate required)"},
		"another alert":           {op("remote error", errors.New("tls: unrecognized name")), StateUnreachable, "unrecognized name"},
		"no such name":            {op("dial", &net.DNSError{Name: "a.test", IsNotFound: true}), StateUnreachable, "no address for a.test. Check"},
		"no DNS":                  {op("dial", &net.DNSError{Name: "a.test", IsTimeout: true}), StateUnreachable, "DNS doesn't answer"},
		"refused":                 {op("dial", os.NewSyscallError("connect", errRefused)), StateUnreachable, "Connection refused"},
		"no route":                {op("dial", os.NewSyscallError("connect", errNoHost)), StateUnreachable, "No way to the server"},
		"no network":              {op("dial", os.NewSyscallError("connect", errNoNetwork)), StateUnreachable, "No way to the server"},
		"network down":            {op("dial", os.NewSyscallError("connect", errNetworkDown)), StateUnreachable, "No way to the server"},
		"dial times out":          {op("dial", os.ErrDeadlineExceeded), StateUnreachable, "No connection within 5 s"},
		"the system gives up":     {op("dial", os.NewSyscallError("connect", errTimedOut)), StateUnreachable, "No connection within 5 s"},
		"an answer times out":     {context.DeadlineExceeded, StateUnreachable, "No answer in time"},
		"reset":                   {op("read", os.NewSyscallError("read", errReset)), StateUnreachable, "cut before"},
		"broken":                  {op("write", os.NewSyscallError("write", errBroken)), StateUnreachable, "cut before"},
		"end of file":             {io.EOF, StateUnreachable, "cut before"},
		"half an answer":          {io.ErrUnexpectedEOF, StateUnreachable, "cut before"},
		"proxy refused":           {op("proxyconnect", op("dial", os.NewSyscallError("connect", errRefused))), StateUnreachable, "The proxy can't be used"},
		"socks":                   {op("socks connect", errors.New("why")), StateUnreachable, "The proxy can't be used: why"},
		"proxy wants a login":     {&proxyError{407}, StateUnreachable, "sign-in (407)"},
		"proxy says no":           {&proxyError{403}, StateUnreachable, "won't pass this connection on (403)"},
		"elsewhere":               {&redirectError{to: "login.test"}, StateUnreachable, "login.test"},
		"not Kubernetes":          {errNotKubernetes, StateUnreachable, "not a Kubernetes API server"},
		"too big":                 {ErrTooBig, StateUnreachable, "far larger"},
		"closed here":             {errClosed, StateUnreachable, "closed here"},
		"anything else":           {errors.New("x\u202ey\n" + strings.Repeat("z", 1000)), StateUnreachable, "failed: xy zzz"},
	} {
		t.Run(name, func(t *testing.T) {
			err := c.err
			if err != nil {
				err = fmt.Errorf("outer: %w", fmt.Errorf("get /x: %w", c.err))
			}
			state, words := classify(err, now)
			if state != c.state || !strings.Contains(words, c.words) {
				t.Errorf("classify = %s, %q, want %s, %q", state, words, c.state, c.words)
			}
			if strings.ContainsAny(words, "\u202e\n") || len(words) > 900 || (c.err == nil) != (words == "") {
				t.Errorf("unfit for people: %q", words)
			}
		})
	}
}
