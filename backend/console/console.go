// Package console is the program without its window: the use-cases of the page, and the composition root that makes
// the packages work together.
//
// It owns the root context and every goroutine below it. One view is open at a time (open.go): a viewsync.Keeper owns
// its document, the fleet its members' connections, the keychain their secrets. Nothing here waits for the network to
// answer the page: what is known shows at once, and a doorbell rings when there is more.
//
// Concurrency: every exported method is safe from any goroutine. c.mu guards the fields below it; nothing is called out
// of this package while it is held, but bells.ring, which never blocks.
package console

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/fleet"
	"github.com/binnacle-dev/binnacle/backend/guard"
	"github.com/binnacle-dev/binnacle/backend/keychain"
	"github.com/binnacle-dev/binnacle/backend/local"
	"github.com/binnacle-dev/binnacle/backend/login"
	"github.com/binnacle-dev/binnacle/backend/logs"
	"github.com/binnacle-dev/binnacle/backend/lookup"
	"github.com/binnacle-dev/binnacle/backend/oidc"
	"github.com/binnacle-dev/binnacle/backend/plugin"
)

// Desktop is what only the window's toolkit can do.
type Desktop interface {
	PickFiles(ctx context.Context) ([]string, error) // nil when cancelled
	PickFolder(ctx context.Context) (string, error)  // "" when cancelled
	SetClipboard(ctx context.Context, text string) error
	SaveFile(ctx context.Context, name string) (path string, err error) // "" when cancelled
	OpenFolder(ctx context.Context, path string) error
	OpenURL(ctx context.Context, url string) error // in the system's browser
}

// Options are what the program is made of from outside.
type Options struct {
	Profile  string // the folder of an isolated profile, "" is the person's own
	Version  string
	Desktop  Desktop
	Emit     func(bridge.Event, bridge.Doorbell)
	Provider keychain.Provider // nil: the OS
}

// Console is the program. Make it with New; it does nothing until Start.
type Console struct {
	options Options
	bells   *bells
	imports *imports
	curtain *curtain
	runs    runs
	lookups lookups
	guards  *guard.Book
	merged  merged

	// Set by Start, read-only after.
	folder   *local.Folder
	unlock   func()
	journal  *local.Journal
	keychain *keychain.Keychain
	fleet    *fleet.Fleet
	sessions *sessions
	protocol *oidc.Client
	logins   *login.Book
	programs *plugin.Plugins
	logFile  io.Closer
	stop     context.CancelFunc
	running  sync.WaitGroup

	views     sync.Mutex  // one use-case at a time opens a view or copies into one: a view has one keeper
	beating   atomic.Bool // the page will be rung for the members' beats
	engaging  sync.Mutex  // orders what the fleet is told
	recordsMu sync.Mutex  // orders reading and writing the records' files
	recalled  []record    // what records found last, for the session asks at every doorbell; nil: look again

	mu       sync.Mutex
	started  error           // why there is nothing to ask yet
	prepared []byte          // what First gives until the first picture
	root     context.Context //nolint:containedctx // the lifetime of everything started by a call that returns before it ends
	log      *slog.Logger
	level    *slog.LevelVar
	settings bridge.Settings
	open     *openView  // the current view, or nil
	login    *loggingIn // under way, or nil
	removed  *removal   // what can be undone, or nil
	offered  string     // the ticket of an import that came from outside and was not ended yet
}

// errNotStarted is the answer to everything before Start has ended, and for good when it failed.
var errNotStarted = bridge.Wrap(bridge.CodeBusy, nil, "Binnacle is starting.", "")

// New makes a Console without any effect.
func New(o Options) *Console {
	if o.Provider == nil {
		o.Provider = keychain.OS()
	}
	c := &Console{options: o, bells: newBells(o.Emit), curtain: newCurtain(), merged: newMerged(), started: errNotStarted, log: slog.New(slog.DiscardHandler)}
	c.guards = c.newGuards()
	c.protocol = oidc.New(oidc.Options{Open: o.Desktop.OpenURL, UserAgent: c.userAgent()})
	c.imports = newImports(
		func(ticket string, open bool) { c.bells.ring(bridge.EventImport, ticket, open) },
		func(keys []string) { c.goes(func(ctx context.Context) { c.drop(ctx, keys) }) },
	)
	c.runs.last, c.lookups.byTicket, c.lookups.consoles = map[string]*run{}, map[string]*lookingUp{}, map[string]lookup.Way{}
	return c
}

// Service is the keychain service of a profile; it also names the profile's single instance.
func Service(profile string) string {
	if profile == "" {
		return "binnacle"
	}
	sum := sha256.Sum256([]byte(profile))
	return "binnacle-" + hex.EncodeToString(sum[:6])
}

// Start opens this machine's files and shows the last view; it touches no network by itself. When it fails, every
// answer says why. ctx is the program's life.
func (c *Console) Start(ctx context.Context) {
	err := c.start(ctx)
	c.mu.Lock()
	c.started = err
	c.mu.Unlock()
	if err != nil {
		c.Logger().Error("start", slog.Any("error", err))
	}
	c.ringSession()
	c.ringFleet()
	c.prepareFirst()
}

func (c *Console) start(ctx context.Context) error {
	folder, err := local.Open(c.options.Profile)
	if err != nil {
		return bridge.Wrap(bridge.CodeInvalid, err, "Binnacle can't use its folder: "+err.Error(), "Check that it exists and that you may write there, or start with --profile and another folder.")
	}
	unlock, ok, err := folder.TryLock()
	if err != nil {
		return err
	}
	if !ok {
		return bridge.Wrap(bridge.CodeBusy, nil, "Binnacle already runs with this profile.", "Use its window, or start with --profile and another folder.")
	}
	log, file, level := logs.New(logs.Options{Dir: folder.Logs()})
	var settings bridge.Settings
	warn := loadOr(folder, settingsFile, &settings)
	settings = restoreSettings(settings)
	_ = level.UnmarshalText([]byte(settings.LogLevel)) // restored: one of slog's names

	root, stop := context.WithCancel(ctx)
	c.mu.Lock()
	c.root, c.log, c.level, c.settings = root, log, level, settings
	c.mu.Unlock()
	if warn != nil {
		log.Warn("settings", slog.Any("error", warn))
	}
	c.folder, c.unlock, c.logFile, c.stop = folder, unlock, file, stop
	if c.journal, err = openJournal(folder, log); err != nil {
		return err
	}
	c.keychain = keychain.Open(Service(c.options.Profile), c.options.Provider, keychain.Options{Changed: c.ringSession})
	if c.sessions, err = openSessions(folder); err != nil {
		log.Warn("sessions", slog.Any("error", err))
	}
	c.programs = newPrograms(folder, log, os.Environ)
	c.logins = c.newLogins(log)
	c.fleet = fleet.New(fleet.Options{
		Vault: vault{c}, Source: c.memberSource, Changed: c.memberChanged, Log: log.With(slog.String("pkg", "fleet")),
		UserAgent: c.userAgent(), Cache: openDiscovery(folder, log),
		Gate: func(member string, r fleet.GateRequest) error { return c.guards.Check(member, guard.Request(r)) },
	})
	c.merged.recents.load(folder, log)
	c.merged.tables, c.merged.apps = c.newTables(log), c.newApps()
	c.goes(func(ctx context.Context) {
		if c.curtain.wait(ctx) { // Painted rings for what changed meanwhile
			c.bells.run(ctx)
		}
	})
	c.goes(func(ctx context.Context) { c.curtain.openBy(ctx, paintLimit) })
	c.goes(c.imports.sweep)
	c.goes(c.sweepSecrets)
	c.reopen()
	if c.current() == nil {
		c.goes(c.tryKeychain)
	}
	return nil
}

// tryKeychain looks whether there is a keychain, so that the welcome can say so before anything is to be kept. With a view
// open its members ask soon enough.
func (c *Console) tryKeychain(ctx context.Context) {
	if err := c.keychain.Probe(ctx); err != nil {
		c.Logger().Warn("keychain", slog.Any("error", err))
	}
	c.ringSession()
}

// openJournal opens the journal; a damaged one was set aside, and the second try begins a new one.
func openJournal(folder *local.Folder, log *slog.Logger) (*local.Journal, error) {
	journal, err := folder.Journal()
	if errors.Is(err, local.ErrCorrupt) {
		log.Error("journal", slog.Any("error", err))
		return folder.Journal()
	}
	return journal, err
}

// lifetime is the context of work that ends with the program.
func (c *Console) lifetime() context.Context {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.root
}

// loadOr loads a JSON file that may be missing; what is wrong with it otherwise is for the log, and the file is kept aside.
func loadOr(folder *local.Folder, name string, v any) error {
	if err := folder.Load(name, v); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// goes runs f until the program ends.
func (c *Console) goes(f func(context.Context)) {
	root := c.lifetime()
	c.running.Go(func() { f(root) })
}

// farewell bounds how long the end of the program waits for the primary to take the last edits; they are on this machine anyway.
const farewell = 2 * time.Second

// Close stops everything and waits for it.
func (c *Console) Close() {
	c.mu.Lock()
	ok := c.started == nil
	c.started = errNotStarted
	open := c.open
	c.mu.Unlock()
	if !ok {
		return
	}
	c.finishRemoval(context.WithoutCancel(c.lifetime()))
	if open != nil {
		open.sayGoodbye(c.lifetime())
	}
	c.stop()
	if open != nil {
		open.close()
	}
	c.closeAllLogs()
	c.merged.apps.Close()
	c.merged.tables.Close()
	c.fleet.Close()
	c.programs.Close()
	c.logins.Close()
	c.running.Wait()
	if err := c.keychain.Close(); err != nil {
		c.Logger().Warn("close the keychain", slog.Any("error", err)) // a prompt is still open; its call ends with the process
	}
	_ = c.logFile.Close()
	c.unlock()
}

// ready is the guard at the door of every use-case.
func (c *Console) ready() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.started
}

// Logger is the program's log; before Start it discards.
func (c *Console) Logger() *slog.Logger {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.log
}

// NavigationBlocked records that the page tried to leave.
func (c *Console) NavigationBlocked(uri string) {
	c.Logger().Warn("navigation blocked", slog.String("uri", uri))
}

func (c *Console) ringSession() { c.bells.ring(bridge.EventSession, "", false) }
func (c *Console) ringFleet()   { c.bells.ring(bridge.EventFleet, "", false) }

// ms is a time for the page: Unix milliseconds, 0 for the zero time.
func ms(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}
