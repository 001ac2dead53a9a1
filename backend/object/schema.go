package object

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
)

const (
	maxSchema  = 20 << 20 // bytes of a group's document; the largest real one is below 2 MiB
	maxSchemas = 100      // that are kept, of about 100 KB
)

// Schemas keeps schemas of many members. It is safe for concurrent use; a nil one keeps nothing.
type Schemas struct {
	mu   sync.Mutex
	kept []schemaEntry // the last used at the end
}

type schemaEntry struct {
	member, kind, hash string // hash is the address of the document, which the server changes with its content
	schema             json.RawMessage
	suspends           bool // it has a switch spec.suspend
}

// NewSchemas makes an empty one.
func NewSchemas() *Schemas { return &Schemas{} }

// Forget drops what was kept of a member.
func (s *Schemas) Forget(member string) {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kept = slices.DeleteFunc(s.kept, func(e schemaEntry) bool { return e.member == member })
}

func (s *Schemas) find(member, kind string) (schemaEntry, bool) {
	if s == nil {
		return schemaEntry{}, false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.IndexFunc(s.kept, func(e schemaEntry) bool { return e.member == member && e.kind == kind })
	if i < 0 {
		return schemaEntry{}, false
	}
	e := s.kept[i]
	s.kept = append(slices.Delete(s.kept, i, i+1), e)
	return e, true
}

func (s *Schemas) keep(e schemaEntry) {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kept = slices.DeleteFunc(s.kept, func(o schemaEntry) bool { return o.member == e.member && o.kind == e.kind })
	if len(s.kept) >= maxSchemas {
		s.kept = slices.Delete(s.kept, 0, 1)
	}
	s.kept = append(s.kept, e)
}

func (s *Schemas) suspends(member string, kind Kind) bool {
	e, _ := s.find(member, kind.Key())
	return e.suspends
}

// Schema is the JSON schema of the reference's kind as the member serves it, complete in itself, nil where it has none.
func (m Member) Schema(ctx context.Context, ref Ref) (json.RawMessage, error) {
	kind, err := m.kind(ref.Kind)
	if err != nil {
		return nil, err
	}
	address, err := m.schemaAddress(ctx, kind)
	if err != nil || address == "" {
		return nil, err
	}
	if e, ok := m.Schemas.find(m.ID, kind.Key()); ok && e.hash == address {
		return e.schema, nil
	}
	ctx, cancel := context.WithTimeout(ctx, writeTime)
	defer cancel()
	answer, err := m.Requests.Send(ctx, Request{Method: http.MethodGet, Path: address})
	switch {
	case err != nil:
		return nil, fmt.Errorf("read the schema: %w", err)
	case len(answer.Body) > maxSchema:
		return nil, nil
	}
	var doc struct {
		Components struct {
			Schemas map[string]tree `json:"schemas"`
		} `json:"components"`
	}
	if json.Unmarshal(answer.Body, &doc) != nil {
		return nil, errNotKubernetes
	}
	e := schemaEntry{member: m.ID, kind: kind.Key(), hash: address}
	if root := rootSchema(doc.Components.Schemas, kind); root != "" {
		reduced := reduce(doc.Components.Schemas, root)
		e.suspends = hasSuspend(doc.Components.Schemas, root)
		if e.schema, err = json.Marshal(reduced); err != nil {
			return nil, fmt.Errorf("write the schema: %w", err)
		}
	}
	m.Schemas.keep(e)
	return e.schema, nil
}

// schemaAddress is where the document of the kind's group and version is, "" when the server has none.
func (m Member) schemaAddress(ctx context.Context, kind Kind) (string, error) {
	index, err := m.get(ctx, "/openapi/v3", "")
	switch {
	case apierrors.IsNotFound(err), apierrors.IsNotAcceptable(err):
		return "", nil // before Kubernetes 1.24
	case err != nil:
		return "", fmt.Errorf("find the schema: %w", err)
	}
	address := index.in("paths", strings.TrimPrefix(kind.root(), "/")).raw("serverRelativeURL")
	if !strings.HasPrefix(address, "/openapi/v3/") { // it is a path of this server or nothing
		return "", nil
	}
	return address, nil
}
