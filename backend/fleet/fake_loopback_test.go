package fleet

import (
	"crypto/tls"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// onLoopback is a fake cluster on a real socket, for what a network in memory can't show.
func onLoopback(t *testing.T, ca *authorityCert) (f *fake, address string) {
	t.Helper()
	f = &fake{
		ca: ca, version: "v1.36.3", user: "ana", groups: strings.Fields(baseGroups), rights: []string{"* *"},
		granted: map[string][]string{}, lists: map[string]string{}, answers: map[string]http.HandlerFunc{},
	}
	server := httptest.NewUnstartedServer(f)
	server.EnableHTTP2 = true
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.TLS = &tls.Config{
		Certificates: []tls.Certificate{ca.server(t, year(1999), year(2089), "127.0.0.1", "a.test")}, MinVersion: tls.VersionTLS12,
		ClientAuth: tls.RequestClientCert,
	}
	server.StartTLS()
	t.Cleanup(server.Close)
	return f, server.URL
}

func authorityOf(ca *authorityCert) []string {
	return []string{"certificate-authority-data: " + b64(ca.pem())}
}
