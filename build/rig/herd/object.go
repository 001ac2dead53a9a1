package herd

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
)

// object is what an object doesn't share with the others of its kind. It is never
// changed: a change is a new one in its place.
type object struct {
	namespace, name  string
	uid, setUID      string
	app, hash        string // what it is part of; of an event, the pod that it is about
	node, ip, hostIP string
	state            *state
	restarts         int
	count            int // of an event; of a deployment's replicas
	created, changed int64
	version          uint64
	body             map[string]any // as a client wrote it; nil: it is made of the kind's template
}

// state is how a pod stands, with what its Table and its status say of that.
type state struct {
	word, phase string
	ready       bool
	container   string // JSON
	completed   string // JSON of the row's conditions; "" is none
}

func podStates() []*state {
	waiting := func(word, phase, message string) *state {
		return &state{word: word, phase: phase, container: fmt.Sprintf(`{"waiting":{"reason":%q,"message":%q}}`, word, message)}
	}
	running := &state{word: "Running", phase: "Running", ready: true, container: `{"running":{"startedAt":"2026-11-23T18:00:03Z"}}`}
	unready := &state{word: "Running", phase: "Running", container: running.container}
	done := &state{
		word: "Completed", phase: "Succeeded", container: `{"terminated":{"exitCode":0,"reason":"Completed","startedAt":"2026-11-23T18:00:03Z","finishedAt":"2026-11-23T18:02:03Z"}}`,
		completed: `[{"type":"Completed","status":"True","reason":"Succeeded","message":"The pod has completed successfully."}]`,
	}
	crash := waiting("CrashLoopBackOff", "Running", "back-off 5m0s restarting failed container=app")
	pull := waiting("ImagePullBackOff", "Pending", "Back-off pulling image")
	creating := waiting("ContainerCreating", "Pending", "")
	// Most pods of a healthy cluster run.
	return []*state{running, running, running, running, running, running, running, running, running, running, running, running, unready, done, crash, pull, creating}
}

// digest is some hex that an object has for itself alone.
func digest(n int, of ...string) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(strings.Join(of, "/")))
	random, b := rand.New(rand.NewPCG(h.Sum64(), 1)), []byte(nil)
	for len(b) < n {
		b = binary.BigEndian.AppendUint64(b, random.Uint64())
	}
	return hex.EncodeToString(b)[:n]
}

func uid(of ...string) string {
	d := digest(32, of...)
	return d[:8] + "-" + d[8:12] + "-4" + d[13:16] + "-a" + d[17:20] + "-" + d[20:]
}

// placeholders is what templates can ask of an object.
func placeholders() map[string]func(b []byte, o *object) []byte {
	text := func(of func(o *object) string) func([]byte, *object) []byte {
		return func(b []byte, o *object) []byte { return append(b, of(o)...) }
	}
	number := func(of func(o *object) int) func([]byte, *object) []byte {
		return func(b []byte, o *object) []byte { return strconv.AppendInt(b, int64(of(o)), 10) }
	}
	seconds := func(of func(o *object) int64) func([]byte, *object) []byte {
		return func(b []byte, o *object) []byte { return time.Unix(of(o), 0).UTC().AppendFormat(b, time.RFC3339) }
	}
	return map[string]func([]byte, *object) []byte{
		"name": text(func(o *object) string { return o.name }), "namespace": text(func(o *object) string { return o.namespace }),
		"uid": text(func(o *object) string { return o.uid }), "setUID": text(func(o *object) string { return o.setUID }),
		"app": text(func(o *object) string { return o.app }), "hash": text(func(o *object) string { return o.hash }),
		"suffix": text(func(o *object) string { return o.name[max(0, len(o.name)-5):] }),
		"node":   text(func(o *object) string { return o.node }),
		"ip":     text(func(o *object) string { return o.ip }), "hostIP": text(func(o *object) string { return o.hostIP }),
		"phase": text(func(o *object) string { return o.state.phase }), "state": text(func(o *object) string { return o.state.container }),
		"ready":       func(b []byte, o *object) []byte { return strconv.AppendBool(b, o.state.ready) },
		"readyStatus": text(readyStatus),
		"zone":        text(func(o *object) string { return string("abc"[len(o.uid+o.name)%3]) }),
		"digest":      text(func(o *object) string { return digest(64, o.uid) }),
		"reason":      text(func(o *object) string { return eventOf(o).reason }), "type": text(func(o *object) string { return eventOf(o).kind }),
		"message":  text(func(o *object) string { return eventOf(o).message }),
		"restarts": number(func(o *object) int { return o.restarts }), "count": number(func(o *object) int { return o.count }),
		"replicas":      number(func(o *object) int { return o.count }),
		"readyReplicas": number(func(o *object) int { return max(0, o.count-o.restarts) }),
		"version":       func(b []byte, o *object) []byte { return strconv.AppendUint(b, o.version, 10) },
		"created":       seconds(func(o *object) int64 { return o.created }), "changed": seconds(func(o *object) int64 { return o.changed }),
	}
}

func readyStatus(o *object) string {
	if o.state.ready {
		return "True"
	}
	return "False"
}

// event is what an event tells.
type event struct{ kind, reason, message string }

func eventOf(o *object) event {
	all := [...]event{
		{"Normal", "Pulled", "Container image already present on machine"},
		{"Normal", "Created", "Created container: app"},
		{"Normal", "Started", "Started container app"},
		{"Normal", "Killing", "Stopping container app"},
		{"Warning", "BackOff", "Back-off restarting failed container app in pod"},
		{"Warning", "Unhealthy", "Readiness probe failed: HTTP probe failed with statuscode: 503"},
	}
	return all[o.restarts%len(all)]
}
