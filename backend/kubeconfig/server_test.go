package kubeconfig

import (
	"strings"
	"testing"
)

func TestNormalServer(t *testing.T) {
	for in, want := range map[string]string{
		"https://Shop.Example.COM":                     "https://shop.example.com",
		"https://shop:443":                             "https://shop",
		"https://shop:0443/":                           "https://shop",
		"http://shop:80/":                              "http://shop",
		"https://shop:80":                              "https://shop:80",
		"HTTPS://shop:6443///":                         "https://shop:6443",
		"https://shop:":                                "https://shop",
		" https://shop\n":                              "https://shop",
		"https://shop/k8s/Clusters/c-1/":               "https://shop/k8s/Clusters/c-1",
		"https://shop/a%2Fb":                           "https://shop/a%2Fb",
		"https://[2001:DB8:0:0::1]:6443":               "https://[2001:db8::1]:6443",
		"https://[::1]":                                "https://[::1]",
		"https://[::ffff:10.0.0.1]:6443":               "https://10.0.0.1:6443",
		"https://[fe80::1%25eth0]:6443":                "https://[fe80::1%25eth0]:6443",
		"https://10.0.0.1:6443":                        "https://10.0.0.1:6443",
		"https://A1B2.gr7.eu-west-1.eks.amazonaws.com": "https://a1b2.gr7.eu-west-1.eks.amazonaws.com",
	} {
		got, plain, err := NormalServer(in)
		if err != nil || got != want || plain != strings.HasPrefix(want, "http:") {
			t.Errorf("%q gave %q, %v, %v, want %q", in, got, plain, err, want)
		}
		if again, _, err := NormalServer(got); err != nil || again != got {
			t.Errorf("%q is not stable: %q, %v", got, again, err)
		}
	}
	for _, in := range []string{
		"", "shop", "shop:6443", "//shop", "https:shop", "https://", "https:///x", "unix:///x", "file:///etc/passwd", "ftp://shop", "javascript://x",
		"https://u@shop", "https://u:sesame@shop", "https://shop?", "https://shop#x", "https://shop:0", "https://shop:65536", "https://shop:-1",
		"https://shop:6443:1", "https://sh op", "https://[::1", "https://[::1%25a%20b]", "https://é", "https://a,b", "https://" + strings.Repeat("a", 254),
		"https://shop/" + strings.Repeat("a", 3000), "https://shop\x00", "\x7fhttps://shop",
	} {
		got, _, err := NormalServer(in)
		if err == nil {
			t.Errorf("%q was taken as %q", in, got)
		} else if strings.Contains(got+err.Error(), "sesame") {
			t.Errorf("%q: the password shows in %q, %v", in, got, err)
		}
	}
}

func TestSuggestedName(t *testing.T) {
	for _, tt := range []struct{ context, cluster, server, want string }{
		{"arn:aws:eks:eu-west-1:123456789012:cluster/shop-prod", "x", "https://a", "shop-prod"},
		{"me@shop.eu-west-1.eksctl.io", "x", "https://a", "shop"},
		{"gke_my-project_europe-west1-b_shop", "x", "https://a", "shop"},
		{"gke_odd", "x", "https://a", "gke_odd"},
		{"kubernetes-admin@shop", "shop", "https://a", "shop"},
		{"kubernetes-admin@kubernetes", "kubernetes", "https://api.shop.example.com:6443", "shop"},
		{"kubernetes-admin@kubernetes", "kubernetes", "https://10.0.0.7:6443", "10.0.0.7"},
		{"till/api-shop-example-com:6443/kube:admin", "x", "https://a", "shop-example-com"},
		{"default", "default", "https://127.0.0.1:6443", "default"},
		{"default", "shop", "https://127.0.0.1:6443", "shop"},
		{"kind-test", "kind-test", "https://127.0.0.1:1", "kind-test"},
		{"aks-shop-admin", "aks-shop", "https://a", "aks-shop-admin"},
		{"  two   words ", "x", "https://a", "two words"},
		{"\u202eevil\u200b name", "x", "https://a", "evil name"},
		{"me@", "x", "https://a", "me@"},
		{"\u200b", "\u200b", "https://[::1]", "cluster"},
		{strings.Repeat("é", 300), "x", "https://a", strings.Repeat("é", 253)},
	} {
		c := Context{context: &contextEntry{entry: entry{name: tt.context}, cluster: tt.cluster}, Endpoint: Endpoint{Server: tt.server}}
		if got := c.SuggestedName(); got != tt.want {
			t.Errorf("%q gave %q, want %q", tt.context, got, tt.want)
		}
	}
	if got := (Context{}).SuggestedName(); got != "cluster" {
		t.Errorf("nothing gave %q", got)
	}
}
