package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"time"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/pane"
	"github.com/binnacle-dev/binnacle/build/rig/controlplane"
)

const windowsEach = 250 // of each question

// paneWindows times windows as the page gets them: the whole program without its window, a view of 20 members, POST /api/table
// with its JSON in and out.
func paneWindows(ctx context.Context, l *lab) ([]figure, error) {
	h, _, done, err := l.crowdedDesk(ctx, l.pods)
	if err != nil {
		return nil, err
	}
	defer done()
	m, err := l.fresh()
	if err != nil {
		return nil, err
	}
	p := m.start(ctx)
	defer p.Close()
	if err := p.crowd(ctx, l, h, bridge.ModeOpen); err != nil {
		return nil, err
	}
	defer l.primary.Stop()
	if err := p.listed(ctx, h.pods); err != nil {
		return nil, err
	}
	fmt.Fprintln(os.Stderr, "bench: pane: the program has all rows")
	all := questions()
	each := make([]samples, len(all))
	var whole, bytesOf samples
	for i := range windowsEach {
		for k, question := range all { // in turn, as a person does different things
			q := question.ask(i)
			q.Offset %= h.pods
			took, answer, err := p.window(ctx, q)
			if err != nil {
				return nil, err
			}
			each[k], whole, bytesOf = append(each[k], ms(took)), append(whole, ms(took)), append(bytesOf, float64(answer.Len()))
		}
	}
	found := []figure{within(10, "window_p99_ms", whole.p99(), "ms",
		fmt.Sprintf("%d windows of %d rows at %d, through the handler and its JSON (%.0f KB); median %.2f ms", len(whole), windowRows, h.pods, bytesOf.median()/1e3, whole.median()))}
	for k, question := range all {
		name := "window_p99_" + strings.ReplaceAll(question.what, " ", "_") + "_ms"
		found = append(found, explains(name, each[k].p99(), "ms", fmt.Sprintf("p99 of %d; median %.2f ms", len(each[k]), each[k].median())))
	}
	return found, nil
}

// crowd begins a view whose primary is the lab's cluster and whose others are the herd, and waits until all of it is ready. The
// primary has no pods.
func (p *program) crowd(ctx context.Context, l *lab, h *herd, mode bridge.Mode) error {
	cluster, err := l.cluster(ctx)
	if err != nil {
		return err
	}
	primary, err := cluster.Kubeconfig(controlplane.User{Name: "watchkeeper"})
	if err != nil {
		return err
	}
	others, err := os.ReadFile(h.all)
	if err != nil {
		return err
	}
	if err := p.begin(ctx, primary, mode, others); err != nil {
		return err
	}
	return p.until(ctx, "all members", func() bool {
		ready := 0
		for _, m := range p.Fleet().Members {
			if m.State == bridge.StateReady {
				ready++
			}
		}
		return ready == len(h.members)+1
	})
}

// listed waits, as the page does, until the table of pods has so many rows.
func (p *program) listed(ctx context.Context, rows int) error {
	var failed error
	err := p.until(ctx, "all pods in the table", func() bool {
		_, body, err := p.window(ctx, pane.Query{})
		var w bridge.TableWindow
		if err == nil {
			err = json.Unmarshal(body.Bytes(), &w)
		}
		failed = err
		live := 0
		for _, m := range w.Members {
			if m.State == bridge.TableLive {
				live++
			}
		}
		return err != nil || w.Total == rows && live >= crowdMembers
	})
	if failed != nil {
		return failed
	}
	return err
}

// window asks for one, and gives how long the program took from the question's bytes to the answer's.
func (p *program) window(ctx context.Context, q pane.Query) (time.Duration, *bytes.Buffer, error) {
	question, err := json.Marshal(bridge.TableQuery{
		Kind: podKind().Key, Sort: q.Sort, Desc: q.Desc, Offset: q.Offset, Limit: windowRows,
		Filter: bridge.Filter{Namespaces: q.Namespaces, Status: q.Status, Labels: q.Labels, Search: q.Search},
	})
	if err != nil {
		return 0, nil, err
	}
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/api/table", bytes.NewReader(question))
	w := httptest.NewRecorder()
	w.Body.Grow(64 << 10)
	handler := p.Handler()
	began := time.Now()
	handler.ServeHTTP(w, r)
	took := time.Since(began)
	if w.Code != http.StatusOK {
		return 0, nil, fmt.Errorf("a window: answer %d: %s", w.Code, w.Body)
	}
	return took, w.Body, nil
}
