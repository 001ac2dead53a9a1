package kubeconfig_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/client-go/tools/clientcmd"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

// TestThroughHoldsNoSecret reads what kubectl would, with kubectl's own parser.
func TestThroughHoldsNoSecret(t *testing.T) {
	file, err := kubeconfig.Parse([]byte(`
apiVersion: v1
kind: Config
clusters: [{name: c, cluster: {server: "https://a.example", proxy-url: "http://me:proxysecret@proxy.example:3128"}}]
users: [{name: u, user: {token: tokensecret, as: jane}}]
contexts: [{name: x, context: {cluster: c, user: u, namespace: n}}]
`), "test")
	if err != nil {
		t.Fatal(err)
	}
	credential, err := file.Contexts[0].Credential(nil)
	if err != nil {
		t.Fatal(err)
	}
	text, err := credential.Through("/opt/binnacle", []string{"credential", "id1"}, "ask for it")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(text, "tokensecret") || strings.Contains(text, "proxysecret") {
		t.Errorf("a secret got out:\n%s", text)
	}
	got, err := clientcmd.Load([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	user := got.AuthInfos["u"]
	want := []string{"/opt/binnacle", "credential", "id1"}
	if diff := cmp.Diff(want, append([]string{user.Exec.Command}, user.Exec.Args...)); diff != "" {
		t.Errorf("the command (-want +got):\n%s", diff)
	}
	if user.Impersonate != "jane" || got.Contexts[got.CurrentContext].Namespace != "n" || user.Exec.InteractiveMode != clientcmdapi.IfAvailableExecInteractiveMode {
		t.Errorf("lost on the way:\n%s", text)
	}
}
