package console_test

import (
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
	if got := p.Contacted(); got != 0 {
		t.Errorf("%d members are contacted before the first picture", got)
	}
	w := httptest.NewRecorder()
	p.handler.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/api/painted", http.NoBody))
	if w.Code != http.StatusOK {
		t.Fatalf("painted: %d %s", w.Code, w.Body)
	}
	p.until("members that were tried", func() bool {
		return slices.Equal(states(), []bridge.MemberState{bridge.StateUnreachable, bridge.StateOff, bridge.StateUnreachable})
	})
}
