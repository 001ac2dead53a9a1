package viewsync

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/types"
	utilnet "k8s.io/apimachinery/pkg/util/net"
	"k8s.io/client-go/rest"
)

// Store is one primary as one user sees it. It is safe for concurrent use.
type Store struct {
	api        *api
	username   string
	shardBytes int
	watching   pace

	mu     sync.Mutex
	active bool
	woken  chan struct{}    // closed when active becomes true
	seen   map[Place]Stored // the last read or written: saves a sharded view from being fetched again
}

// Open prepares to talk to the primary that cfg names, as username: who the cluster says that cfg's credentials are.
// It contacts nothing.
func Open(cfg *rest.Config, username string) (*Store, error) {
	if username == "" {
		return nil, errors.New("open the primary: the user's name there isn't known")
	}
	a, err := newAPI(cfg)
	if err != nil {
		return nil, because("open the primary", err)
	}
	return &Store{
		api: a, username: username, shardBytes: shardBytes, watching: usualPace(),
		active: true, woken: make(chan struct{}), seen: map[Place]Stored{},
	}, nil
}

// Username is the user it was opened for.
func (s *Store) Username() string { return s.username }

// Close drops idle connections. A call under way goes on.
func (s *Store) Close() { utilnet.CloseIdleConnectionsFor(s.api.client.Transport) }

// Stored is a view as it was read or written. The zero Stored is none: writing over it creates.
type Stored struct {
	Place           Place
	Envelope        Envelope
	UID             string
	ResourceVersion string

	object object // as it is on the primary, so that a write keeps what others put on it
	shards []kept
}

// kept is a shard that exists: to delete it, its UID must still be this.
type kept struct {
	place Place
	uid   types.UID
}

// Find looks in all candidate namespaces at once and gives the first view in their order. A namespace where the user may not read is passed over; one that
// doesn't answer is not when it stands before the view found, for the view may be in it. It says ErrNotFound when there
// is none. Errors of reading what was found are those of Read.
func (s *Store) Find(ctx context.Context, candidates []string) (Stored, error) {
	candidates = usable(candidates)
	type answer struct {
		object object
		err    error
	}
	answers := make([]answer, len(candidates))
	var all sync.WaitGroup
	for i, namespace := range candidates {
		all.Go(func() { answers[i].object, answers[i].err = s.api.get(ctx, s.place(namespace)) })
	}
	all.Wait()
	foreign, foreignErr := Stored{}, ErrNotFound
	for i, a := range answers {
		switch {
		case a.err == nil:
			st, err := s.read(ctx, a.object, s.place(candidates[i]))
			if !errors.Is(err, ErrForeign) {
				return st, err
			}
			// Whoever takes the name in one namespace must not hide the view in another.
			if errors.Is(foreignErr, ErrNotFound) {
				foreign, foreignErr = st, err
			}
		case apierrors.IsNotFound(a.err), apierrors.IsForbidden(a.err):
		default:
			return Stored{}, fmt.Errorf("look for the view in %s: %w", candidates[i], a.err)
		}
	}
	return foreign, foreignErr
}

func (s *Store) place(namespace string) Place { return Place{namespace, SecretName(s.username)} }

// usable drops repeated and impossible namespaces.
func usable(candidates []string) []string {
	var out []string
	for _, c := range candidates {
		if validNamespace(c) && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}

// Read gives the view at a place. ErrNotFound: there is none. With ErrForeign, ErrNewer, ErrGarbled and ErrDamaged the
// Stored is given too, as far as it can be read.
func (s *Store) Read(ctx context.Context, p Place) (Stored, error) {
	o, err := s.api.get(ctx, p)
	if apierrors.IsNotFound(err) {
		s.remember(Stored{Place: p})
		return Stored{}, ErrNotFound
	}
	if err != nil {
		return Stored{}, fmt.Errorf("read the view in %s: %w", p.Namespace, err)
	}
	return s.read(ctx, o, p)
}

// read makes a Stored of an object. While another machine writes, shards may go as they are fetched: the index then has changed too.
func (s *Store) read(ctx context.Context, o object, p Place) (Stored, error) {
	for range 3 {
		if known, ok := s.known(o, p); ok {
			return known, nil
		}
		st, err := s.decode(ctx, o, p)
		if !errors.Is(err, ErrDamaged) {
			if err == nil {
				s.remember(st)
			}
			return st, err
		}
		again, getErr := s.api.get(ctx, p)
		if getErr != nil {
			return Stored{}, fmt.Errorf("read the view in %s: %w", p.Namespace, getErr)
		}
		if again.ResourceVersion == o.ResourceVersion {
			return st, err
		}
		o = again
	}
	return Stored{}, fmt.Errorf("read the view in %s: %w", p.Namespace, ErrConflict)
}

func (s *Store) decode(ctx context.Context, o object, p Place) (Stored, error) {
	st := Stored{Place: p, UID: string(o.UID), ResourceVersion: o.ResourceVersion, object: o}
	st.object.Namespace, st.object.Name = p.Namespace, p.Name
	if err := st.object.check(s.username); err != nil {
		return st, err
	}
	data := o.Data
	ix, sharded, err := indexOf(data)
	if err != nil {
		return st, err
	}
	if sharded {
		chunks, found, err := s.fetch(ctx, p, ix)
		st.shards = found
		if err != nil {
			return st, err
		}
		if data, err = join(data, ix, chunks); err != nil {
			return st, err
		}
	}
	st.Envelope, err = openEnvelope(data)
	return st, err
}

// Write saves an envelope over what was read: it creates at over.Place when over.UID is empty, else updates with the
// resourceVersion that was read. ErrConflict: it exists already, changed or went meanwhile; read again. Any other error
// leaves open whether it was written.
func (s *Store) Write(ctx context.Context, over Stored, e Envelope) (Stored, error) {
	if over.UID != "" {
		if err := over.object.check(s.username); err != nil {
			return Stored{}, err
		}
	}
	o := fresh(over.Place, s.username, nil)
	if over.UID != "" {
		o = stamped(over.object, s.username)
	}
	data := maps.Clone(over.object.Data)
	if data == nil {
		data = map[string][]byte{}
	}
	maps.DeleteFunc(data, func(k string, _ []byte) bool { return slices.Contains(ours(), k) })
	maps.Copy(data, e.small())
	o.Data = data
	parts := e.big()
	if total(parts)+total(data) > s.shardBytes {
		return s.writeShards(ctx, over, o, parts)
	}
	maps.Copy(o.Data, parts)
	made, err := s.put(ctx, o)
	if err != nil {
		return Stored{}, err
	}
	s.drop(ctx, over.shards)
	return s.wrote(over.Place, made, e, nil), nil
}

// put is the one write that decides: of the Secret that all machines read first.
func (s *Store) put(ctx context.Context, o object) (made object, err error) {
	if o.UID == "" {
		made, err = s.api.create(ctx, o, false)
	} else {
		made, err = s.api.update(ctx, o)
	}
	switch {
	case err == nil:
		return made, nil
	case apierrors.IsConflict(err), apierrors.IsAlreadyExists(err), o.UID != "" && apierrors.IsNotFound(err):
		return object{}, fmt.Errorf("save the view in %s: %w", o.Namespace, ErrConflict)
	default:
		return object{}, fmt.Errorf("save the view in %s: %w", o.Namespace, err)
	}
}

func (s *Store) wrote(p Place, made object, e Envelope, shards []kept) Stored {
	made.Namespace, made.Name = p.Namespace, p.Name
	e.Format = Format
	st := Stored{
		Place: p, Envelope: e, UID: string(made.UID), ResourceVersion: made.ResourceVersion, object: made, shards: shards,
	}
	s.remember(st)
	return st
}

// Delete removes that very view, and its shards.
func (s *Store) Delete(ctx context.Context, st Stored) error {
	if err := st.object.check(s.username); err != nil {
		return err
	}
	err := s.api.remove(ctx, st.Place, types.UID(st.UID))
	switch {
	case apierrors.IsConflict(err):
		return fmt.Errorf("delete the view in %s: %w", st.Place.Namespace, ErrConflict)
	case err != nil && !apierrors.IsNotFound(err):
		return fmt.Errorf("delete the view in %s: %w", st.Place.Namespace, err)
	}
	s.remember(Stored{Place: st.Place})
	return s.sweep(ctx, st.Place)
}

// known gives what was read or written last, when o is still that.
func (s *Store) known(o object, p Place) (Stored, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	st, ok := s.seen[p]
	return st, ok && st.UID != "" && st.UID == string(o.UID) && st.ResourceVersion == o.ResourceVersion
}

func (s *Store) remember(st Stored) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen[st.Place] = st
}

func total(parts map[string][]byte) (n int) {
	for k, v := range parts {
		n += len(k) + len(v)
	}
	return n
}
