package console

import (
	"context"
	"encoding/json"
	"log/slog"
	"sync"
	"time"

	"github.com/binnacle-dev/binnacle/backend/bridge"
)

// paintLimit is how long a start waits for the window's first picture. Without a window, or with one that fails, it goes
// on after it.
const paintLimit = 3 * time.Second

// curtain holds back what the first picture doesn't need: the members' connections, the view's keeper, the keychain, the
// doorbells. They would take the processors just when the web view starts, and it is the web view that the person waits
// for. It opens once, and for good.
type curtain struct {
	once   sync.Once
	opened chan struct{}
}

func newCurtain() *curtain { return &curtain{opened: make(chan struct{})} }

func (c *curtain) open() { c.once.Do(func() { close(c.opened) }) }

func (c *curtain) isOpen() bool {
	select {
	case <-c.opened:
		return true
	default:
		return false
	}
}

// wait gives true when the curtain is open, false when ctx ended before.
func (c *curtain) wait(ctx context.Context) bool {
	select {
	case <-c.opened:
		return true
	case <-ctx.Done():
		return false
	}
}

// openBy opens it when nobody else did within the limit.
func (c *curtain) openBy(ctx context.Context, limit time.Duration) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	if !c.wait(ctx) {
		c.open()
	}
}

// Painted is the page's word that the person sees something: what waited for that begins, and the page is rung for what
// changed since First.
func (c *Console) Painted() error {
	c.curtain.open() // at once: a page that came before Start has ended waits for its doorbell
	if err := c.ready(); err != nil {
		return err
	}
	c.ringSession()
	c.ringFleet()
	return nil
}

// First is JSON that the page comes with, so that it shows something before it can ask; nil before Start has ended. Until
// the first picture it is what Start prepared: Painted has the page ask for what changed since.
func (c *Console) First() []byte {
	if c.ready() != nil {
		return nil
	}
	c.mu.Lock()
	prepared := c.prepared
	c.mu.Unlock()
	if prepared != nil && !c.curtain.isOpen() {
		return prepared
	}
	return c.first()
}

// prepareFirst does First's work while the web view starts, and not when that waits for its page.
func (c *Console) prepareFirst() {
	if c.ready() != nil {
		return
	}
	prepared := c.first()
	c.mu.Lock()
	c.prepared = prepared
	c.mu.Unlock()
}

func (c *Console) first() []byte {
	data, err := json.Marshal(struct {
		Session bridge.Session `json:"session"`
		Fleet   bridge.Fleet   `json:"fleet"`
	}{c.Session(), c.Fleet()})
	if err != nil { // the page asks then
		c.Logger().Error("first", slog.Any("error", err))
	}
	return data
}
