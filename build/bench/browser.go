package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"time"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/keychain"
)

const browserLimit = 5 * time.Minute // and as long as rows change

// browser measures the page in Chromium: the program itself (its dev build, which serves the page on loopback too) on a view of 20
// simulated members with 100,000 pods. Herd, program and Chromium share the cores, and Chromium paints without a GPU.
func browser(ctx context.Context, l *lab) ([]figure, error) {
	if runtime.GOOS != "linux" {
		return nil, errors.New("the page is measured on Linux only")
	}
	ctx, cancel := context.WithTimeout(ctx, browserLimit+l.churnFor)
	defer cancel()
	h, d, done, err := l.crowdedDesk(ctx, l.pods)
	if err != nil {
		return nil, err
	}
	defer done()
	profile, err := l.crowdedProfile(ctx, h)
	if err != nil {
		return nil, fmt.Errorf("prepare a view: %w", err)
	}
	defer l.primary.Stop()
	address, stop, err := l.serve(ctx, profile)
	if err != nil {
		return nil, err
	}
	defer stop()
	seen, err := l.visit(ctx, address, h, d)
	if err != nil {
		return nil, err
	}
	return seen.figures(h, l.churnFor), nil
}

// crowdedProfile makes the folder and keychain entries of a person whose view has all of the herd.
func (l *lab) crowdedProfile(ctx context.Context, h *herd) (string, error) {
	m, err := l.machine(keychain.OS())
	if err != nil {
		return "", err
	}
	p := m.start(ctx)
	defer p.Close()
	return m.dir, p.crowd(ctx, l, h, bridge.ModeOpen)
}

// serve starts the program so that a browser can show its page too, and waits until it answers.
func (l *lab) serve(ctx context.Context, profile string) (address string, stop func(), err error) {
	at, err := freeAddress(ctx)
	if err != nil {
		return "", nil, err
	}
	program := exec.CommandContext(ctx, l.dev, "--profile", profile)
	program.Env = append(os.Environ(), "assetdir=frontend/dist", "devserver="+at)
	if err := program.Start(); err != nil {
		return "", nil, fmt.Errorf("start %s (make dev): %w", l.dev, err)
	}
	stop = func() {
		_ = program.Process.Kill() // its profile goes too
		_ = program.Wait()
	}
	waiting, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for !answers(waiting, "http://"+at) {
		if err := sleep(waiting, 100*time.Millisecond); err != nil {
			stop()
			return "", nil, fmt.Errorf("%s doesn't serve its page: %w", l.dev, err)
		}
	}
	return "http://" + at, stop, nil
}

func answers(ctx context.Context, url string) bool {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, http.NoBody)
	if err != nil {
		return false
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return false
	}
	_ = answer.Body.Close()
	return answer.StatusCode == http.StatusOK
}

// sight is what browser.mjs measured: ms, and bytes of the page's heap after collection.
type sight struct {
	Windows map[string]samples                                            // until painted, by what was done
	Frames  samples                                                       // between animation frames while scrolling
	Rows    int                                                           // that were scrolled by
	Changes samples                                                       // from before a pod's deletion is asked for until its row is gone from the picture
	Tasks   samples                                                       // longer than 50 ms, while rows change
	Heap    struct{ Empty, Full, Again, Scrolled, Before, After float64 } // Again: without rows, after Scrolled
}

// visit has browser.mjs look at the page, and does for it what it asks of the members.
func (l *lab) visit(ctx context.Context, address string, h *herd, d *desk) (*sight, error) {
	visitor := exec.CommandContext(ctx, "node", "build/bench/browser.mjs", address, fmt.Sprint(h.pods), fmt.Sprint(l.churnFor.Milliseconds()))
	visitor.Stderr = os.Stderr
	in, err1 := visitor.StdinPipe()
	out, err2 := visitor.StdoutPipe()
	if err := errors.Join(err1, err2, visitor.Start()); err != nil {
		return nil, err
	}
	seen, failed := l.obey(ctx, in, out, h, d)
	_ = in.Close()
	if err := errors.Join(visitor.Wait(), failed); err != nil {
		return nil, err
	}
	if seen == nil {
		return nil, errors.New("browser.mjs ended without a result")
	}
	return seen, nil
}

// obey answers each line of orders with one line, until the result.
func (l *lab) obey(ctx context.Context, in io.Writer, out io.Reader, h *herd, d *desk) (*sight, error) {
	defer h.churn(0) //nolint:errcheck // the herd ends next
	for lines := json.NewDecoder(bufio.NewReader(out)); ; {
		var order struct {
			Op                      string
			PerSecond               int
			Member, Namespace, Name string
			Result                  *sight
		}
		if err := lines.Decode(&order); errors.Is(err, io.EOF) {
			return nil, nil //nolint:nilnil // it says itself what went wrong
		} else if err != nil {
			return nil, err
		}
		var err error
		switch order.Op {
		case "churn":
			err = h.churn(order.PerSecond)
		case "delete":
			client, missing := d.fleet.Client(order.Member)
			if err = missing; err == nil {
				err = removePod(ctx, client, order.Namespace, order.Name)
			}
		case "done":
			return order.Result, nil
		default:
			err = fmt.Errorf("browser.mjs asks for %q", order.Op)
		}
		if err != nil {
			return nil, err
		}
		if _, err := io.WriteString(in, "{}\n"); err != nil {
			return nil, err
		}
	}
}

func (s *sight) figures(h *herd, churned time.Duration) []figure {
	var windows samples
	var out []figure
	for _, what := range []string{"sort", "filter", "search", "scroll"} {
		one := s.Windows[what]
		windows = append(windows, one...)
		out = append(out, explains("window_painted_"+what+"_p99_ms", one.p99(), "ms", fmt.Sprintf("p99 of %d; median %.0f ms", len(one), one.median())))
	}
	var long samples
	for _, task := range s.Tasks {
		if task > 100 {
			long = append(long, task)
		}
	}
	longest := 0.0
	if len(s.Tasks) > 0 {
		longest = slices.Max(s.Tasks)
	}
	const how = "Chromium without a GPU, sharing the cores with program and members"
	return append([]figure{
		within(50, "window_painted_ms", windows.p99(), "ms", fmt.Sprintf("p99 of %d at %d rows: sort, filter, search, scroll jump; median %.0f ms; %s", len(windows), h.pods, windows.median(), how)),
		within(33, "scroll_frame_ms", s.Frames.p99(), "ms", fmt.Sprintf("p99 of %d frames, %d rows by the wheel; median %.1f ms; %s", len(s.Frames), s.Rows, s.Frames.median(), how)),
		within(300, "change_painted_p99_ms", s.Changes.p99(), "ms", fmt.Sprintf("%d pods deleted at their member until painted, among %d changes/s for %.0f s; median %.0f ms", len(s.Changes), churnRate, churned.Seconds(), s.Changes.median())),
		within(0, "change_long_tasks", float64(len(long)), "tasks", fmt.Sprintf("of the page over 100 ms meanwhile; %d over 50 ms, the longest %.0f ms", len(s.Tasks), longest)),
		within(5, "page_heap_drift_percent", 100*math.Abs(s.Heap.After-s.Heap.Before)/s.Heap.Before, "%", fmt.Sprintf("of the page's heap meanwhile, collected; %.1f MB at first", s.Heap.Before/1e6)),
		within(1.5, "page_heap_ratio", math.Max(s.Heap.Full/s.Heap.Empty, s.Heap.Scrolled/s.Heap.Again), "x",
			fmt.Sprintf("the worse of %.1f MB at %d rows to %.1f MB before any, and %.1f MB after windows and scrolling to %.1f MB at none again",
				s.Heap.Full/1e6, h.pods, s.Heap.Empty/1e6, s.Heap.Scrolled/1e6, s.Heap.Again/1e6)),
	}, out...)
}
