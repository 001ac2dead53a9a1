package lookup

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

func TestAddress(t *testing.T) {
	for typed, want := range map[string][]string{
		"shop":                         {"https://shop", "https://shop:6443", "http://shop"},
		"  <https://Shop/>\n":          {"https://shop", "https://shop:6443"},
		"shop:6443":                    {"https://shop:6443", "http://shop:6443"},
		"//shop":                       {"https://shop", "https://shop:6443", "http://shop"},
		"https://shop/login":           {"https://shop", "https://shop:6443"},
		"https://shop/a/login?x=1#/y":  {"https://shop/a", "https://shop", "https://shop:6443"},
		"shop/a":                       {"https://shop/a", "https://shop", "https://shop:6443", "http://shop/a"},
		"http://shop":                  {"http://shop"},
		"http://shop:8001/a":           {"https://shop:8001/a", "https://shop:8001", "http://shop:8001/a", "http://shop:8001"},
		"10.0.0.1":                     {"https://10.0.0.1", "https://10.0.0.1:6443", "http://10.0.0.1"},
		"::1":                          {"https://[::1]", "https://[::1]:6443", "http://[::1]"},
		"[::1]:8443":                   {"https://[::1]:8443", "http://[::1]:8443"},
		"fe80::1%eth0":                 {"https://[fe80::1%25eth0]", "https://[fe80::1%25eth0]:6443", "http://[fe80::1%25eth0]"},
		"https://shöp.example":         {"https://xn--shp-tna.example", "https://xn--shp-tna.example:6443"},
		"https://r/dashboard/c/c-1/ex": {"https://r/k8s/clusters/c-1", "https://r", "https://r:6443"},
	} {
		a, err := readAddress(typed)
		if err != nil {
			t.Errorf("%q: %v", typed, err)
		} else if d := cmp.Diff(want, append(a.secure(), a.plain()...)); d != "" {
			t.Errorf("%q (-want +got):\n%s", typed, d)
		}
	}
	for typed, want := range map[string]string{
		"":                                     "type the address of",
		" \n":                                  "type the address of",
		"oc login --token=sesame https://shop": "type the address alone",
		"https://sh\u202eop":                   "unreadable characters",
		"ftp://sesame":                         "neither https:// nor http://",
		"https://joe:sesame@shop":              "user name or password",
		"joe:sesame@shop":                      "user name or password",
		"https://":                             "no address",
		"https://shop:99999":                   "impossible port",
		"https://shop:sesame":                  "no address",
		"https://sesame_%zz":                   "no address",
		"https://se same":                      "blanks",
		"https://" + strings.Repeat("sesame", 1000): "type the address alone",
	} {
		if _, err := readAddress(typed); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "sesame") {
			t.Errorf("%q: %v, want %q", typed, err, want)
		}
	}
}

// Whatever is typed ends in addresses that a credential takes, or in an error; and never in more tries than there are requests.
func FuzzAddress(f *testing.F) {
	for _, s := range []string{"shop/a", "http://[::1]:80/%2F/login", "fe80::1%25x", "bücher", "https://a/dashboard/c/x/y", "0x7f.1", "//"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		a, err := readAddress(typed)
		if err != nil {
			return
		}
		all := append(a.secure(), a.plain()...)
		if len(all) == 0 || len(all) > 4 {
			t.Fatalf("%q gives %q", typed, all)
		}
		for _, address := range all {
			if server, _, err := kubeconfig.NormalServer(address); err != nil || kubeconfig.Clean(server) != server {
				t.Fatalf("%q gives %q: %v", typed, address, err)
			}
		}
	})
}
