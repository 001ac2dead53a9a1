package kubeconfig

import (
	"bytes"
	"fmt"
	"testing"
)

// BenchmarkParse300 is a kubeconfig as large as people have: 300 clusters, each with its CA and its user's certificate and key.
func BenchmarkParse300(b *testing.B) {
	ca := authority(b)
	var contexts, clusters, users bytes.Buffer
	for i := range 300 {
		u := issue(b, ca, nil)
		fmt.Fprintf(&contexts, "- {name: admin@c%d, context: {cluster: c%d, user: u%d, namespace: default}}\n", i, i, i)
		fmt.Fprintf(&clusters, "- name: c%d\n  cluster:\n    server: https://c%d.example.com:6443\n    certificate-authority-data: %s\n", i, i, b64(ca.cert))
		fmt.Fprintf(&users, "- name: u%d\n  user:\n    client-certificate-data: %s\n    client-key-data: %s\n", i, b64(u.cert), b64(u.key))
	}
	data := fmt.Appendf(nil, "apiVersion: v1\nkind: Config\ncurrent-context: admin@c7\ncontexts:\n%sclusters:\n%susers:\n%s", &contexts, &clusters, &users)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		f, err := Parse(data, "/home/me/.kube/config")
		if err != nil || len(f.Contexts) != 300 || f.Contexts[299].Problem != "" {
			b.Fatal(err)
		}
	}
}
