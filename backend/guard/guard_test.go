package guard

import (
	"errors"
	"net/url"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

const deployment = "/apis/apps/v1/namespaces/x/deployments/d"

// change is an ordinary one.
func change() Request {
	return Request{Method: "PATCH", Path: deployment, Query: url.Values{"fieldManager": {"binnacle"}}, HasBody: true}
}

func book(mode Mode) *Book {
	b := New(Options{})
	b.Set([]Member{{ID: "a", Name: "prod", Mode: mode}, {ID: "b", Name: "prod", Mode: Protected}})
	return b
}

func TestModes(t *testing.T) {
	for name, c := range map[string]struct {
		member string
		mode   Mode
		want   *Refusal
	}{
		"none":               {"a", None, nil},
		"protected":          {"a", Protected, &Refusal{"a", "prod", Protected}},
		"read-only":          {"a", ReadOnly, &Refusal{"a", "prod", ReadOnly}},
		"of a newer program": {"a", "sealedByTheMoon", &Refusal{"a", "prod", ReadOnly}},
		"not in the book":    {"z", None, &Refusal{"z", "", ReadOnly}},
		"without an id":      {"", None, &Refusal{"", "", ReadOnly}},
	} {
		t.Run(name, func(t *testing.T) {
			err := book(c.mode).Check(c.member, change())
			got, _ := errors.AsType[*Refusal](err)
			if diff := cmp.Diff(c.want, got); diff != "" || (err == nil) != (c.want == nil) {
				t.Errorf("%v (-want +got):\n%s", err, diff)
			}
		})
	}
	if err := New(Options{}).Check("a", change()); err == nil {
		t.Error("an empty book lets something pass")
	}
}

func TestUnlock(t *testing.T) {
	for name, c := range map[string]struct {
		mode   Mode
		member string
		typed  string
		lasts  time.Duration
		want   error
	}{
		"5 minutes":        {Protected, "a", "prod", 5 * time.Minute, nil},
		"15 minutes":       {Protected, "a", " prod ", 15 * time.Minute, nil},
		"an hour":          {Protected, "a", "prod", time.Hour, nil},
		"longer":           {Protected, "a", "prod", 2 * time.Hour, ErrDuration},
		"no time":          {Protected, "a", "prod", 0, ErrDuration},
		"before now":       {Protected, "a", "prod", -5 * time.Minute, ErrDuration},
		"another name":     {Protected, "a", "prod2", time.Hour, ErrName},
		"another case":     {Protected, "a", "Prod", time.Hour, ErrName},
		"its id":           {Protected, "a", "a", time.Hour, ErrName},
		"no name":          {Protected, "a", "", time.Hour, ErrName},
		"read-only":        {ReadOnly, "a", "prod", time.Hour, ErrNotProtected},
		"of a newer one":   {"sealed", "a", "prod", time.Hour, ErrNotProtected},
		"not guarded":      {None, "a", "prod", time.Hour, ErrNotProtected},
		"not in the fleet": {Protected, "z", "prod", time.Hour, ErrUnknown},
		"without a member": {Protected, "", "", time.Hour, ErrUnknown},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := book(c.mode)
				before := b.Check("a", change())
				if err := b.Unlock(c.member, c.typed, c.lasts); !errors.Is(err, c.want) {
					t.Fatalf("got %v, want %v", err, c.want)
				}
				if c.want != nil {
					if after := b.Check("a", change()); (after == nil) != (before == nil) || !b.Until("a").IsZero() {
						t.Errorf("it changed something: %v, then %v", before, after)
					}
					return
				}
				if until := b.Until("a"); !until.Equal(time.Now().Add(c.lasts)) {
					t.Errorf("until %v", until)
				}
				time.Sleep(c.lasts - time.Nanosecond)
				if err := b.Check("a", change()); err != nil {
					t.Errorf("just before the end: %v", err)
				}
				time.Sleep(time.Nanosecond)
				if err := b.Check("a", change()); err == nil || !b.Until("a").IsZero() {
					t.Errorf("after the end: %v, until %v", err, b.Until("a"))
				}
			})
		})
	}
}

func TestAnUnlockingIsOfOneMember(t *testing.T) {
	b := book(Protected)
	if err := b.Unlock("a", "prod", time.Hour); err != nil {
		t.Fatal(err)
	}
	if b.Check("b", change()) == nil || !b.Until("b").IsZero() {
		t.Error("another member of the same name is unlocked, too")
	}
	b.Lock("a")
	b.Lock("nobody")
	if b.Check("a", change()) == nil {
		t.Error("it is still unlocked")
	}
}

func TestSetEndsAnUnlockingOnlyOfWhatChanged(t *testing.T) {
	same := Member{ID: "a", Name: "prod", Mode: Protected}
	for name, c := range map[string]struct {
		next   []Member
		stays  bool
		passes bool
	}{
		"the same":           {[]Member{same}, true, true},
		"beside another":     {[]Member{{ID: "c", Name: "new"}, same}, true, true},
		"another name":       {[]Member{{ID: "a", Name: "test", Mode: Protected}}, false, false},
		"stricter":           {[]Member{{ID: "a", Name: "prod", Mode: ReadOnly}}, false, false},
		"looser":             {[]Member{{ID: "a", Name: "prod"}}, false, true},
		"gone":               {nil, false, false},
		"of a newer program": {[]Member{{ID: "a", Name: "prod", Mode: "sealed"}}, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			b := book(Protected)
			if err := b.Unlock("a", "prod", time.Hour); err != nil {
				t.Fatal(err)
			}
			b.Set(c.next)
			if stays := !b.Until("a").IsZero(); stays != c.stays {
				t.Errorf("still unlocked: %v", stays)
			}
			if err := b.Check("a", change()); (err == nil) != c.passes {
				t.Errorf("a change: %v", err)
			}
			b.Set([]Member{same})
			if stays := !b.Until("a").IsZero(); stays != c.stays {
				t.Errorf("and when it is as before, unlocked: %v", stays)
			}
		})
	}
}

// What people read on the clock counts, too: it goes on while a machine sleeps, and may be set back.
func TestTheWallClock(t *testing.T) {
	began := time.Now().Round(0) // without the other clock
	for name, c := range map[string]struct {
		after time.Duration
		open  bool
	}{
		"soon after":              {time.Minute, true},
		"put right a little":      {-time.Second, true},
		"the clock was set back":  {-24 * time.Hour, false},
		"the machine slept":       {time.Hour, false},
		"exactly when it is over": {5 * time.Minute, false},
	} {
		t.Run(name, func(t *testing.T) {
			now := began
			b := New(Options{Now: func() time.Time { return now }})
			b.Set([]Member{{ID: "a", Name: "prod", Mode: Protected}})
			if err := b.Unlock("a", "prod", 5*time.Minute); err != nil {
				t.Fatal(err)
			}
			now = began.Add(c.after)
			if err := b.Check("a", change()); (err == nil) != c.open {
				t.Error(err)
			}
		})
	}
}

func TestConfirm(t *testing.T) {
	b := book(None)
	b.Set([]Member{{ID: "a", Name: "prod"}, {ID: "nameless", Mode: Protected}})
	for typed, want := range map[[2]string]error{
		{"a", "prod"}: nil, {"a", "pro"}: ErrName, {"a", ""}: ErrName, {"z", "prod"}: ErrUnknown, {"nameless", ""}: ErrName,
	} {
		if err := b.Confirm(typed[0], typed[1]); !errors.Is(err, want) {
			t.Errorf("%q: %v", typed, err)
		}
	}
}

func TestALooserGuardWantsTheName(t *testing.T) {
	for name, c := range map[string]struct {
		from, to Mode
		typed    string
		want     error
	}{
		"stricter":                 {None, ReadOnly, "", nil},
		"protected":                {None, Protected, "", nil},
		"the same":                 {ReadOnly, ReadOnly, "", nil},
		"to none":                  {ReadOnly, None, "", ErrName},
		"to protected":             {ReadOnly, Protected, "wrong", ErrName},
		"to none, named":           {ReadOnly, None, "prod", nil},
		"from protected":           {Protected, None, "", ErrName},
		"from a newer program's":   {"sealed", Protected, "", ErrName},
		"to a newer program's":     {Protected, "sealed", "", nil},
		"from protected, unlocked": {Protected, None, "", ErrName},
	} {
		t.Run(name, func(t *testing.T) {
			b := book(c.from)
			_ = b.Unlock("a", "prod", time.Hour)
			if err := b.MayGuard("a", c.to, c.typed); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
	if err := book(None).MayGuard("z", ReadOnly, ""); !errors.Is(err, ErrUnknown) {
		t.Errorf("nobody: %v", err)
	}
}

func FuzzDryRunsAreThose(f *testing.F) {
	f.Add("DELETE", deployment, "dryRun=All", false)
	f.Add("POST", "/api/v1/namespaces/x/pods/p/exec", "dryRun=All&command=sh", false)
	f.Fuzz(func(t *testing.T, method, path, query string, body bool) {
		values, err := url.ParseQuery(query)
		if err != nil {
			return
		}
		b := book(ReadOnly)
		r := Request{Method: method, Path: path, Query: values, HasBody: body}
		if b.Check("a", r) != nil {
			return
		}
		for _, v := range values["dryRun"] {
			if v != "All" {
				t.Fatalf("%+v passed", r)
			}
		}
		if len(values["dryRun"]) == 0 || method == "DELETE" && body {
			t.Fatalf("%+v passed", r)
		}
	})
}
