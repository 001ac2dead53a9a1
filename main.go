// Command binnacle is one window on all the Kubernetes clusters that a person has access to.
package main

import (
	"context"
	"embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/pkg/browser"
	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/logger"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
	"github.com/wailsapp/wails/v2/pkg/options/mac"
	"github.com/wailsapp/wails/v2/pkg/runtime"
	"golang.org/x/term"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/console"
	"github.com/binnacle-dev/binnacle/backend/webview"
)

// assets is the built page; the all: prefix takes .gitkeep too, so that a fresh clone compiles before the first build of it.
//
//go:embed all:frontend/dist
var assets embed.FS

// icon is as large as window managers show it: a larger one is scaled and sent to the X server at each start.
//
//go:embed build/windowicon.png
var icon []byte

// version is set by the linker.
var version = "0.0.0-dev"

// launch is what the command line asks for.
type launch struct {
	profile     string   // "" is the default one
	kubeconfigs []string // to be offered for import
}

// main touches neither keychain nor disk nor network before wails.Run, for Wails runs it to make the bindings.
func main() {
	if len(os.Args) > 1 && os.Args[1] == "credential" {
		os.Exit(credential(os.Args[2:]))
	}
	l, err := parse(os.Args[1:], os.Stderr)
	switch {
	case err == flag.ErrHelp: //nolint:errorlint // the flag package returns it bare
		return
	case err != nil:
		os.Exit(2)
	case l == nil:
		fmt.Println("binnacle", version) //nolint:forbidigo // what --version is for
		return
	}
	folder, err := os.Getwd()
	if err != nil {
		folder = string(filepath.Separator) // it was removed; relative paths can't be meant then
	}
	webview.Prepare()
	app := newApp(l.from(folder))
	if err := wails.Run(window(app)); err != nil {
		fmt.Fprintln(os.Stderr, "binnacle:", err)
		os.Exit(1)
	}
}

// credential is `binnacle credential`: kubectl, helm and k9s run it, as an exec credential plugin. It gives the exit code.
func credential(args []string) int {
	fs := flag.NewFlagSet("binnacle credential", flag.ContinueOnError)
	fs.Usage = func() {
		fmt.Fprint(fs.Output(), "usage: binnacle credential [--profile DIR] MEMBER\n\n"+
			"Writes the credential of a member, by its id or name, as kubectl wants it from an exec plugin.\n"+
			"A kubeconfig that calls it: the cluster's menu, Copy kubeconfig.\n\n")
		fs.PrintDefaults()
	}
	profile := fs.String("profile", "", "look in the profile under `DIR`")
	switch err := fs.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 2
	case fs.NArg() != 1:
		fs.Usage()
		return 2
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM) //nolint:forbidigo // the process' own
	defer stop()
	browser.Stdout = io.Discard // what a browser says is no part of the answer
	info := os.Getenv("KUBERNETES_EXEC_INFO")
	err := console.Answer(ctx, console.Options{Profile: *profile, Version: version, Desktop: desktop{}}, console.Asked{
		Member: fs.Arg(0), Info: info, Out: os.Stdout, Say: os.Stderr,
		Person: term.IsTerminal(int(os.Stdin.Fd())) && term.IsTerminal(int(os.Stderr.Fd())),
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, "binnacle:", err)
		return 1
	}
	return 0
}

// parse reads the command line; a nil launch means that only the version was asked for.
func parse(args []string, out io.Writer) (*launch, error) {
	fs := flag.NewFlagSet("binnacle", flag.ContinueOnError)
	fs.SetOutput(out)
	fs.Usage = func() {
		fmt.Fprint(out, "usage: binnacle [--profile DIR] [--version] [kubeconfig...]\n       binnacle credential [--profile DIR] MEMBER\n\n")
		fs.PrintDefaults()
	}
	profile := fs.String("profile", "", "keep every file under `DIR` and the secrets under a keychain service of its own")
	show := fs.Bool("version", false, "print the version and exit")
	if err := fs.Parse(args); err != nil {
		return nil, err
	}
	if *show {
		return nil, nil //nolint:nilnil // documented: nothing to launch
	}
	return &launch{profile: *profile, kubeconfigs: fs.Args()}, nil
}

// from makes the paths absolute: another start has another working directory.
func (l launch) from(folder string) launch {
	absolute := func(path string) string {
		if path == "" || filepath.IsAbs(path) {
			return path
		}
		return filepath.Join(folder, path)
	}
	out := launch{profile: absolute(l.profile)}
	for _, path := range l.kubeconfigs {
		out.kubeconfigs = append(out.kubeconfigs, absolute(path))
	}
	return out
}

func window(app *App) *options.App {
	return &options.App{
		Title:  "Binnacle",
		Width:  1280,
		Height: 800,
		// Narrower than this the table is of no use; shorter, dialogs don't fit.
		MinWidth:         760,
		MinHeight:        520,
		BackgroundColour: options.NewRGB(21, 21, 21),
		AssetServer: &assetserver.Options{
			Assets:  assets,
			Handler: app.console.Handler(),
			// Wails asks for it when it is about to make the window, and not when it only makes the bindings.
			Middleware: func(next http.Handler) http.Handler {
				app.begin()
				return webview.Secure(webview.First(app.console.First, next))
			},
		},
		OnStartup:     app.startup,
		OnDomReady:    app.domReady,
		OnBeforeClose: app.beforeClose,
		OnShutdown:    app.shutdown,
		Bind:          []any{app},
		// Wails' page runtime makes an Error of whatever this is; only text survives that.
		ErrorFormatter:     func(err error) any { return bridge.Shape(err).JSON() },
		Logger:             app.log,
		LogLevel:           logger.INFO,
		LogLevelProduction: logger.WARNING,
		DragAndDrop:        &options.DragAndDrop{EnableFileDrop: true},
		SingleInstanceLock: &options.SingleInstanceLock{
			UniqueId:               console.Service(app.launch.profile),
			OnSecondInstanceLaunch: app.secondStart,
		},
		// Never: a table needs no GPU, and software rendering through GL costs 78 MB.
		Linux: &linux.Options{ProgramName: "binnacle", Icon: icon, WebviewGpuPolicy: linux.WebviewGpuPolicyNever},
		Mac:   &mac.Options{OnFileOpen: app.openFile},
	}
}

// desktop is what console asks of the window's toolkit.
type desktop struct{ app *App }

func (d desktop) PickFiles(context.Context) ([]string, error) {
	return runtime.OpenMultipleFilesDialog(d.app.ctx, runtime.OpenDialogOptions{Title: "Choose kubeconfigs", ShowHiddenFiles: true})
}

func (d desktop) PickFolder(context.Context) (string, error) {
	return runtime.OpenDirectoryDialog(d.app.ctx, runtime.OpenDialogOptions{Title: "Choose a folder of kubeconfigs", ShowHiddenFiles: true})
}

func (d desktop) SaveFile(_ context.Context, name string) (string, error) {
	return runtime.SaveFileDialog(d.app.ctx, runtime.SaveDialogOptions{Title: "Save as", DefaultFilename: name})
}

func (d desktop) SetClipboard(_ context.Context, text string) error {
	return runtime.ClipboardSetText(d.app.ctx, text)
}

// OpenFolder runs beside: on Linux it waits for the file manager.
func (d desktop) OpenFolder(_ context.Context, path string) error {
	go func() {
		if err := browser.OpenFile(path); err != nil {
			d.app.console.Logger().Warn("open folder", slog.Any("error", err))
		}
	}()
	return nil
}

// OpenURL asks the system for its browser. Some ways to it last as long as the browser; only what fails at once is told.
func (d desktop) OpenURL(ctx context.Context, address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return errors.New("that is no web address")
	}
	asked := make(chan error, 1)
	go func() { asked <- browser.OpenURL(u.String()) }()
	soon := time.NewTimer(time.Second)
	defer soon.Stop()
	select {
	case err := <-asked:
		return err
	case <-ctx.Done():
		return ctx.Err()
	case <-soon.C:
		return nil
	}
}
