package viewsync

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
)

func openEnv(text string) Envelope {
	return Envelope{Format: Format, Mode: ModeOpen, View: []byte(text)}
}

func must[T any](v T, err error) func(testing.TB) T {
	return func(tb testing.TB) T {
		tb.Helper()
		if err != nil {
			tb.Fatal(err)
		}
		return v
	}
}

func TestSecretName(t *testing.T) {
	for name, want := range map[string]string{
		"alice": "binnacle-view-2bd806c97f0e00af",
		"":      "binnacle-view-e3b0c44298fc1c14",
	} {
		if got := SecretName(name); got != want {
			t.Errorf("%q: %s, want %s", name, got, want)
		}
	}
}

func TestWriteReadDelete(t *testing.T) {
	for _, version := range []string{"1.33", "1.36"} {
		t.Run(version, func(t *testing.T) {
			u := newUser(t, kubetest.Shared(t, version), true)
			s, ctx := u.store(t), t.Context()
			if _, err := s.Read(ctx, u.place()); !errors.Is(err, ErrNotFound) {
				t.Fatalf("read of nothing: %v", err)
			}
			want := Envelope{
				Format: Format, Mode: ModeSealed, Sealed: []byte("s\x00"), Credentials: []byte("c"), Key: []byte("k"), KeyID: "id",
			}
			first := must(s.Write(ctx, Stored{Place: u.place()}, want))(t)
			for name, other := range map[string]*Store{"the writer": s, "another machine": u.store(t)} {
				got := must(other.Read(ctx, u.place()))(t)
				if diff := cmp.Diff(want, got.Envelope); diff != "" {
					t.Errorf("%s (-want +got):\n%s", name, diff)
				}
				if got.UID != first.UID || got.ResourceVersion != first.ResourceVersion {
					t.Errorf("%s reads another object than was written", name)
				}
			}
			if _, err := s.Write(ctx, Stored{Place: u.place()}, want); !errors.Is(err, ErrConflict) {
				t.Errorf("a second create: %v", err)
			}
			second := must(s.Write(ctx, first, openEnv("2")))(t)
			if _, err := s.Write(ctx, first, openEnv("3")); !errors.Is(err, ErrConflict) {
				t.Errorf("a write over what changed: %v", err)
			}
			if got := must(s.Read(ctx, u.place()))(t); string(got.Envelope.View) != "2" || got.Envelope.Sealed != nil {
				t.Errorf("after the update: %+v", got.Envelope)
			}
			if err := s.Delete(ctx, second); err != nil {
				t.Error(err)
			}
			if _, err := s.Write(ctx, second, openEnv("4")); !errors.Is(err, ErrConflict) {
				t.Errorf("a write over what is gone: %v", err)
			}
			if _, err := s.Read(ctx, u.place()); !errors.Is(err, ErrNotFound) {
				t.Errorf("read after the deletion: %v", err)
			}
		})
	}
}

func TestDeleteLeavesAnotherOne(t *testing.T) {
	u := newUser(t, kubetest.Shared(t), true)
	s, ctx := u.store(t), t.Context()
	first := must(s.Write(ctx, Stored{Place: u.place()}, openEnv("1")))(t)
	if err := s.Delete(ctx, first); err != nil {
		t.Fatal(err)
	}
	must(s.Write(ctx, Stored{Place: u.place()}, openEnv("2")))(t)
	if err := s.Delete(ctx, first); !errors.Is(err, ErrConflict) {
		t.Errorf("deleting the first again: %v", err)
	}
	if got := must(s.Read(ctx, u.place()))(t); string(got.Envelope.View) != "2" {
		t.Error("the second is gone")
	}
}

func TestAWriteKeepsWhatOthersPutOnIt(t *testing.T) {
	u := newUser(t, kubetest.Shared(t), true)
	s, ctx := u.store(t), t.Context()
	must(s.Write(ctx, Stored{Place: u.place()}, openEnv("1")))(t)
	admin := storeOf(t, u.cluster.Config(), "admin")
	o := must(admin.api.get(ctx, u.place()))(t)
	o.Labels["velero.io/exclude-from-backup"] = "true"
	o.Annotations["note"] = "mine"
	o.Data["added"] = []byte("x")
	o = must(admin.api.update(ctx, o))(t)
	must(s.Write(ctx, must(s.Read(ctx, u.place()))(t), openEnv("2")))(t)
	got := must(admin.api.get(ctx, u.place()))(t)
	if diff := cmp.Diff(o.Labels, got.Labels); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(o.Annotations, got.Annotations); diff != "" {
		t.Error(diff)
	}
	if string(got.Data["added"]) != "x" || string(got.Data[keyView]) != "2" {
		t.Errorf("data: %q", got.Data)
	}
}

func TestFind(t *testing.T) {
	c := kubetest.Shared(t)
	u := newUser(t, c, true)
	s, ctx := u.store(t), t.Context()
	second, denied := c.Namespace(t), c.Namespace(t)
	c.AllowSecrets(t, second, u.name)
	if _, err := s.Find(ctx, []string{denied, u.namespace, second}); !errors.Is(err, ErrNotFound) {
		t.Fatalf("nothing there: %v", err)
	}
	must(s.Write(ctx, Stored{Place: Place{second, u.place().Name}}, openEnv("second")))(t)
	got := must(s.Find(ctx, []string{denied, "..", "no-such-namespace", u.namespace, second, second}))(t)
	if string(got.Envelope.View) != "second" || got.Place.Namespace != second {
		t.Errorf("found %+v", got.Place)
	}
	must(s.Write(ctx, Stored{Place: u.place()}, openEnv("first")))(t)
	if got := must(s.Find(ctx, []string{denied, u.namespace, second}))(t); string(got.Envelope.View) != "first" {
		t.Errorf("the order doesn't decide: %s", got.Place)
	}
}

func TestFindAsksAllAtOnceAndDoesNotPassOverSilence(t *testing.T) {
	c := kubetest.Shared(t)
	u := newUser(t, c, true)
	second := c.Namespace(t)
	c.AllowSecrets(t, second, u.name)
	ctx := t.Context()
	must(u.store(t).Write(ctx, Stored{Place: Place{second, u.place().Name}}, openEnv("2")))(t)
	proxy := c.Proxy(t)
	s := u.store(t, proxy)
	proxy.Add(kubetest.Rule{Path: "/api/v1/namespaces/" + u.namespace, Status: 500})
	if st, err := s.Find(ctx, []string{u.namespace, second}); err == nil {
		t.Errorf("the first namespace didn't answer, and yet it found %s", st.Place)
	}
	if got := must(s.Find(ctx, []string{second, u.namespace}))(t); got.Place.Namespace != second {
		t.Errorf("found %s", got.Place)
	}
	if n := len(proxy.Requests()); n != 4 {
		t.Errorf("%d requests, want 4", n)
	}
}

func TestASquatterDoesNotHideTheView(t *testing.T) {
	c := kubetest.Shared(t)
	u := newUser(t, c, true)
	second := c.Namespace(t)
	c.AllowSecrets(t, second, u.name)
	ctx := t.Context()
	squatter := storeOf(t, c.Config(), "mallory")
	must(squatter.api.create(ctx, fresh(u.place(), "mallory", map[string][]byte{"x": nil}), false))(t)
	s := u.store(t)
	st, err := s.Find(ctx, []string{u.namespace, second})
	if !errors.Is(err, ErrForeign) || st.Place != u.place() {
		t.Errorf("only a foreign one: %v, %s", err, st.Place)
	}
	if _, err := s.Write(ctx, st, openEnv("x")); !errors.Is(err, ErrForeign) {
		t.Errorf("a write over a foreign one: %v", err)
	}
	if err := s.Delete(ctx, st); !errors.Is(err, ErrForeign) {
		t.Errorf("a deletion of a foreign one: %v", err)
	}
	must(s.Write(ctx, Stored{Place: Place{second, u.place().Name}}, openEnv("mine")))(t)
	if got := must(s.Find(ctx, []string{u.namespace, second}))(t); string(got.Envelope.View) != "mine" {
		t.Errorf("found %s", got.Place)
	}
}

func TestForeignType(t *testing.T) {
	u := newUser(t, kubetest.Shared(t), true)
	s, ctx := u.store(t), t.Context()
	o := fresh(u.place(), u.name, nil)
	o.Type = "Opaque"
	must(s.api.create(ctx, o, false))(t)
	if _, err := s.Read(ctx, u.place()); !errors.Is(err, ErrForeign) {
		t.Errorf("read: %v", err)
	}
}

func TestWritable(t *testing.T) {
	c := kubetest.Shared(t)
	u := newUser(t, c, false)
	denied, readOnly := c.Namespace(t), c.Namespace(t)
	c.Apply(t, fmt.Sprintf(`
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, namespace: %[1]s}
rules: [{apiGroups: [""], resources: [secrets], verbs: [get]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: reader, namespace: %[1]s}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: %[2]s}]
`, readOnly, u.name))
	s, ctx := u.store(t), t.Context()
	place, tries, err := s.Writable(ctx, []string{denied, readOnly, u.namespace})
	want := []Try{{denied, "you may not get Secrets there"}, {readOnly, "you may not create Secrets there"}}
	if err != nil || place != u.place() || !cmp.Equal(tries, want) {
		t.Errorf("%s, %v, %v", place, tries, err)
	}
	_, _, err = s.Writable(ctx, []string{denied})
	nowhere := &NowhereError{}
	if !errors.Is(err, ErrNowhere) || !errors.As(err, &nowhere) || !strings.Contains(err.Error(), denied) {
		t.Errorf("nowhere: %v", err)
	}
	must(s.Write(ctx, Stored{Place: u.place()}, openEnv("1")))(t)
	if place, _, err := s.Writable(ctx, []string{u.namespace}); err != nil || place != u.place() {
		t.Errorf("where a view is already: %s, %v", place, err)
	}
	admin := storeOf(t, c.Config(), u.name)
	_, tries, err = admin.Writable(ctx, []string{"no-such-namespace"})
	if !errors.Is(err, ErrNowhere) || len(tries) != 1 || tries[0].Why != "there is no such namespace" {
		t.Errorf("a missing namespace: %v, %v", tries, err)
	}
}

func TestErrorsSayNoSecretAndNoMarkup(t *testing.T) {
	c := kubetest.Shared(t)
	u := newUser(t, c, true)
	proxy := c.Proxy(t)
	s, ctx := u.store(t, proxy), t.Context()
	e := openEnv("hunter2-view")
	e.Credentials = []byte("hunter2-credentials")
	for name, r := range map[string]kubetest.Rule{
		"status":  {Status: 500, Message: "bad\u202e\x1b[31m things\n" + strings.Repeat("x", 1000)},
		"html":    {Body: "<html>hunter2 sign in</html>"},
		"html503": {Status: 503, Body: "<html>hunter2</html>"},
		"cut":     {Cut: kubetest.CutBefore},
	} {
		t.Run(name, func(t *testing.T) {
			defer proxy.Add(r)()
			_, err := s.Write(ctx, Stored{Place: u.place()}, e)
			if err == nil {
				t.Fatal("no error")
			}
			for _, text := range []string{err.Error(), explain(err), fmt.Sprintf("%+v %#v", err, err)} {
				if strings.Contains(text, "hunter2") {
					t.Errorf("it tells %q", text)
				}
			}
			if text := explain(err); strings.ContainsAny(text, "\u202e\x1b\n") || len(text) > 2*maxWords {
				t.Errorf("not plain: %q", text)
			}
		})
	}
}

func TestACallEnds(t *testing.T) {
	c := kubetest.Shared(t)
	u := newUser(t, c, true)
	proxy := c.Proxy(t)
	s := u.store(t, proxy)
	s.api.limit = 200e6
	remove := proxy.Add(kubetest.Rule{Hang: true})
	defer remove()
	if _, err := s.Read(t.Context(), u.place()); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
}
