package logs

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Handler redacts records on their way to another handler.
type Handler struct {
	next slog.Handler
	hide bool // inside a group with a telling name: everything goes
}

// NewHandler puts redaction in front of a handler.
func NewHandler(next slog.Handler) *Handler { return &Handler{next: next} }

// Enabled asks the next handler.
func (h *Handler) Enabled(ctx context.Context, l slog.Level) bool { return h.next.Enabled(ctx, l) }

// Handle redacts the message and every attribute.
func (h *Handler) Handle(ctx context.Context, r slog.Record) error {
	clean := slog.NewRecord(r.Time, r.Level, Redact(r.Message), r.PC)
	r.Attrs(func(a slog.Attr) bool {
		clean.AddAttrs(h.attr(a))
		return true
	})
	return h.next.Handle(ctx, clean)
}

// WithAttrs redacts the attributes once, for all records to come.
func (h *Handler) WithAttrs(attrs []slog.Attr) slog.Handler {
	clean := make([]slog.Attr, len(attrs))
	for i, a := range attrs {
		clean[i] = h.attr(a)
	}
	return &Handler{next: h.next.WithAttrs(clean), hide: h.hide}
}

// WithGroup opens a group; one with a telling name hides all that comes in it.
func (h *Handler) WithGroup(name string) slog.Handler {
	return &Handler{next: h.next.WithGroup(Redact(name)), hide: h.hide || telling(name)}
}

func (h *Handler) attr(a slog.Attr) slog.Attr { return attr(a, h.hide) }

func attr(a slog.Attr, hide bool) slog.Attr {
	hide = hide || telling(a.Key)
	v := a.Value.Resolve()
	key := Redact(a.Key)
	switch v.Kind() {
	case slog.KindGroup:
		group := slices.Clone(v.Group())
		for i := range group {
			group[i] = attr(group[i], hide)
		}
		return slog.Attr{Key: key, Value: slog.GroupValue(group...)}
	case slog.KindString:
		return slog.String(key, text(v.String(), hide))
	case slog.KindBool, slog.KindDuration, slog.KindTime:
		return slog.Attr{Key: key, Value: v}
	case slog.KindInt64, slog.KindUint64, slog.KindFloat64:
		if hide {
			return slog.String(key, hidden)
		}
		return slog.Attr{Key: key, Value: v}
	case slog.KindAny, slog.KindLogValuer:
	}
	if hide {
		return slog.String(key, hidden)
	}
	return slog.Any(key, plain(v.Any()))
}

func text(s string, hide bool) string {
	if hide && s != "" {
		return hidden
	}
	return Redact(s)
}

// plain turns a value of any type into what its JSON would be, redacted, or into its text if it is an error or a URL.
func plain(v any) any {
	switch v := v.(type) {
	case nil:
		return nil
	case error:
		return Redact(errorText(v))
	case *url.URL:
		return Redact(v.String())
	case url.URL:
		return Redact(v.String())
	case []byte:
		return strconv.Itoa(len(v)) + " bytes"
	case time.Time, time.Duration:
		return v
	}
	b, err := marshal(v)
	if err != nil {
		return "!" + fmt.Sprintf("%T", v) // its text may be anything
	}
	var tree any
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	if d.Decode(&tree) != nil {
		return "!" + fmt.Sprintf("%T", v)
	}
	return walk(tree, false)
}

// errorText survives an error whose method panics, as a nil pointer's may.
func errorText(err error) (s string) {
	defer func() {
		if recover() != nil {
			s = "!" + fmt.Sprintf("%T", err)
		}
	}()
	return err.Error()
}

func marshal(v any) (b []byte, err error) {
	defer func() {
		if recover() != nil {
			err = fmt.Errorf("marshal %T", v)
		}
	}()
	return json.Marshal(v)
}

func walk(v any, hide bool) any {
	switch v := v.(type) {
	case map[string]any:
		named := tellingName(v)
		clean := make(map[string]any, len(v))
		for k, x := range v {
			clean[Redact(k)] = walk(x, hide || telling(k) || named && strings.EqualFold(k, "value"))
		}
		return clean
	case []any:
		for i, x := range v {
			v[i] = walk(x, hide)
		}
		return v
	case string:
		return text(v, hide)
	case json.Number:
		if hide {
			return hidden
		}
	}
	return v
}

// tellingName says whether a pair of name and value, as in an exec block's environment, has a telling name.
func tellingName(m map[string]any) bool {
	for k, x := range m {
		if name, ok := x.(string); ok && strings.EqualFold(k, "name") && telling(name) {
			return true
		}
	}
	return false
}
