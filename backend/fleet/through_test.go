package fleet

import (
	"context"
	"crypto/tls"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// carrier is a small proxy on a real socket. It takes everything to one place, whatever it was asked for, and notes what it was.
type carrier struct {
	url string
	to  string // host:port

	mu    sync.Mutex
	asked []string // host:port
	users []string // "user:password" that came along
	certs int      // client certificates that were shown to the proxy itself
}

func (c *carrier) note(address, user string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked, c.users = append(c.asked, address), append(c.users, user)
}

func (c *carrier) saw() (asked, users []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.asked, c.users
}

// splice carries bytes both ways until either end closes.
func (c *carrier) splice(here net.Conn) {
	there, err := net.Dial("tcp", c.to)
	if err != nil {
		_ = here.Close()
		return
	}
	var both sync.WaitGroup
	for _, way := range [][2]net.Conn{{here, there}, {there, here}} {
		both.Go(func() {
			_, _ = io.Copy(way[0], way[1])
			_, _ = way[0].Close(), way[1].Close()
		})
	}
	both.Wait()
}

// connecting is an HTTP proxy; with a certificate, an HTTPS one.
func connecting(t *testing.T, to string, certificate *tls.Certificate) *carrier {
	t.Helper()
	c := &carrier{to: strings.TrimPrefix(to, "https://")}
	var spliced sync.WaitGroup
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		spliced.Add(1) // before the server lets go of the connection
		defer spliced.Done()
		user, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(r.Header.Get("Proxy-Authorization"), "Basic "))
		c.note(r.Host, string(user))
		if r.TLS != nil {
			c.mu.Lock()
			c.certs += len(r.TLS.PeerCertificates)
			c.mu.Unlock()
		}
		here, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_, _ = io.WriteString(here, "HTTP/1.1 200 OK\r\n\r\n")
		c.splice(here)
	}))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	if certificate != nil {
		server.TLS = &tls.Config{Certificates: []tls.Certificate{*certificate}, MinVersion: tls.VersionTLS12, ClientAuth: tls.RequestClientCert}
		server.StartTLS()
	} else {
		server.Start()
	}
	c.url = server.URL
	t.Cleanup(func() {
		server.Close()
		spliced.Wait()
	})
	return c
}

// socks is a SOCKS5 proxy that wants a user and password.
func socks(t *testing.T, to string) *carrier {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &carrier{to: strings.TrimPrefix(to, "https://"), url: "socks5://" + l.Addr().String()}
	var serving sync.WaitGroup
	serving.Go(func() {
		for {
			here, err := l.Accept()
			if err != nil {
				return
			}
			serving.Go(func() {
				if err := c.greet(here); err != nil {
					t.Errorf("socks: %v", err)
					_ = here.Close()
					return
				}
				c.splice(here)
			})
		}
	})
	t.Cleanup(func() {
		_ = l.Close()
		serving.Wait()
	})
	return c
}

// greet speaks RFC 1928 and 1929 as far as it takes to be asked for an address.
func (c *carrier) greet(here net.Conn) error {
	read := func(n int) []byte {
		b := make([]byte, n)
		_, _ = io.ReadFull(here, b) // what is missing is zero, and fails below
		return b
	}
	if hello := read(2); hello[0] != 5 || len(read(int(hello[1]))) == 0 {
		return errors.New("no greeting")
	}
	_, _ = here.Write([]byte{5, 2}) // user and password
	user := string(read(int(read(2)[1])))
	password := string(read(int(read(1)[0])))
	_, _ = here.Write([]byte{1, 0})
	request := read(4)
	var host string
	switch request[3] {
	case 1:
		host = net.IP(read(4)).String()
	case 3:
		host = string(read(int(read(1)[0])))
	default:
		return errors.New("no address that is known")
	}
	c.note(net.JoinHostPort(host, strconv.Itoa(int(binary.BigEndian.Uint16(read(2))))), user+":"+password)
	_, err := here.Write([]byte{5, 0, 0, 1, 0, 0, 0, 0, 0, 0})
	return err
}

// A cluster whose name only the proxy knows, through each kind of proxy that a kubeconfig may name. The certificate is that of
// tls-server-name in one case; the member's own CA signs it, and the HTTPS proxy's, too.
func TestThroughRealProxies(t *testing.T) {
	ca := newAuthority(t)
	_, server := onLoopback(t, ca)
	ofProxy := ca.server(t, year(1999), year(2089), "127.0.0.1")
	for name, c := range map[string]struct {
		start func(t *testing.T) *carrier
		extra []string
	}{
		"http":   {start: func(t *testing.T) *carrier { t.Helper(); return connecting(t, server, nil) }},
		"https":  {start: func(t *testing.T) *carrier { t.Helper(); return connecting(t, server, &ofProxy) }},
		"socks5": {start: func(t *testing.T) *carrier { t.Helper(); return socks(t, server) }},
		"named": {
			start: func(t *testing.T) *carrier { t.Helper(); return connecting(t, server, nil) },
			extra: []string{"tls-server-name: a.test"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			proxy := c.start(t)
			host := "a.test:6443"
			if c.extra != nil {
				host = "only.the.proxy.knows:6443"
			}
			withUser := strings.Replace(proxy.url, "://", "://ana:pw@", 1)
			cert, key := ca.client(t, "ana", year(2080))
			l := newLive(t)
			l.Set([]Member{l.add("a", []byte(file("https://"+host, append(authorityOf(ca), append(c.extra, "proxy-url: "+withUser)...),
				[]string{"client-certificate-data: " + b64(cert), "client-key-data: " + b64(key)})))})
			l.until("a", surveyed)
			asked, users := proxy.saw()
			if len(asked) == 0 || asked[0] != host || users[0] != "ana:pw" {
				t.Errorf("the proxy was asked for %v by %v", asked, users)
			}
			if proxy.certs != 0 {
				t.Error("the proxy was shown the person's certificate")
			}
		})
	}
}

// A proxy that nobody vouches for isn't spoken to, not even where the kubeconfig says not to check the server.
func TestAnHTTPSProxyIsChecked(t *testing.T) {
	ca := newAuthority(t)
	_, server := onLoopback(t, ca)
	ofStranger, ofAnother := newAuthority(t).server(t, year(1999), year(2089), "127.0.0.1"), ca.server(t, year(1999), year(2089), "b.test")
	for name, c := range map[string]struct {
		proxy   tls.Certificate
		cluster []string
	}{
		"a stranger":          {ofStranger, authorityOf(ca)},
		"another's name":      {ofAnother, authorityOf(ca)},
		"of an unchecked one": {ofStranger, []string{"insecure-skip-tls-verify: true"}},
	} {
		t.Run(name, func(t *testing.T) {
			proxy := connecting(t, server, &c.proxy)
			l := newLive(t)
			l.Set([]Member{l.add("a", []byte(file("https://a.test:6443", append(c.cluster, "proxy-url: "+proxy.url), []string{"token: t"})))})
			if s := l.until("a", is(StateUnreachable)); !strings.Contains(s.Cause, "The proxy can't be used") {
				t.Errorf("cause: %s", s.Cause)
			}
			if asked, _ := proxy.saw(); len(asked) != 0 {
				t.Errorf("it was asked for %v", asked)
			}
		})
	}
}

// HTTPS_PROXY and NO_PROXY count as in any program. net/http reads them once, so each case is a process of its own.
func TestProxiesOfTheEnvironment(t *testing.T) {
	if os.Getenv("FLEET_TEST_KUBECONFIG") != "" {
		inEnvironment(t)
		return
	}
	ca := newAuthority(t)
	_, server := onLoopback(t, ca)
	for name, c := range map[string]struct {
		proxy, spared string // "" or the variables, $proxy is the proxy's address
		state         State
		used          bool
	}{
		"HTTPS_PROXY":                {"$proxy", "", StateReady, true},
		"a proxy of SOCKS":           {"socks5://ana:pw@$proxy", "", StateReady, true},
		"NO_PROXY":                   {"$proxy", "a.invalid", StateUnreachable, false},
		"NO_PROXY of something else": {"$proxy", "b.invalid", StateReady, true},
		"none":                       {"", "", StateUnreachable, false},
	} {
		t.Run(name, func(t *testing.T) {
			start := connecting
			if strings.HasPrefix(c.proxy, "socks5") {
				start = func(t *testing.T, to string, _ *tls.Certificate) *carrier { t.Helper(); return socks(t, to) }
			}
			proxy := start(t, server, nil)
			_, address, _ := strings.Cut(proxy.url, "://")
			kubeconfig := file("https://a.invalid:6443", append(authorityOf(ca), "tls-server-name: a.test"), []string{"token: t"})
			child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestProxiesOfTheEnvironment$", "-test.v")
			child.Env = append(os.Environ(), "FLEET_TEST_KUBECONFIG="+kubeconfig, "HTTPS_PROXY="+strings.Replace(c.proxy, "$proxy", address, 1),
				"NO_PROXY="+c.spared, "https_proxy=", "no_proxy=")
			out, err := child.CombinedOutput()
			if err != nil || !strings.Contains(string(out), "the member is "+string(c.state)) {
				t.Errorf("%v: %s", err, out)
			}
			if asked, _ := proxy.saw(); (len(asked) > 0) != c.used {
				t.Errorf("the proxy was asked for %v", asked)
			}
		})
	}
}

// inEnvironment is the other process.
func inEnvironment(t *testing.T) {
	t.Helper()
	l := newLive(t)
	l.Set([]Member{l.add("a", []byte(os.Getenv("FLEET_TEST_KUBECONFIG")))})
	s := l.until("a", func(s Status) bool { return s.State != StateConnecting })
	t.Logf("the member is %s: %s", s.State, s.Cause)
}

// A certificate of a public CA, with no CA in the kubeconfig: this machine's CAs count, and only then.
func TestTheSystemsCAs(t *testing.T) {
	ca := newAuthority(t)
	_, server := onLoopback(t, ca)
	if kubeconfig := os.Getenv("FLEET_TEST_KUBECONFIG"); kubeconfig != "" {
		inEnvironment(t)
		return
	}
	bundle := t.TempDir() + "/ca.pem"
	if err := os.WriteFile(bundle, ca.pem(), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		cluster []string
		state   State
	}{
		"no CA in the kubeconfig":  {nil, StateReady},
		"another CA in it":         {authorityOf(newAuthority(t)), StateUnreachable},
		"its own, as the system's": {authorityOf(ca), StateReady},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			child := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestTheSystemsCAs$", "-test.v")
			child.Env = append(os.Environ(), "FLEET_TEST_KUBECONFIG="+file(server, c.cluster, []string{"token: t"}), "SSL_CERT_FILE="+bundle)
			out, err := child.CombinedOutput()
			if err != nil || !strings.Contains(string(out), "the member is "+string(c.state)) {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
}
