package console_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

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
	must[struct{}](p, "/api/logs/"+id+"/close", struct{}{})
	if _, failure := fetch[bridge.LogWindow](p, "/api/logs/"+id, all); failure == nil || failure.Code != bridge.CodeNotFound {
		t.Errorf("a closed log answers: %+v", failure)
	}
}
