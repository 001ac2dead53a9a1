package apps

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
)

const (
	pageSize      = 250              // objects of one request
	maxPage       = 64 << 20         // bytes of its answer; it isn't kept
	maxObjects    = 10_000           // of one kind in one member
	maxPages      = 200              // some may hold little
	maxNamespaces = 30               // that are asked one by one when the list of all is refused
	requestLimit  = 20 * time.Second // for one answer, to its last byte
)

var (
	errUnreadable = errors.New("its answer can't be read")
	errTooMany    = fmt.Errorf("it has more than %d", maxObjects)
)

// listing is what to list.
type listing struct {
	what      string // "Helm releases", for people
	key       string // secrets, deployments.apps
	group     string
	resource  string
	version   string
	accept    string
	fields    string
	selectors []string // each is asked for; no object matches two
}

func (l listing) path(namespace, selector, next string) string {
	path := "/apis/" + l.group + "/" + l.version
	if l.group == "" {
		path = "/api/" + l.version
	}
	if namespace != "" {
		path += "/namespaces/" + namespace
	}
	query := url.Values{"limit": {strconv.Itoa(pageSize)}}
	for name, value := range map[string]string{"labelSelector": selector, "fieldSelector": l.fields, "continue": next} {
		if value != "" {
			query.Set(name, value)
		}
	}
	return path + "/" + l.resource + "?" + query.Encode()
}

// each gives the objects of a kind one by one, from wherever the person may list them, and says what was out of reach.
func each[T any](ctx context.Context, r *reader, l listing, take func(T)) gap {
	g := gap{what: l.what, resource: l.resource}
	left := maxObjects
	for _, selector := range l.selectors {
		err := eachPage(ctx, r, l, "", selector, &left, take)
		if apierrors.IsForbidden(err) {
			eachNamespace(ctx, r, l, &left, &g, take)
			return g
		}
		if err != nil && !apierrors.IsNotFound(err) { // the kind went; none of it is all of it
			g.err = err
			return g
		}
	}
	return g
}

// eachNamespace asks the person's namespaces one by one.
func eachNamespace[T any](ctx context.Context, r *reader, l listing, left *int, g *gap, take func(T)) {
	g.fallback, g.namespaces = true, len(r.member.Namespaces)
	for _, namespace := range r.namespaces() {
		var err error
		for _, selector := range l.selectors {
			if err = eachPage(ctx, r, l, namespace, selector, left, take); err != nil {
				break
			}
		}
		switch {
		case err == nil, apierrors.IsNotFound(err):
			g.read++
		case apierrors.IsForbidden(err):
			g.refused = append(g.refused, namespace)
		default:
			g.err = err
			return
		}
	}
}

// eachPage lists in one namespace, or in all of them with "".
func eachPage[T any](ctx context.Context, r *reader, l listing, namespace, selector string, left *int, take func(T)) error {
	next := ""
	for range maxPages {
		var err error
		path := l.path(namespace, selector, next)
		readErr := r.read(ctx, path, l.accept, func(body io.Reader) error {
			next, err = decodeList(body, left, take)
			return err
		})
		if readErr != nil || next == "" {
			return readErr
		}
	}
	return errTooMany
}

// decodeList gives a list's items one by one, without ever having more than one of them in memory, and answers where it goes on.
// Fields of another type than expected are left empty.
func decodeList[T any](body io.Reader, left *int, take func(T)) (next string, err error) {
	dec := json.NewDecoder(body)
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return "", unreadable(err)
	}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return "", unreadable(err)
		}
		switch name {
		case "metadata":
			var m struct {
				Continue string `json:"continue"`
			}
			err = tolerant(dec.Decode(&m))
			next = m.Continue
		case "items":
			err = decodeItems(dec, left, take)
		default:
			var other json.RawMessage
			err = dec.Decode(&other)
		}
		if errors.Is(err, errTooMany) {
			return "", err
		}
		if err != nil {
			return "", unreadable(err)
		}
	}
	_, err = dec.Token() // an answer that breaks off isn't whole
	return next, unreadableIf(err)
}

func decodeItems[T any](dec *json.Decoder, left *int, take func(T)) error {
	if t, err := dec.Token(); err != nil || t == nil {
		return err // nil: null, as Go writes no items
	} else if t != json.Delim('[') {
		return errUnreadable
	}
	for dec.More() {
		var one T
		if err := tolerant(dec.Decode(&one)); err != nil {
			return err
		}
		if *left--; *left < 0 {
			return errTooMany
		}
		take(one)
	}
	_, err := dec.Token()
	return err
}

// tolerant takes a value of another type for none.
func tolerant(err error) error {
	if _, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return nil
	}
	return err
}

// unreadable hides what a decoder says, for it quotes what it read. What went wrong with the connection is kept.
func unreadable(err error) error {
	_, syntax := errors.AsType[*json.SyntaxError](err)
	if err == nil || syntax || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errUnreadable
	}
	return err
}

func unreadableIf(err error) error {
	if err == nil {
		return nil
	}
	return unreadable(err)
}
