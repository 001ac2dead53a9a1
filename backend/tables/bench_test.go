package tables

import (
	"bytes"
	"fmt"
	"io"
	"testing"

	"github.com/binnacle-dev/binnacle/backend/pane"
)

// podTable is the Table of so many pods as an API server writes it, 2.2 KB each: most of it is managedFields.
func podTable(pods int) []byte {
	var b bytes.Buffer
	b.WriteString(`{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"12345"},"columnDefinitions":[`)
	for i, name := range []string{"Name", "Ready", "Status", "Restarts", "Age", "IP", "Node", "Nominated Node", "Readiness Gates"} {
		if i > 0 {
			b.WriteByte(',')
		}
		format := ""
		if name == "Name" {
			format = "name"
		}
		fmt.Fprintf(&b, `{"name":%q,"type":"string","format":%q,"description":"","priority":%d}`, name, format, i/5)
	}
	b.WriteString(`],"rows":[`)
	for i := range pods {
		if i > 0 {
			b.WriteByte(',')
		}
		app := fmt.Sprintf("web-%04d", i/10)
		pod := fmt.Sprintf("%s-7d4b9c6f5d-x%04d", app, i%10000)
		fmt.Fprintf(&b, `{"cells":[%q,"1/1","Running","0","5d3h","10.244.%d.%d","node-%d","\u003cnone\u003e","\u003cnone\u003e"],`, pod, i/250, i%250, i%50)
		fmt.Fprintf(&b, `"object":{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":{"name":%q,"generateName":"%s-7d4b9c6f5d-",`, pod, app)
		fmt.Fprintf(&b, `"namespace":"team-%d","uid":"8d6b6b1e-2f3a-4c55-9a50-%012d","resourceVersion":"%d",`, i/10%40, i, 100000+i)
		fmt.Fprintf(&b, `"creationTimestamp":"2026-11-18T15:%02d:%02dZ","labels":{"app":%q,"pod-template-hash":"7d4b9c6f5d",`, i/60%60, i%60, app)
		b.WriteString(podMetadata)
	}
	b.WriteString("]}\n")
	return b.Bytes()
}

const podMetadata = `"app.kubernetes.io/part-of":"shop","tier":"front"},"annotations":{"prometheus.io/scrape":"true","checksum/config":"6f1ed002ab5595859014ebf0951522d9"},` +
	`"ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"web-7d4b9c6f5d","uid":"0d6b6b1e-2f3a-4c55-9a50-000000000001","controller":true,"blockOwnerDeletion":true}],` +
	`"managedFields":[{"manager":"kube-controller-manager","operation":"Update","apiVersion":"v1","time":"2026-11-18T15:00:00Z","fieldsType":"FieldsV1","fieldsV1":{"f:metadata":{` +
	`"f:annotations":{".":{},"f:checksum/config":{},"f:prometheus.io/scrape":{}},"f:generateName":{},"f:labels":{".":{},"f:app":{},"f:pod-template-hash":{},"f:tier":{}},` +
	`"f:ownerReferences":{".":{},"k:{\"uid\":\"0d6b6b1e-2f3a-4c55-9a50-000000000001\"}":{}}},"f:spec":{"f:containers":{"k:{\"name\":\"web\"}":{".":{},"f:image":{},"f:imagePullPolicy":{},` +
	`"f:name":{},"f:resources":{},"f:terminationMessagePath":{},"f:terminationMessagePolicy":{}}},"f:dnsPolicy":{},"f:enableServiceLinks":{},"f:restartPolicy":{},"f:schedulerName":{},` +
	`"f:securityContext":{},"f:terminationGracePeriodSeconds":{}}}},{"manager":"kubelet","operation":"Update","apiVersion":"v1","time":"2026-11-18T15:00:05Z","fieldsType":"FieldsV1",` +
	`"fieldsV1":{"f:status":{"f:conditions":{"k:{\"type\":\"ContainersReady\"}":{".":{},"f:lastProbeTime":{},"f:lastTransitionTime":{},"f:status":{},"f:type":{}},` +
	`"k:{\"type\":\"Initialized\"}":{".":{},"f:lastProbeTime":{},"f:lastTransitionTime":{},"f:status":{},"f:type":{}},` +
	`"k:{\"type\":\"Ready\"}":{".":{},"f:lastProbeTime":{},"f:lastTransitionTime":{},"f:status":{},"f:type":{}}},"f:containerStatuses":{},"f:hostIP":{},"f:phase":{},"f:podIP":{},` +
	`"f:podIPs":{".":{},"k:{\"ip\":\"10.244.1.2\"}":{".":{},"f:ip":{}}},"f:startTime":{}}},"subresource":"status"}]}}}`

// counting is a sink that keeps nothing.
type counting struct{ rows, cells int }

func (c *counting) put(_ []pane.Definition, records []pane.Record) {
	for _, r := range records {
		c.rows++
		c.cells += len(r.Cells)
	}
}

func (c *counting) remove([]string) {}

// inPieces gives a body in pieces as large as those of a compressed answer.
type inPieces struct{ io.Reader }

func (r inPieces) Read(b []byte) (int, error) { return r.Reader.Read(b[:min(len(b), 32<<10)]) }

// What of a list's time is ours: its rows without the store behind.
func BenchmarkList(b *testing.B) {
	const pods = 5000
	body := podTable(pods)
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		var c counting
		if _, err := newDecoder(inPieces{bytes.NewReader(body)}, listFirst, &c).list(); err != nil || c.rows != pods {
			b.Fatal(err, c)
		}
	}
}
