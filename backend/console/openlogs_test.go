package console_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
)

const chatty = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: chatty, namespace: default}
spec:
  replicas: 2
  selector: {matchLabels: {app: chatty}}
  template:
    metadata: {labels: {app: chatty}}
    spec: {containers: [{name: main, image: none}]}
`

// TestLogsOfAWorkload follows a deployment's pods through the API server, searches, saves, and ends.
func TestLogsOfAWorkload(t *testing.T) {
	cluster := kubetest.Start(t, kubetest.WithNodes(1))
	primaryFor(t, cluster)
	cluster.Apply(t, chatty)
	cluster.WriteLog(t, kubetest.Container{}, "ERROR \x1b[31mdisk\x1b[0m is full", "all is well")
	p := newMachine(t).start(t)
	p.logIn("one", cluster.User(t, "operator", "system:masters"))
	p.choose(bridge.ModeOpen, "", false)
	p.live("one")
	p.until("the kinds are known", func() bool { return len(must[bridge.Catalog](p, "/api/catalog", nil).Kinds) > 0 })

	ref := bridge.ObjectRef{Member: p.member("one").ID, Kind: "deployments.apps", Namespace: "default", Name: "chatty"}
	id := must[bridge.Named](p, "/api/logs", bridge.LogRequest{Refs: []bridge.ObjectRef{ref}}).ID
	window := func(q bridge.LogQuery) bridge.LogWindow { return must[bridge.LogWindow](p, "/api/logs/"+id, q) }
	all := bridge.LogQuery{From: -1, Limit: 100}
	p.until("both pods' lines", func() bool { return window(all).Matched == 4 })
	errors := window(bridge.LogQuery{Levels: []bridge.LogLevel{bridge.LogError}, Search: "DISK", From: 0, Limit: 10})
	if errors.Matched != 2 || errors.Lines[0].Text != "ERROR disk is full" || errors.Lines[0].Source == errors.Lines[1].Source {
		t.Errorf("errors about the disk: %+v", errors)
	}
	cluster.WriteLog(t, kubetest.Container{}, "one more")
	p.until("what came since", func() bool { return window(bridge.LogQuery{Search: "one more", Limit: 10}).Matched == 2 })

	if must[bridge.Saved](p, "/api/logs/"+id+"/download", all).Saved {
		t.Error("saved, though the person cancelled")
	}
	p.saveTo = filepath.Join(t.TempDir(), "chatty.log")
	if !must[bridge.Saved](p, "/api/logs/"+id+"/download", all).Saved {
		t.Error("not saved")
	}
	if text, err := os.ReadFile(p.saveTo); err != nil || strings.Count(string(text), "\n") != 6 || !strings.Contains(string(text), "one/") {
		t.Errorf("saved %q, %v", text, err)
	}
	request := bridge.LogRequest{Refs: []bridge.ObjectRef{ref}}
	ids := []string{id}
	for range 8 { // one more than are kept
		another := must[bridge.Named](p, "/api/logs", request).ID
		ids = append(ids, another)
		p.until("it rings", func() bool { return p.Rung(another) })
	}
	if p.Rung(id) {
		t.Error("the doorbell of the log that made place is kept")
	}
	id = ids[1]
	must[struct{}](p, "/api/logs/"+id+"/close", struct{}{})
	if _, failure := fetch[bridge.LogWindow](p, "/api/logs/"+id, all); failure == nil || failure.Code != bridge.CodeNotFound {
		t.Errorf("a closed log answers: %+v", failure)
	}
	if p.Rung(id) {
		t.Error("the doorbell of a closed log is kept")
	}
	if err := p.LogOut(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	if slices.ContainsFunc(ids, p.Rung) {
		t.Error("a log's doorbell outlives the view")
	}
}

// TestLogsOverMembers finds a workload's namesakes in other members, by rows and by asking, and joins and leaves their logs while
// the log is open. A member where the person may read no logs says so beside the lines of the others.
func TestLogsOverMembers(t *testing.T) {
	one, two, three := kubetest.Start(t, kubetest.WithNodes(1)), kubetest.Start(t, kubetest.WithNodes(1)), kubetest.Start(t, kubetest.WithControllers())
	primaryFor(t, one)
	for _, c := range []*kubetest.Cluster{one, two, three} {
		c.Apply(t, chatty)
	}
	one.Apply(t, strings.ReplaceAll(chatty, "chatty", "alone"))
	one.WriteLog(t, kubetest.Container{}, "from one")
	two.WriteLog(t, kubetest.Container{}, "from two")
	p := newMachine(t).start(t)
	p.logIn("one", one.User(t, "operator", "system:masters"))
	p.choose(bridge.ModeOpen, "", false)
	p.connect("two", two.User(t, "operator", "system:masters"))
	proxy := three.Proxy(t)
	three.Allow(t, "limited", `{apiGroups: ["", apps], resources: [pods, deployments], verbs: [get, list, watch]}`)
	p.connect("three", proxy.Kubeconfig(three.User(t, "limited")))
	p.live("one", "two", "three")
	p.until("all serve deployments", func() bool {
		c := must[bridge.Catalog](p, "/api/catalog", nil)
		return slices.ContainsFunc(c.Kinds, func(k bridge.Kind) bool { return k.Key == "deployments.apps" && k.Members == 3 })
	})
	ref := func(member, name string) bridge.ObjectRef {
		return bridge.ObjectRef{Member: p.member(member).ID, Kind: "deployments.apps", Namespace: "default", Name: name}
	}
	namesakes := func(name string) string {
		n := must[bridge.Namesakes](p, "/api/object/namesakes", ref("one", name))
		return fmt.Sprint(p.holders(n.Refs), len(n.Unsure))
	}
	same := func(how string) {
		t.Helper()
		if diff := cmp.Diff([]string{"[two three] 0", "[] 0"}, []string{namesakes("chatty"), namesakes("alone")}); diff != "" {
			t.Errorf("%s (-want +got):\n%s", how, diff)
		}
	}
	same("by asking")
	p.until("the rows of all", func() bool {
		w := p.window(bridge.TableQuery{Kind: "deployments.apps"})
		return w.Total == 4 && !slices.ContainsFunc(w.Members, func(m bridge.TableMember) bool { return m.State != bridge.TableLive })
	})
	same("by rows")

	id := must[bridge.Named](p, "/api/logs", bridge.LogRequest{Refs: []bridge.ObjectRef{ref("one", "chatty")}}).ID
	window := func() bridge.LogWindow {
		return must[bridge.LogWindow](p, "/api/logs/"+id, bridge.LogQuery{From: -1, Limit: 100})
	}
	p.until("the lines of one", func() bool { return window().Matched == 2 })
	must[struct{}](p, "/api/logs/"+id+"/join", bridge.LogJoin{Refs: []bridge.ObjectRef{ref("two", "chatty"), ref("three", "chatty")}})
	p.until("the lines of two more, and why those of three aren't there", func() bool {
		w := window()
		refused := slices.ContainsFunc(w.Sources, func(s bridge.LogSource) bool {
			return s.Member == p.member("three").ID && s.State == "failed" && strings.HasPrefix(s.Why, "You may not read logs here.")
		})
		return w.Matched == 4 && refused
	})
	must[struct{}](p, "/api/logs/"+id+"/leave", bridge.LogLeave{Member: p.member("two").ID})
	if w := window(); w.Matched != 2 || slices.ContainsFunc(w.Sources, func(s bridge.LogSource) bool { return s.Member == p.member("two").ID }) {
		t.Errorf("after two was left: %+v", w)
	}
	proxy.Mode(kubetest.Silent)
	unsure := must[bridge.Namesakes](p, "/api/object/namesakes", bridge.ObjectRef{Member: p.member("one").ID, Kind: "statefulsets.apps", Namespace: "default", Name: "chatty"})
	if len(unsure.Refs) != 0 || len(unsure.Unsure) != 1 || unsure.Unsure[0].Member != p.member("three").ID || unsure.Unsure[0].Why == "" {
		t.Errorf("a member that hangs: %+v", unsure)
	}
	many := slices.Repeat([]bridge.ObjectRef{ref("one", "chatty")}, 101)
	if _, failure := fetch[struct{}](p, "/api/logs/"+id+"/join", bridge.LogJoin{Refs: many}); failure == nil || failure.Code != bridge.CodeInvalid {
		t.Errorf("joined 101 objects: %+v", failure)
	}
}

// holders are the names of the members of refs.
func (p *program) holders(refs []bridge.ObjectRef) []string {
	out := []string{}
	for _, m := range p.Fleet().Members {
		if slices.ContainsFunc(refs, func(r bridge.ObjectRef) bool { return r.Member == m.ID }) {
			out = append(out, m.Name)
		}
	}
	return out
}
