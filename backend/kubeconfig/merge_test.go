package kubeconfig

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMerge(t *testing.T) {
	a := mustParse(t, `kind: Config
contexts:
- {name: one, context: {cluster: shop, user: me}}
- {name: far, context: {cluster: elsewhere, user: you}}
clusters:
- {name: shop, cluster: {server: "https://a"}}
`, "/a/config")
	b := mustParse(t, `kind: Config
current-context: two
odd: 1
contexts:
- {name: one, context: {cluster: shop, user: you}}
- {name: two, context: {cluster: shop, user: you}}
clusters:
- {name: shop, cluster: {server: "https://b"}}
- {name: elsewhere, cluster: {server: "https://e", certificate-authority: ca.crt}}
users:
- {name: me, user: {token: x}}
- {name: you, user: {tokenFile: t, client-key-data: "%"}}
`, "/b/config")
	c := mustParse(t, "current-context: one\ncontexts:\n- {name: two, context: {cluster: shop, user: you}}", "/c/config")
	if a.Contexts[0].Problem == "" || a.Contexts[1].Problem == "" {
		t.Fatal("alone, the first file's contexts should lack their user and cluster")
	}
	m := Merge(a, nil, b, c)
	type row struct{ Source, Name, Server, Problem string }
	var got []row
	for _, c := range m.Contexts {
		got = append(got, row{c.Source, c.Name, c.Endpoint.Server, c.Problem})
		if c.Current != (c.Name == "two") {
			t.Errorf("current-context: %q is %v", c.Name, c.Current)
		}
	}
	bad := `line 12: user "you": client-key-data is not base64; export the file again with "kubectl config view --raw"`
	want := []row{
		{"/a/config", "one", "https://a", ""},
		{"/a/config", "far", "https://e", "/b/config, " + bad},
		{"/b/config", "two", "https://a", bad},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("contexts (-want +got):\n%s", d)
	}
	wantNotes := []string{
		`/b/config: line 3: kubeconfig: the field "odd" is not known and has no effect`,
		`/b/config: line 8: cluster "shop" is left out: /a/config has another of that name in line 6, and the first counts`,
		`/b/config: line 5: context "one" is left out: /a/config has another of that name in line 3, and the first counts`,
		`/c/config: line 3: context "two" is left out: /b/config has the same in line 6`,
	}
	if d := cmp.Diff(wantNotes, m.Notes); d != "" {
		t.Errorf("notes (-want +got):\n%s", d)
	}
	if d := cmp.Diff("/a/config, /b/config, /c/config", m.Source); d != "" {
		t.Error(d)
	}
	if Merge(nil, a) != a || len(Merge().Contexts) != 0 {
		t.Error("one file or none")
	}
}

// A relative path begins at the folder of the file that it stands in, not at that of the context.
func TestMergeFolders(t *testing.T) {
	a := mustParse(t, "contexts:\n- {name: one, context: {cluster: shop, user: me}}", "/a/config")
	b := mustParse(t, "clusters:\n- {name: shop, cluster: {server: \"https://b\"}}\nusers:\n- {name: me, user: {tokenFile: sub/t}}", "/b/config")
	var asked []string
	cred := mustCredential(t, Merge(a, b).Contexts[0], func(path string) ([]byte, error) {
		asked = append(asked, path)
		return []byte("from-file\n"), nil
	})
	if d := cmp.Diff([]string{"/b/sub/t"}, asked); d != "" || cred.Auth() != AuthToken {
		t.Errorf("auth %q; asked for (-want +got):\n%s", cred.Auth(), d)
	}
}
