package herd

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/labels"
)

// get answers with one object.
func (q *request) get() {
	o := q.store.get(q.namespace, q.name)
	if o == nil {
		q.notFound(q.name)
		return
	}
	q.w.Header().Set("Content-Type", "application/json")
	var b []byte
	switch q.as {
	case table:
		b = head{version: o.version}.appendTable(nil, q.kind.columns)
		b = append(q.kind.appendRow(b, o, q.r.URL.Query().Get("includeObject"), time.Now()), "]}"...)
	case metadataOnly:
		b = q.kind.appendPartial(nil, o)
	case whole:
		b = q.kind.appendWhole(nil, o, true)
	}
	_, _ = q.w.Write(append(b, '\n'))
}

// place is what a continue token says.
type place struct {
	Version string `json:"v"`
	RV      uint64 `json:"rv"`
	Start   string `json:"start"` // after this namespace/name
}

// list answers with a page of objects, put together as it goes.
func (q *request) list() {
	match, ok := q.selector()
	if !ok {
		return
	}
	limit, _ := strconv.Atoi(q.r.URL.Query().Get("limit"))
	objects, version := q.store.list(q.now)
	after, ok := q.after()
	if !ok {
		return
	}
	if after.Version != "" {
		version = after.RV
	}
	var page []*object
	h := head{version: version}
	for _, o := range objects {
		if (q.namespace != "" && o.namespace != q.namespace) || !match(o) || (after.Version != "" && o.key() <= after.Start) {
			continue
		}
		if limit > 0 && len(page) == limit {
			h.remaining++
			continue
		}
		page = append(page, o)
	}
	if h.remaining > 0 {
		token := appendJSON(nil, place{Version: "meta.k8s.io/v1", RV: version, Start: page[limit-1].key()})
		h.token = base64.RawURLEncoding.EncodeToString(token)
		if q.selects() { // a real server doesn't count what it would have to filter
			h.remaining = 0
		}
	}
	q.page(h, page)
}

// key orders objects as etcd does.
func (o *object) key() string { return o.namespace + "/" + o.name + "\x00" }

// after is where a page begins.
func (q *request) after() (p place, ok bool) {
	token := q.r.URL.Query().Get("continue")
	if token == "" {
		return place{}, true
	}
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err == nil {
		err = json.Unmarshal(raw, &p)
	}
	if err != nil {
		refuse(q.w, http.StatusBadRequest, "BadRequest", "invalid continue token: continue key is not valid: "+err.Error(), nil)
		return p, false
	}
	return p, true
}

func (q *request) page(h head, page []*object) {
	q.w.Header().Set("Content-Type", "application/json")
	include, now := q.r.URL.Query().Get("includeObject"), time.Now()
	var b []byte
	switch q.as {
	case table:
		b = h.appendTable(nil, q.kind.columns)
	case metadataOnly:
		b = append(h.appendMetadata([]byte(`{"kind":"PartialObjectMetadataList","apiVersion":"meta.k8s.io/v1",`)), `,"items":[`...)
	case whole:
		b = append(h.appendMetadata(fmt.Appendf(nil, `{"kind":"%sList","apiVersion":%q,`, q.kind.name, q.kind.apiVersion())), `,"items":[`...)
	}
	for i, o := range page {
		if i > 0 {
			b = append(b, ',')
		}
		switch q.as {
		case table:
			b = q.kind.appendRow(b, o, include, now)
		case metadataOnly:
			b = q.kind.appendPartial(b, o)
		case whole:
			b = q.kind.appendWhole(b, o, false)
		}
		if len(b) >= flushBytes {
			if _, err := q.w.Write(b); err != nil {
				return
			}
			b = b[:0]
		}
	}
	_, _ = q.w.Write(append(b, "]}\n"...))
}

func (q *request) selects() bool {
	query := q.r.URL.Query()
	return query.Get("labelSelector") != "" || query.Get("fieldSelector") != ""
}

// selector is what the client wants of the objects. It answers itself, and says no, when that can't be told.
func (q *request) selector() (match func(*object) bool, ok bool) {
	query := q.r.URL.Query()
	byLabel, err := labels.Parse(query.Get("labelSelector"))
	if err != nil {
		refuse(q.w, http.StatusBadRequest, "BadRequest", "unable to parse requirement: "+err.Error(), nil)
		return nil, false
	}
	byField, err := fields.ParseSelector(query.Get("fieldSelector"))
	if err != nil {
		refuse(q.w, http.StatusBadRequest, "BadRequest", err.Error(), nil)
		return nil, false
	}
	for _, field := range byField.Requirements() {
		if _, known := (&object{}).field(field.Field); !known {
			refuse(q.w, http.StatusBadRequest, "BadRequest", "field label not supported: "+field.Field, nil)
			return nil, false
		}
	}
	return func(o *object) bool {
		for _, field := range byField.Requirements() {
			if value, _ := o.field(field.Field); (value == field.Value) == (field.Operator == "!=") {
				return false
			}
		}
		return byLabel.Empty() || byLabel.Matches(q.kind.labels(o))
	}, true
}

// field is the value of one that can be selected by.
func (o *object) field(path string) (value string, known bool) {
	switch path {
	case "metadata.name":
		return o.name, true
	case "metadata.namespace":
		return o.namespace, true
	case "spec.nodeName":
		return o.node, true
	case "status.phase":
		if o.state == nil {
			return "", true
		}
		return o.state.phase, true
	case "involvedObject.name":
		return o.app, true
	case "involvedObject.uid":
		return o.setUID, true
	case "type":
		return eventOf(o).kind, true
	}
	return "", strings.HasPrefix(path, "involvedObject.")
}

func (k *kind) labels(o *object) labels.Set {
	var m metav1.ObjectMeta
	if json.Unmarshal(k.appendMetadata(nil, o), &m) != nil {
		return nil
	}
	return m.Labels
}
