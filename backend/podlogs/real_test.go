package podlogs_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/binnacle-dev/binnacle/backend/fleet"
	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/podlogs"
)

const workloads = `
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: default}
spec:
  replicas: 2
  serviceName: db
  podManagementPolicy: Parallel
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:
      initContainers: [{name: setup, image: none}]
      containers: [{name: db, image: none}]
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly, namespace: default}
spec:
  schedule: "0 0 1 1 *"
  jobTemplate:
    spec:
      template:
        spec: {restartPolicy: Never, containers: [{name: job, image: none}]}
`

func ref(group, version, resource, name string) podlogs.Ref {
	return podlogs.Ref{Member: "m", Group: group, Version: version, Resource: resource, Namespace: "default", Name: name}
}

func connect(t *testing.T, file []byte) *fleet.Client {
	t.Helper()
	parsed, err := kubeconfig.Parse(file, "test")
	if err != nil {
		t.Fatal(err)
	}
	credential, err := parsed.Contexts[0].Credential(nil)
	if err != nil {
		t.Fatal(err)
	}
	client, err := fleet.Dial(credential, "binnacle/test")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	return client
}

// opened is a log with a bell.
type opened struct {
	*podlogs.Log

	rung chan struct{}
}

func open(t *testing.T, client *fleet.Client, o podlogs.Options) *opened {
	t.Helper()
	l := &opened{rung: make(chan struct{}, 1)}
	o.Requests = func(string) (podlogs.Requests, error) { return client, nil }
	o.Changed = func() {
		select {
		case l.rung <- struct{}{}:
		default:
		}
	}
	l.Log = podlogs.Open(t.Context(), o)
	t.Cleanup(l.Close)
	return l
}

// until waits for a window that is wanted.
func (l *opened) until(t *testing.T, what string, wanted func(podlogs.Window) bool) podlogs.Window {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for {
		w := l.Window(podlogs.Query{})
		if wanted(w) {
			return w
		}
		select {
		case <-l.rung:
		case <-ctx.Done():
			t.Fatalf("there is no %s; there is %+v", what, w)
		}
	}
}

func lines(w podlogs.Window) []string {
	var all []string
	for _, line := range w.Lines {
		for _, s := range w.Sources {
			if s.Key == line.Source {
				all = append(all, s.Pod+"/"+s.Container+": "+line.Text)
			}
		}
	}
	return all
}

// TestRealLogs reads logs through real API servers: of a StatefulSet whose pods come and go, through a proxy that cuts the
// streams, of a job of a CronJob, and of a pod that is not the reader's.
func TestRealLogs(t *testing.T) {
	for _, version := range []string{"1.36", "1.33"} {
		t.Run(version, func(t *testing.T) {
			t.Parallel()
			of := func(pod, name string) kubetest.Container {
				return kubetest.Container{Namespace: "default", Pod: pod, Name: name}
			}
			c := kubetest.Start(t, kubetest.Version(version), kubetest.WithNodes(2, of("db-0", "db"), of("db-1", "db"), of("db-2", "db"), of("db-0", "setup")))
			c.Apply(t, workloads)
			c.WriteLog(t, of("db-0", "setup"), "made the schema")
			c.WriteLog(t, of("db-0", "db"), "INFO db-0 is up", "\x1b[31mERROR\x1b[0m disk")
			c.WriteLog(t, of("db-1", "db"), "db-1 is up")
			proxy := c.Proxy(t)
			client := connect(t, proxy.Kubeconfig(c.Admin()))

			t.Run("workload", func(t *testing.T) { follow(t, c, proxy, client, of) })
			t.Run("cron job", func(t *testing.T) { cron(t, c, client) })
			t.Run("forbidden", func(t *testing.T) { forbidden(t, c) })
		})
	}
}

func follow(t *testing.T, c *kubetest.Cluster, proxy *kubetest.Proxy, client *fleet.Client, of func(pod, name string) kubetest.Container) {
	t.Helper()
	l := open(t, client, podlogs.Options{Refs: []podlogs.Ref{ref("apps", "v1", "statefulsets", "db")}})
	want := []string{"db-0/setup: made the schema", "db-0/db: INFO db-0 is up", "db-0/db: ERROR disk", "db-1/db: db-1 is up"}
	w := l.until(t, "first four lines", func(w podlogs.Window) bool { return len(lines(w)) == 4 })
	if diff := cmp.Diff(want, lines(w)); diff != "" {
		t.Errorf("lines at first (-want +got):\n%s", diff)
	}
	if w.Lines[2].Level != podlogs.Error {
		t.Errorf("the third line is %s", w.Lines[2].Level)
	}

	for i := range 40 { // the streams break off again and again
		if i%10 == 5 {
			proxy.Mode(kubetest.Refusing)
			proxy.Mode(kubetest.Open)
		}
		pod := fmt.Sprintf("db-%d", i%2)
		c.WriteLog(t, of(pod, "db"), fmt.Sprint("line ", i), "the same")
		want = append(want, fmt.Sprintf("%s/db: line %d", pod, i), pod+"/db: the same")
	}
	w = l.until(t, "lines after the cuts", func(w podlogs.Window) bool { return len(lines(w)) >= len(want) })
	if diff := cmp.Diff(want, lines(w)); diff != "" {
		t.Errorf("lines after the cuts (-want +got):\n%s", diff)
	}

	c.Apply(t, strings.Replace(strings.Split(workloads, "---")[0], "replicas: 2", "replicas: 3", 1))
	c.WriteLog(t, of("db-2", "db"), "db-2 is up")
	l.until(t, "line of the new pod", func(w podlogs.Window) bool {
		return len(w.Lines) > 0 && w.Lines[len(w.Lines)-1].Text == "db-2 is up"
	})
	c.Apply(t, strings.Replace(strings.Split(workloads, "---")[0], "replicas: 2", "replicas: 1", 1))
	w = l.until(t, "end of the pods that are gone", func(w podlogs.Window) bool {
		ended := 0
		for _, s := range w.Sources {
			if s.State == podlogs.Ended && s.Pod != "db-0" {
				ended++
			}
		}
		return ended == 4
	})
	if w.Total != len(want)+1 {
		t.Errorf("%d lines are left of %d", w.Total, len(want)+1)
	}
}

func cron(t *testing.T, c *kubetest.Cluster, client *fleet.Client) {
	t.Helper()
	l := open(t, client, podlogs.Options{Refs: []podlogs.Ref{ref("batch", "v1", "cronjobs", "nightly")}})
	l.until(t, "word that it has no jobs", func(w podlogs.Window) bool {
		return len(w.Sources) == 1 && w.Sources[0].Why == "It has no jobs now."
	})
	var cronJob struct{ Metadata struct{ UID string } }
	if err := client.Get(t.Context(), "/apis/batch/v1/namespaces/default/cronjobs/nightly", &cronJob); err != nil {
		t.Fatal(err)
	}
	c.Apply(t, `
apiVersion: batch/v1
kind: Job
metadata:
  name: nightly-1
  namespace: default
  ownerReferences: [{apiVersion: batch/v1, kind: CronJob, name: nightly, controller: true, uid: `+cronJob.Metadata.UID+`}]
spec:
  template:
    spec: {restartPolicy: Never, containers: [{name: job, image: none}]}
`)
	c.WriteLog(t, kubetest.Container{}, "backed up")
	l.until(t, "log of a job that is done", func(w podlogs.Window) bool {
		return len(w.Sources) == 1 && w.Sources[0].State == podlogs.Ended && len(w.Lines) == 1
	})
}

// forbidden reads as one who may see pods and workloads, but no logs.
func forbidden(t *testing.T, c *kubetest.Cluster) {
	t.Helper()
	c.Allow(t, "eve", `{apiGroups: ["", apps], resources: [pods, statefulsets], verbs: [get, list, watch]}`)
	l := open(t, connect(t, c.User(t, "eve")), podlogs.Options{Refs: []podlogs.Ref{ref("", "v1", "pods", "db-0")}})
	w := l.until(t, "refusal", func(w podlogs.Window) bool {
		return len(w.Sources) == 2 && w.Sources[0].State == podlogs.Failed && w.Sources[1].State == podlogs.Failed
	})
	if why := w.Sources[0].Why; !strings.Contains(why, "You may not read logs here") || !strings.Contains(why, "eve") {
		t.Errorf("why: %q", why)
	}
}
