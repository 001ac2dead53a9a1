package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"runtime/debug"
	"sync"

	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/runtime"
	"k8s.io/klog/v2"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/console"
	"github.com/binnacle-dev/binnacle/backend/logs"
	"github.com/binnacle-dev/binnacle/backend/webview"
)

// App is the one struct bound to the page: each exported method is callable from it, takes and gives little, and
// is one line. What the methods do is told in frontend/src/wails/backend.ts and in package console.
type App struct {
	launch  launch
	console *console.Console
	log     *logs.Wails

	// ctx is Wails' own: its runtime functions want it and bound methods get none. Set once, in startup, before the page is.
	ctx context.Context //nolint:containedctx // see above

	made  chan struct{} // closed when ctx is set
	once  sync.Once     // of begin
	begun chan struct{} // closed when the console has started
}

func newApp(l launch) *App {
	a := &App{launch: l, ctx: context.Background(), made: make(chan struct{}), begun: make(chan struct{})} //nolint:forbidigo // the lifecycle's owner; replaced in startup
	a.console = console.New(console.Options{
		Profile: l.profile,
		Version: version,
		Desktop: desktop{a},
		Emit:    a.emit,
	})
	a.log = logs.ForWails(a.console.Logger)
	// client-go would write to the terminal, past the redaction. Process-wide, so it is done here and once.
	klog.LogToStderr(false)
	klog.SetOutput(logs.Lines("client-go", a.console.Logger))
	return a
}

// begin starts the console beside the making of the window, which takes one processor alone for long. In a second instance
// it runs too, before Wails finds the first one; console.Start then finds the profile locked and does nothing. A build for
// development calls it for each of its two asset servers, or for none: the first call counts.
func (a *App) begin() {
	a.once.Do(func() {
		ctx := a.ctx
		go func() {
			defer close(a.begun)
			a.console.Start(ctx)
		}()
	})
}

// emit rings the page.
func (a *App) emit(e bridge.Event, b bridge.Doorbell) {
	<-a.made
	runtime.EventsEmit(a.ctx, string(e), b)
}

// startup runs when the window is made.
func (a *App) startup(ctx context.Context) {
	a.ctx = ctx
	close(a.made)
	webview.Guard(a.console.NavigationBlocked)
	runtime.OnFileDrop(ctx, func(_, _ int, paths []string) { a.console.Offer(paths) })
	a.begin()
	<-a.begun
	a.restoreWindow()
	a.console.Offer(a.launch.kubeconfigs)
}

func (a *App) domReady(context.Context) { runtime.WindowShow(a.ctx) }

func (a *App) beforeClose(context.Context) bool {
	a.rememberWindow()
	return false
}

func (a *App) shutdown(context.Context) { a.console.Close() }

// openFile is macOS' "open with".
func (a *App) openFile(path string) { a.console.Offer([]string{path}) }

// secondStart gets another start's command line, which that start found to be right.
func (a *App) secondStart(d options.SecondInstanceData) {
	runtime.WindowUnminimise(a.ctx)
	runtime.Show(a.ctx)
	if l, err := parse(d.Args, io.Discard); err == nil && l != nil {
		a.console.Offer(l.from(d.WorkingDirectory).kubeconfigs)
	}
}

func (a *App) restoreWindow() {
	w, ok := a.console.Window()
	if !ok {
		return
	}
	runtime.WindowSetSize(a.ctx, w.Width, w.Height)
	runtime.WindowSetPosition(a.ctx, w.X, w.Y)
	if w.Maximised {
		runtime.WindowMaximise(a.ctx)
	}
}

func (a *App) rememberWindow() {
	w := console.Window{Maximised: runtime.WindowIsMaximised(a.ctx)}
	w.Width, w.Height = runtime.WindowGetSize(a.ctx)
	w.X, w.Y = runtime.WindowGetPosition(a.ctx)
	a.console.RememberWindow(w)
}

// do runs a use-case for the page. Wails would answer a panic by never settling the promise, and log the whole message.
func (a *App) do(f func(context.Context, *console.Console) error) error {
	_, err := ask(a, func(ctx context.Context, c *console.Console) (struct{}, error) { return struct{}{}, f(ctx, c) })
	return err
}

// ask is do with a result.
func ask[T any](a *App, f func(context.Context, *console.Console) (T, error)) (out T, err error) {
	defer func() {
		if p := recover(); p != nil {
			a.console.Logger().Error("panic in a bound method", slog.Any("panic", p), slog.String("stack", string(debug.Stack())))
			err = bridge.Shape(fmt.Errorf("panic: %v", p))
		}
		if err != nil {
			err = a.console.Failed(err)
		}
	}()
	return f(a.ctx, a.console)
}

// The methods below are the page's commands. What they do is told beside their namesakes in package console.

// PickFiles answers an import's ticket, "" when the dialog was cancelled.
func (a *App) PickFiles() (string, error) {
	return ask(a, func(ctx context.Context, c *console.Console) (string, error) { return c.PickFiles(ctx) })
}

// PickFolder is PickFiles for a folder of kubeconfigs.
func (a *App) PickFolder() (string, error) {
	return ask(a, func(ctx context.Context, c *console.Console) (string, error) { return c.PickFolder(ctx) })
}

// ImportDefaults answers the ticket of what KUBECONFIG or ~/.kube/config holds.
func (a *App) ImportDefaults() (string, error) {
	return ask(a, func(_ context.Context, c *console.Console) (string, error) { return c.ImportDefaults() })
}

// CancelImport forgets an import and its secrets.
func (a *App) CancelImport(ticket string) error {
	return a.do(func(_ context.Context, c *console.Console) error { return c.CancelImport(ticket) })
}

// TestCandidates starts the test of candidates.
func (a *App) TestCandidates(ticket string, indexes []int) error {
	return a.do(func(_ context.Context, c *console.Console) error { return c.TestCandidates(ticket, indexes) })
}

// ConvertCandidate makes a candidate sign in natively instead of running a program.
func (a *App) ConvertCandidate(ticket string, index int, native bool) error {
	return a.do(func(_ context.Context, c *console.Console) error { return c.ConvertCandidate(ticket, index, native) })
}

// LookUp answers the ticket of a look at an address.
func (a *App) LookUp(address string) (string, error) {
	return ask(a, func(_ context.Context, c *console.Console) (string, error) { return c.LookUp(address) })
}

// CancelLookup ends a look at an address.
func (a *App) CancelLookup(ticket string) error {
	return a.do(func(_ context.Context, c *console.Console) error { return c.CancelLookup(ticket) })
}

// StartSignIn begins or joins a sign-in.
func (a *App) StartSignIn(s bridge.Subject, choice bridge.SignInChoice) error {
	return a.do(func(ctx context.Context, c *console.Console) error { return c.StartSignIn(ctx, s, choice) })
}

// CancelSignIn ends the sign-in under way.
func (a *App) CancelSignIn(key string) error {
	return a.do(func(_ context.Context, c *console.Console) error { return c.CancelSignIn(key) })
}

// SignOut ends a session.
func (a *App) SignOut(key string) error {
	return a.do(func(ctx context.Context, c *console.Console) error { return c.SignOut(ctx, key) })
}

// AllowProgram allows exactly the program that was shown under that id.
func (a *App) AllowProgram(s bridge.Subject, id string) error {
	return a.do(func(ctx context.Context, c *console.Console) error { return c.AllowProgram(ctx, s, id) })
}

// RunProgram runs an allowed program that talks to the person.
func (a *App) RunProgram(s bridge.Subject) error {
	return a.do(func(ctx context.Context, c *console.Console) error { return c.RunProgram(ctx, s) })
}

// StopProgram ends it.
func (a *App) StopProgram(s bridge.Subject) error {
	return a.do(func(_ context.Context, c *console.Console) error { return c.StopProgram(s) })
}

// AllowedPrograms are those that may run.
func (a *App) AllowedPrograms() ([]bridge.AllowedProgram, error) {
	return ask(a, func(_ context.Context, c *console.Console) ([]bridge.AllowedProgram, error) {
		return c.AllowedPrograms()
	})
}

// DisallowProgram takes an approval back.
func (a *App) DisallowProgram(id string) error {
	return a.do(func(_ context.Context, c *console.Console) error { return c.DisallowProgram(id) })
}

// LogIn logs in to the primary that a candidate names.
func (a *App) LogIn(r bridge.LogInRequest) error {
	return a.do(func(ctx context.Context, c *console.Console) error { return c.LogIn(ctx, r) })
}

// LogInKnown opens a view that this machine knows.
func (a *App) LogInKnown(viewID string) error {
	return a.do(func(_ context.Context, c *console.Console) error { return c.LogInKnown(viewID) })
}

// CancelLogin ends the login under way.
func (a *App) CancelLogin() error {
	return a.do(func(_ context.Context, c *console.Console) error { return c.CancelLogin() })
}

// LogOut closes the view.
func (a *App) LogOut(forgetSecrets bool) error {
	return a.do(func(ctx context.Context, c *console.Console) error { return c.LogOut(ctx, forgetSecrets) })
}

// ForgetPrimary drops what this machine knows of a primary.
func (a *App) ForgetPrimary(viewID string) error {
	return a.do(func(ctx context.Context, c *console.Console) error { return c.ForgetPrimary(ctx, viewID) })
}

// MakePrimary logs in to a member.
func (a *App) MakePrimary(memberID string) error {
	return a.do(func(ctx context.Context, c *console.Console) error { return c.MakePrimary(ctx, memberID) })
}

// CopyViewTo copies the view to another primary.
func (a *App) CopyViewTo(memberID string) error {
	return a.do(func(ctx context.Context, c *console.Console) error { return c.CopyViewTo(ctx, memberID) })
}

// SyncNow looks at the primary now.
func (a *App) SyncNow() error {
	return a.do(func(ctx context.Context, c *console.Console) error { return c.SyncNow(ctx) })
}

// SaveIn names the namespace to save the view in.
func (a *App) SaveIn(namespace string) error {
	return a.do(func(ctx context.Context, c *console.Console) error { return c.SaveIn(ctx, namespace) })
}

// Settle takes a side in a conflict.
func (a *App) Settle(conflictID, keep string) error {
	return a.do(func(_ context.Context, c *console.Console) error { return c.Settle(conflictID, keep) })
}

// Answer answers the sync's question.
func (a *App) Answer(questionID, choiceID string) error {
	return a.do(func(_ context.Context, c *console.Console) error { return c.Answer(questionID, choiceID) })
}

// AddMembers makes candidates members.
func (a *App) AddMembers(r bridge.AddRequest) error {
	return a.do(func(ctx context.Context, c *console.Console) error { return c.AddMembers(ctx, r) })
}

// EditMember changes what the view says of a member.
func (a *App) EditMember(e bridge.MemberEdit) error {
	return a.do(func(_ context.Context, c *console.Console) error { return c.EditMember(e) })
}

// MoveMember moves a member to before another.
func (a *App) MoveMember(memberID, beforeID string) error {
	return a.do(func(_ context.Context, c *console.Console) error { return c.MoveMember(memberID, beforeID) })
}

// ReplaceCredentials gives a member the credential of a candidate.
func (a *App) ReplaceCredentials(memberID, ticket string, index int) error {
	return a.do(func(ctx context.Context, c *console.Console) error {
		return c.ReplaceCredentials(ctx, memberID, ticket, index)
	})
}

// SettleProposed answers a view that names another server.
func (a *App) SettleProposed(memberID string, accept bool) error {
	return a.do(func(ctx context.Context, c *console.Console) error { return c.SettleProposed(ctx, memberID, accept) })
}

// SwitchMembers switches members off or on.
func (a *App) SwitchMembers(memberIDs []string, off bool) error {
	return a.do(func(_ context.Context, c *console.Console) error { return c.SwitchMembers(memberIDs, off) })
}

// RemoveMembers takes members out of the view.
func (a *App) RemoveMembers(memberIDs []string, forgetSecrets bool) error {
	return a.do(func(ctx context.Context, c *console.Console) error {
		return c.RemoveMembers(ctx, memberIDs, forgetSecrets)
	})
}

// Attend says whether somebody looks at the window.
func (a *App) Attend(active bool) error {
	return a.do(func(_ context.Context, c *console.Console) error { return c.Attend(active) })
}

// ForgetCredentials takes members' secrets off this machine.
func (a *App) ForgetCredentials(memberIDs []string) error {
	return a.do(func(ctx context.Context, c *console.Console) error { return c.ForgetCredentials(ctx, memberIDs) })
}

// Undo takes the last removal back.
func (a *App) Undo(undoID string) error {
	return a.do(func(_ context.Context, c *console.Console) error { return c.Undo(undoID) })
}

// Retry contacts members now.
func (a *App) Retry(memberIDs []string) error {
	return a.do(func(_ context.Context, c *console.Console) error { return c.Retry(memberIDs) })
}

// CopyKubeconfig puts a member's kubeconfig on the clipboard.
func (a *App) CopyKubeconfig(memberID string, form bridge.KubeconfigForm) error {
	return a.do(func(ctx context.Context, c *console.Console) error {
		return c.CopyKubeconfig(ctx, memberID, form)
	})
}

// SaveLayout keeps how the table shall look.
func (a *App) SaveLayout(l bridge.Layout) error {
	return a.do(func(_ context.Context, c *console.Console) error { return c.SaveLayout(l) })
}

// SaveSettings keeps this machine's settings.
func (a *App) SaveSettings(s bridge.Settings) error {
	return a.do(func(_ context.Context, c *console.Console) error { return c.SaveSettings(s) })
}

// OpenFolder shows a folder of the program.
func (a *App) OpenFolder(which string) error {
	return a.do(func(ctx context.Context, c *console.Console) error { return c.OpenFolder(ctx, which) })
}

// CopyDiagnostics puts a redacted report on the clipboard.
func (a *App) CopyDiagnostics() error {
	return a.do(func(ctx context.Context, c *console.Console) error { return c.CopyDiagnostics(ctx) })
}

// RetryKeychain asks the keychain again.
func (a *App) RetryKeychain() error {
	return a.do(func(ctx context.Context, c *console.Console) error { return c.RetryKeychain(ctx) })
}

// UseMemoryOnly keeps secrets in memory for this run.
func (a *App) UseMemoryOnly() error {
	return a.do(func(_ context.Context, c *console.Console) error { return c.UseMemoryOnly() })
}
