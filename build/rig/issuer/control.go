package issuer

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/binnacle-dev/binnacle/build/rig/child"
)

// readyLimit is far above the usual second: the machine may be busy.
const readyLimit = time.Minute

// SetLife changes how long what is given out from now on is good.
func (i *Issuer) SetLife(ctx context.Context, l Life) error {
	return i.change(ctx, "life", l.seconds(), func() { i.options.Life = l })
}

// SetUsers replaces the users of the npm provider. Whoever is missing can't
// refresh any more; changed groups show with the next token.
func (i *Issuer) SetUsers(ctx context.Context, users []User) error {
	if _, ok := i.provider.(*npm); !ok {
		return errors.New("only the npm provider's users can be changed")
	}
	return i.change(ctx, "users", people(users), func() { i.users = users })
}

// change tells the provider and notes it for a Restart.
func (i *Issuer) change(ctx context.Context, what string, value any, note func()) error {
	if err := i.control(ctx, what, value, nil); err != nil {
		return err
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	note()
	return i.provider.prepare(i)
}

// Revoke ends the sessions of a user, or of all with the zero User, and says how
// many refresh tokens that were. What a cluster was shown stays good until it expires.
func (i *Issuer) Revoke(ctx context.Context, u User) (int, error) {
	n := 0
	err := i.control(ctx, "revoke?user="+url.QueryEscape(i.provider.account(u)), nil, &n)
	return n, err
}

// control calls the provider itself, past the proxy, so that it isn't among the requests.
func (i *Issuer) control(ctx context.Context, path string, in, out any) error {
	body, err := json.Marshal(in)
	if err != nil {
		return fmt.Errorf("encode %s: %w", path, err)
	}
	res, err := i.direct(ctx, http.MethodPost, "/control/"+path, body)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(io.LimitReader(res.Body, 1000)) // the status says enough without it
		return fmt.Errorf("control %s: %s: %s", path, res.Status, text)
	}
	if out == nil {
		return nil
	}
	if err := json.NewDecoder(res.Body).Decode(out); err != nil {
		return fmt.Errorf("control %s: %w", path, err)
	}
	return nil
}

func (i *Issuer) direct(ctx context.Context, method, path string, body []byte) (*http.Response, error) {
	address := fmt.Sprintf("http://127.0.0.1:%d%s", i.port, path)
	req, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("ask the issuer: %w", err)
	}
	req.Header.Set("Authorization", "Bearer "+i.key)
	transport := &http.Transport{DisableKeepAlives: true}
	res, err := (&http.Client{Transport: transport, Timeout: 20 * time.Second}).Do(req)
	if err != nil {
		return nil, fmt.Errorf("ask the issuer: %w", err)
	}
	return res, nil
}

// awaitReady waits until the provider describes itself.
func (i *Issuer) awaitReady(ctx context.Context, p *child.Process) error {
	ctx, cancel := context.WithTimeout(ctx, readyLimit)
	defer cancel()
	for !i.describesItself(ctx) {
		select {
		case <-p.Done():
			if strings.Contains(i.Log(50), "address already in use") {
				return child.ErrPortTaken
			}
			return errors.New("the issuer ended")
		case <-ctx.Done():
			return fmt.Errorf("the issuer was not there in time: %w", ctx.Err())
		case <-time.After(20 * time.Millisecond):
		}
	}
	return nil
}

// describesItself says whether the provider at our port is ours: another may have taken it.
func (i *Issuer) describesItself(ctx context.Context) bool {
	path := strings.TrimPrefix(i.URL, i.Proxy.URL()) + "/.well-known/openid-configuration"
	res, err := i.direct(ctx, http.MethodGet, path, nil)
	if err != nil {
		return false
	}
	defer func() { _ = res.Body.Close() }()
	var d struct {
		Issuer string `json:"issuer"`
	}
	return json.NewDecoder(res.Body).Decode(&d) == nil && d.Issuer == i.URL
}
