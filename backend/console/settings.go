package console

import (
	"context"
	"log/slog"
	"slices"

	"github.com/binnacle-dev/binnacle/backend/bridge"
)

const (
	settingsFile = "settings"
	windowFile   = "window"
)

// Window is where the window was.
type Window struct {
	X         int  `json:"x"`
	Y         int  `json:"y"`
	Width     int  `json:"width"`
	Height    int  `json:"height"`
	Maximised bool `json:"maximised"`
}

// restoreSettings turns whatever is on disk into settings that are valid now.
func restoreSettings(s bridge.Settings) bridge.Settings {
	return bridge.Settings{
		Theme:    oneOf(s.Theme, "system", "light", "dark"),
		Density:  oneOf(s.Density, "comfortable", "compact"),
		LogLevel: oneOf(s.LogLevel, "info", "debug", "warn", "error"),
	}
}

// oneOf is value if it is allowed, else the first of allowed.
func oneOf(value string, allowed ...string) string {
	if slices.Contains(allowed, value) {
		return value
	}
	return allowed[0]
}

// SaveSettings keeps this machine's settings.
func (c *Console) SaveSettings(s bridge.Settings) error {
	if err := c.ready(); err != nil {
		return err
	}
	s = restoreSettings(s)
	if err := c.folder.Save(settingsFile, s); err != nil {
		return err
	}
	c.mu.Lock()
	c.settings = s
	err := c.level.UnmarshalText([]byte(s.LogLevel))
	c.mu.Unlock()
	c.ringSession()
	return err
}

// Window is where the window was at the end of the last run; ok is false when it isn't known or makes no sense.
func (c *Console) Window() (w Window, ok bool) {
	if c.ready() != nil || c.folder.Load(windowFile, &w) != nil {
		return Window{}, false
	}
	return w, w.Width >= 400 && w.Height >= 300 && w.Width <= 16384 && w.Height <= 16384
}

// RememberWindow keeps where the window is.
func (c *Console) RememberWindow(w Window) {
	if c.ready() != nil {
		return
	}
	if err := c.folder.Save(windowFile, w); err != nil {
		c.Logger().Warn("remember the window", slog.Any("error", err))
	}
}

// OpenFolder shows one of the program's own folders in the file manager; the page names which, never a path.
func (c *Console) OpenFolder(ctx context.Context, which string) error {
	if err := c.ready(); err != nil {
		return err
	}
	switch which {
	case "data":
		return c.options.Desktop.OpenFolder(ctx, c.folder.Dir())
	case "logs":
		return c.options.Desktop.OpenFolder(ctx, c.folder.Logs())
	}
	return notFound("folder")
}

// RetryKeychain asks the keychain again; members that lacked it connect.
func (c *Console) RetryKeychain(ctx context.Context) error {
	if err := c.ready(); err != nil {
		return err
	}
	if err := c.keychain.Probe(ctx); err != nil {
		return err
	}
	c.fleet.Retry()
	return nil
}

// UseMemoryOnly keeps secrets in memory for this run: the person's choice where there is no keychain.
func (c *Console) UseMemoryOnly() error {
	if err := c.ready(); err != nil {
		return err
	}
	c.keychain.UseMemory()
	c.fleet.Retry()
	return nil
}
