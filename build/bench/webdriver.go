package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os/exec"
	"time"
)

// timeline is what happened in a page until now, in ms after its beginning.
type timeline struct {
	Origin  float64 // its beginning, Unix milliseconds
	Entries []struct {
		Kind, Name string
		From, Till float64
	}
}

func (t timeline) at(ms float64) time.Time { return time.UnixMicro(int64((t.Origin + ms) * 1000)) }

// whenMarked waits until the page has set a mark, and says when it did.
func (p *page) whenMarked(ctx context.Context, mark string) (time.Time, error) {
	for {
		var found *float64 // Unix milliseconds
		err := p.run(ctx, &found, `
			const [mark] = performance.getEntriesByName(arguments[0], 'mark')
			return mark ? performance.timeOrigin + mark.startTime : null`, mark)
		if err != nil {
			return time.Time{}, fmt.Errorf("ask the page for its mark %q: %w", mark, err)
		}
		if found != nil {
			return time.UnixMicro(int64(*found * 1000)), nil
		}
		if err := sleep(ctx, 200*time.Millisecond); err != nil {
			return time.Time{}, fmt.Errorf("the page set no mark %q: %w", mark, err)
		}
	}
}

// timeline reads what the engine noted: the document, what it fetched, its paints and marks.
func (p *page) timeline(ctx context.Context) (t timeline, err error) {
	return t, p.run(ctx, &t, `
		const entries = ['navigation', 'resource', 'paint', 'mark'].flatMap((kind) => performance.getEntriesByType(kind))
		return {
			Origin: performance.timeOrigin,
			Entries: entries.map((e) => ({ Kind: e.entryType, Name: e.name, From: e.startTime, Till: e.startTime + e.duration })),
		}`)
}

// page is a window's page, seen through a WebKitWebDriver of its own.
type page struct {
	driver  *exec.Cmd
	base    string
	session string
}

// attach comes to a window that runs already.
func attach(ctx context.Context, inspector string) (*page, error) {
	address, err := freeAddress(ctx)
	if err != nil {
		return nil, err
	}
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	p := &page{driver: exec.CommandContext(ctx, "WebKitWebDriver", "--port="+port, "--target="+inspector), base: "http://" + address}
	if err := p.driver.Start(); err != nil {
		return nil, err
	}
	var answer struct{ SessionID string }
	if err := errors.Join(p.await(ctx), p.send(ctx, "/session", map[string]any{"capabilities": map[string]any{}}, &answer)); err != nil {
		p.leave()
		return nil, err
	}
	p.session = answer.SessionID
	return p, nil
}

// await waits until the driver listens.
func (p *page) await(ctx context.Context) error {
	for {
		conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", p.base[len("http://"):])
		if err == nil {
			return conn.Close()
		}
		if err := sleep(ctx, 50*time.Millisecond); err != nil {
			return err
		}
	}
}

// run runs a script in the page and decodes what it returns.
func (p *page) run(ctx context.Context, into any, script string, args ...any) error {
	return p.send(ctx, "/session/"+p.session+"/execute/sync", map[string]any{"script": script, "args": append([]any{}, args...)}, into)
}

func (p *page) send(ctx context.Context, path string, body, into any) error {
	b, err := json.Marshal(body)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, p.base+path, bytes.NewReader(b))
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	var out struct{ Value json.RawMessage }
	if err := json.NewDecoder(answer.Body).Decode(&out); err != nil {
		return fmt.Errorf("WebDriver's answer: %w", err)
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("WebDriver answers %s: %s", answer.Status, out.Value)
	}
	return json.Unmarshal(out.Value, into)
}

// leave ends the driver; the window stays.
func (p *page) leave() {
	_ = p.driver.Process.Kill() // it keeps nothing
	_ = p.driver.Wait()
}
