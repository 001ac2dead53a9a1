package console_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/binnacle-dev/binnacle/backend/bridge"
)

// A start shows what is known before anything is contacted, and goes on when the page has painted it.
func TestNothingIsContactedBeforeTheFirstPicture(t *testing.T) {
	m := newMachine(t)
	p := m.start(t)
	offline(t, p)
	if err := addMembers(p, "lab", "yard"); err != nil {
		t.Fatal(err)
	}
	lab := p.Fleet().Members[1].ID
	if err := p.SwitchMembers([]string{lab}, true); err != nil {
		t.Fatal(err)
	}
	p.quit()

	p = m.launch(t)
	states := func() (all []bridge.MemberState) {
		for _, m := range p.Fleet().Members {
			all = append(all, m.State)
		}
		return all
	}
	held := []bridge.MemberState{bridge.StateConnecting, bridge.StateOff, bridge.StateConnecting}
	if got := states(); !slices.Equal(got, held) {
		t.Errorf("behind the curtain: %v, want %v", got, held)
	}
	if got := shownFirst(t, p); !slices.Equal(got, held) {
		t.Errorf("the page comes with %v, want %v", got, held)
	}
	if got := p.Contacted(); got != 0 {
		t.Errorf("%d members are contacted before the first picture", got)
	}
	if got := p.rings(); got != 0 {
		t.Errorf("the page is rung %d times before the first picture", got)
	}
	w := httptest.NewRecorder()
	p.handler.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/api/painted", http.NoBody))
	if w.Code != http.StatusOK {
		t.Fatalf("painted: %d %s", w.Code, w.Body)
	}
	tried := []bridge.MemberState{bridge.StateUnreachable, bridge.StateOff, bridge.StateUnreachable}
	p.until("members that were tried", func() bool { return slices.Equal(states(), tried) })
	if got := shownFirst(t, p); !slices.Equal(got, tried) {
		t.Errorf("a page that is loaded again comes with %v, want %v", got, tried)
	}
}

// A page that was quicker than Start paints that it waits, and is rung when there is something to ask.
func TestPageThatWasThereFirstIsRung(t *testing.T) {
	p := newMachine(t).load(t)
	if err := p.Painted(); err == nil {
		t.Error("a page is told that the program has started before it has")
	}
	p.Start(context.WithoutCancel(t.Context()))
	p.until("a doorbell", func() bool { return p.rings() > 0 })
}

// shownFirst reads the members' states from what the page comes with.
func shownFirst(t *testing.T, p *program) (all []bridge.MemberState) {
	t.Helper()
	var first struct {
		Fleet bridge.Fleet `json:"fleet"`
	}
	if err := json.Unmarshal(p.First(), &first); err != nil {
		t.Fatalf("the page comes with %q: %v", p.First(), err)
	}
	for _, m := range first.Fleet.Members {
		all = append(all, m.State)
	}
	return all
}
