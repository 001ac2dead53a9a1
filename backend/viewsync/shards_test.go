package viewsync

import (
	"bytes"
	"crypto/rand"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	apierrors "k8s.io/apimachinery/pkg/api/errors"

	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
)

func noise(t *testing.T, n int) []byte {
	t.Helper()
	b := make([]byte, n)
	if _, err := rand.Read(b); err != nil {
		t.Fatal(err)
	}
	return b
}

func sealedEnv(t *testing.T, document, credentials int) Envelope {
	t.Helper()
	return Envelope{
		Format: Format, Mode: ModeSealed, Sealed: noise(t, document), Credentials: noise(t, credentials), Key: []byte("k"), KeyID: "id",
	}
}

// same compares without cmp, which takes seconds for megabytes.
func (e Envelope) same(o Envelope) bool {
	return e.Mode == o.Mode && e.KeyID == o.KeyID && bytes.Equal(e.View, o.View) && bytes.Equal(e.Sealed, o.Sealed) &&
		bytes.Equal(e.Credentials, o.Credentials) && bytes.Equal(e.Key, o.Key)
}

// shardsThere lists the slots that hold a shard.
func shardsThere(t *testing.T, u user) (there []int) {
	t.Helper()
	admin := storeOf(t, u.cluster.Config(), u.name)
	for i := range slots {
		_, err := admin.api.get(t.Context(), shardPlace(u.place(), i+1))
		if err == nil {
			there = append(there, i+1)
		} else if !apierrors.IsNotFound(err) {
			t.Fatal(err)
		}
	}
	return there
}

func TestShards(t *testing.T) {
	u := newUser(t, kubetest.Shared(t), true)
	s, ctx := u.store(t), t.Context()
	s.shardBytes = shardBytes / 10
	at := Stored{Place: u.place()}
	for _, step := range []struct {
		document, credentials int
		want                  []int
	}{
		{1000, 10, nil},
		{100 << 10, 100 << 10, []int{1, 2, 3}},
		{200 << 10, 100 << 10, []int{4, 5, 6, 7, 8}},
		{80 << 10, 10, []int{1, 2}},
		{500 << 10, 0, []int{3, 4, 5, 6, 7, 8, 9, 10}},
		{1000, 10, nil},
	} {
		e := sealedEnv(t, step.document, step.credentials)
		if step.credentials == 0 {
			e.Credentials = nil
		}
		var err error
		if at, err = s.Write(ctx, at, e); err != nil {
			t.Fatal(err)
		}
		got := must(u.store(t).Read(ctx, u.place()))(t)
		if !e.same(got.Envelope) || !e.same(at.Envelope) {
			t.Errorf("%d bytes come back as others", step.document)
		}
		if there := shardsThere(t, u); !cmp.Equal(there, step.want) {
			t.Errorf("%d bytes lie in shards %v, want %v", step.document, there, step.want)
		}
	}
	if _, err := s.Write(ctx, at, sealedEnv(t, 600<<10, 0)); !errors.Is(err, ErrTooBig) {
		t.Errorf("too big: %v", err)
	}
	s.shardBytes = shardBytes // the real size, with the server's own limits
	e := sealedEnv(t, 1<<20, 300<<10)
	big := must(s.Write(ctx, at, e))(t)
	if !e.same(must(u.store(t).Read(ctx, u.place()))(t).Envelope) {
		t.Error("a large view comes back as another")
	}
	if err := s.Delete(ctx, big); err != nil || len(shardsThere(t, u)) > 0 {
		t.Errorf("after the deletion: %v, shards %v", err, shardsThere(t, u))
	}
}

// A write that breaks off at any call leaves the old document or the new one, and what it leaves behind is taken up later.
func TestShardsSurviveACrashAtEveryCall(t *testing.T) {
	c := kubetest.Shared(t)
	u := newUser(t, c, true)
	proxy := c.Proxy(t)
	broken, s, ctx := u.store(t, proxy), u.store(t), t.Context()
	for _, each := range []*Store{broken, s} {
		each.shardBytes = 1000
	}
	old := sealedEnv(t, 3500, 10)
	at := must(s.Write(ctx, Stored{Place: u.place()}, old))(t)
	landed := 0
	for n := range 12 {
		for _, cut := range []kubetest.Rule{{Status: 500, After: n}, {Cut: kubetest.CutBody, After: n}} {
			proxy.Clear()
			proxy.Add(cut)
			fresh := sealedEnv(t, 3500, 10)
			_, err := broken.Write(ctx, at, fresh)
			got := must(u.store(t).Read(ctx, u.place()))(t)
			isOld, isNew := old.same(got.Envelope), fresh.same(got.Envelope)
			if !isOld && !isNew || err == nil && !isNew {
				t.Fatalf("cut at call %d (%v): neither the old nor the new one is there", n, err)
			}
			if isNew {
				landed++
			}
			at = must(s.Read(ctx, u.place()))(t)
			old = sealedEnv(t, 3400, 10)
			at = must(s.Write(ctx, at, old))(t) // a later write finds room among what is left over
		}
	}
	if landed == 0 || landed == 24 {
		t.Errorf("%d of 24 writes landed: the faults don't hit what they should", landed)
	}
}

func TestTwoWritersOfShardsNeverMix(t *testing.T) {
	u := newUser(t, kubetest.Shared(t), true)
	ctx := t.Context()
	start := u.store(t)
	start.shardBytes = 1000
	first := Envelope{Format: Format, Mode: ModeSealed, Sealed: bytes.Repeat([]byte{'0'}, 2500)}
	must(start.Write(ctx, Stored{Place: u.place()}, first))(t)
	write := func(s *Store, letter byte) error {
		for range 8 {
			at, err := s.Read(ctx, u.place())
			if err != nil {
				return err
			}
			if body := at.Envelope.Sealed; len(bytes.Trim(body, string(body[:1]))) > 0 {
				return errors.New("a mix was read")
			}
			e := Envelope{Format: Format, Mode: ModeSealed, Sealed: bytes.Repeat([]byte{letter}, 7900)}
			if _, err := s.Write(ctx, at, e); err != nil && !errors.Is(err, ErrConflict) && !errors.Is(err, errNoRoom) {
				return err
			}
		}
		return nil
	}
	var all sync.WaitGroup
	for i := range 3 {
		s := u.store(t)
		s.shardBytes = 1000
		all.Go(func() {
			if err := write(s, byte('a'+i)); err != nil {
				t.Errorf("machine %d: %v", i, err)
			}
		})
	}
	all.Wait()
	must(u.store(t).Read(ctx, u.place()))(t)
}

func TestDamagedAndGarbled(t *testing.T) {
	u := newUser(t, kubetest.Shared(t), true)
	s, ctx := u.store(t), t.Context()
	s.shardBytes = 1000
	admin := storeOf(t, u.cluster.Config(), u.name)
	big := sealedEnv(t, 2500, 5)
	at := must(s.Write(ctx, Stored{Place: u.place()}, big))(t)
	spoil := map[string]struct {
		do   func(o *object)
		want error
	}{
		"no format":          {func(o *object) { delete(o.Data, keyFormat) }, ErrGarbled},
		"newer format":       {func(o *object) { o.Data[keyFormat] = []byte("2") }, ErrNewer},
		"another mode":       {func(o *object) { o.Data[keyMode] = []byte("secret") }, ErrGarbled},
		"no data":            {func(o *object) { o.Data = nil }, ErrGarbled},
		"index no JSON":      {func(o *object) { o.Data[keyIndex] = []byte("{") }, ErrGarbled},
		"index of hundreds":  {func(o *object) { o.Data[keyIndex] = []byte(`{"shards":[` + strings.Repeat(`{"slot":1},`, 99) + `{}]}`) }, ErrGarbled},
		"index out of range": {func(o *object) { o.Data[keyIndex] = []byte(`{"shards":[{"slot":17}]}`) }, ErrGarbled},
		"index of any part":  {func(o *object) { o.Data[keyIndex] = []byte(`{"parts":[{"key":"key"}],"shards":[{"slot":1}]}`) }, ErrGarbled},
		"index of nothing":   {func(o *object) { o.Data[keyIndex] = []byte(`{"shards":[{"slot":12}]}`) }, ErrDamaged},
		"index of sizes": {func(o *object) {
			o.Data[keyIndex] = bytes.Replace(o.Data[keyIndex], []byte(`"size":2500`), []byte(`"size":-1`), 1)
		}, ErrDamaged},
	}
	for name, c := range spoil {
		t.Run(name, func(t *testing.T) {
			o := must(admin.api.get(ctx, u.place()))(t)
			c.do(&o)
			must(admin.api.update(ctx, o))(t)
			st, err := s.Read(ctx, u.place())
			if !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
			if _, err := s.Write(ctx, st, big); err != nil {
				t.Errorf("it can't be replaced: %v", err)
			}
		})
	}
	t.Run("a shard is gone", func(t *testing.T) {
		at = must(s.Read(ctx, u.place()))(t)
		if err := admin.api.remove(ctx, at.shards[1].place, at.shards[1].uid); err != nil {
			t.Fatal(err)
		}
		if _, err := u.store(t).Read(ctx, u.place()); !errors.Is(err, ErrDamaged) {
			t.Errorf("%v", err)
		}
	})
}

// Crashed writers may leave every slot taken. Room is made only behind a fence: whoever still writes one of them fails.
func TestRoomAmongLeftovers(t *testing.T) {
	u := newUser(t, kubetest.Shared(t), true)
	s, slow, ctx := u.store(t), u.store(t), t.Context()
	s.shardBytes, slow.shardBytes = 1000, 1000
	at := must(s.Write(ctx, Stored{Place: u.place()}, sealedEnv(t, 3500, 10)))(t)
	stale := must(slow.Read(ctx, u.place()))(t)
	for slot := 5; slot <= slots; slot++ {
		must(s.api.create(ctx, fresh(shardPlace(u.place(), slot), u.name, map[string][]byte{keyShard: {1}}), false))(t)
	}
	e := sealedEnv(t, 3500, 20)
	at = must(s.Write(ctx, at, e))(t)
	if !e.same(must(u.store(t).Read(ctx, u.place()))(t).Envelope) || !e.same(at.Envelope) {
		t.Error("another view comes back")
	}
	if there := shardsThere(t, u); len(there) != 4 {
		t.Errorf("shards %v are left", there)
	}
	if _, err := slow.Write(ctx, stale, sealedEnv(t, 3500, 30)); !errors.Is(err, ErrConflict) {
		t.Errorf("a writer that saw the old index: %v", err)
	}
	if !e.same(must(u.store(t).Read(ctx, u.place()))(t).Envelope) {
		t.Error("the slow writer broke the view")
	}
}
