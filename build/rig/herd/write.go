package herd

import (
	"encoding/json"
	"maps"
	"net/http"
	"strconv"
	"time"
)

// conflict is a refusal that a change ended with.
type conflict struct {
	code            int
	reason, message string
}

func (c *conflict) Error() string { return c.message }

// write makes, changes or deletes an object. Only Secrets can be made and changed.
func (q *request) write() {
	if q.r.Method == http.MethodDelete && q.name != "" {
		q.remove()
		return
	}
	create := q.r.Method == http.MethodPost && q.name == ""
	if q.kind.resource != "secrets" || (!create && (q.r.Method != http.MethodPut || q.name == "")) {
		refuse(q.w, http.StatusMethodNotAllowed, "MethodNotAllowed", "the server does not allow this method on the requested resource", nil)
		return
	}
	var body map[string]any
	if json.NewDecoder(q.r.Body).Decode(&body) != nil {
		refuse(q.w, http.StatusBadRequest, "BadRequest", "the object provided is unrecognized", nil)
		return
	}
	metadata, _ := body["metadata"].(map[string]any)
	name, _ := metadata["name"].(string)
	if name == "" || (!create && name != q.name) {
		refuse(q.w, http.StatusBadRequest, "BadRequest", "the name of the object does not match the name on the URL", nil)
		return
	}
	o, err := q.store.put(q.namespace, name, q.next, func(old *object) (*object, error) { return q.written(old, body, name, create) })
	if c, refused := err.(*conflict); refused { //nolint:errorlint // it is ours, and never wrapped
		refuse(q.w, c.code, c.reason, c.message, q.details(name))
		return
	}
	q.w.Header().Set("Content-Type", "application/json")
	if create {
		q.w.WriteHeader(http.StatusCreated)
	}
	_, _ = q.w.Write(append(q.kind.appendWhole(nil, o, true), '\n'))
}

// written is the object that a client's body makes of the old one.
func (q *request) written(old *object, body map[string]any, name string, create bool) (*object, error) {
	metadata, _ := body["metadata"].(map[string]any)
	version, _ := metadata["resourceVersion"].(string)
	now := time.Now().Unix()
	o := &object{namespace: q.namespace, name: name, uid: uid(q.Member.name, name, strconv.FormatInt(time.Now().UnixNano(), 10)), created: now, changed: now, body: body}
	named := q.kind.plural() + ` "` + name + `"`
	switch {
	case create && old != nil:
		return nil, &conflict{http.StatusConflict, "AlreadyExists", named + " already exists"}
	case create:
		return o, nil
	case old == nil:
		return nil, &conflict{http.StatusNotFound, "NotFound", named + " not found"}
	case version != "" && version != strconv.FormatUint(old.version, 10):
		return nil, &conflict{http.StatusConflict, "Conflict", "Operation cannot be fulfilled on " + named + ": the object has been modified; please apply your changes to the latest version and try again"}
	}
	o.uid, o.created = old.uid, old.created
	return o, nil
}

// bodyNow is the body as the server gives it back.
func (o *object) bodyNow() map[string]any {
	body := maps.Clone(o.body)
	delete(body, "kind")
	delete(body, "apiVersion")
	metadata, _ := body["metadata"].(map[string]any)
	metadata = maps.Clone(metadata)
	metadata["namespace"], metadata["uid"] = o.namespace, o.uid
	metadata["resourceVersion"] = strconv.FormatUint(o.version, 10)
	metadata["creationTimestamp"] = time.Unix(o.created, 0).UTC().Format(time.RFC3339)
	body["metadata"] = metadata
	return body
}

func (q *request) remove() {
	o, _ := q.store.put(q.namespace, q.name, q.next, func(*object) (*object, error) { return nil, nil }) //nolint:nilnil // nothing is what is to be left
	if o == nil {
		q.notFound(q.name)
		return
	}
	q.w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(q.w).Encode(map[string]any{
		"kind": "Status", "apiVersion": "v1", "metadata": map[string]any{}, "status": "Success",
		"details": map[string]any{"name": q.name, "kind": q.kind.resource, "uid": o.uid},
	})
}
