// Command empty is a Wails window with nothing in it: what `make bench` measures the program against. It takes the
// program's window options as far as they cost anything, and is built with the same flags.
package main

import (
	"embed"
	"fmt"
	"os"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/logger"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
)

//go:embed page
var page embed.FS

func main() {
	err := wails.Run(&options.App{
		Title: "Empty", Width: 1280, Height: 800, BackgroundColour: options.NewRGB(21, 21, 21),
		AssetServer:        &assetserver.Options{Assets: page},
		LogLevel:           logger.INFO,
		LogLevelProduction: logger.WARNING,
		Linux:              &linux.Options{ProgramName: "binnacle-bench-empty", WebviewGpuPolicy: linux.WebviewGpuPolicyNever},
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, "empty:", err)
		os.Exit(1)
	}
}
