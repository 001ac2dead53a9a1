package guard

import (
	"net/url"
	"strings"
	"testing"
)

func TestDryRuns(t *testing.T) {
	for name, c := range map[string]struct {
		request string // method, path, query; "+" for a body
		passes  bool
	}{
		"a patch":                           {"PATCH " + deployment + " dryRun=All +", true},
		"a patch with more":                 {"PATCH " + deployment + " fieldManager=b&dryRun=All&force=true +", true},
		"twice All":                         {"PUT " + deployment + " dryRun=All&dryRun=All +", true},
		"a creation":                        {"POST /api/v1/namespaces/x/pods dryRun=All +", true},
		"cluster-wide":                      {"PUT /api/v1/nodes/n dryRun=All +", true},
		"a namespace":                       {"DELETE /api/v1/namespaces/x dryRun=All", true},
		"a namespace's status":              {"PUT /api/v1/namespaces/x/status dryRun=All +", true},
		"a deletion":                        {"DELETE " + deployment + " dryRun=All&propagationPolicy=Foreground", true},
		"an eviction":                       {"POST /api/v1/namespaces/x/pods/p/eviction dryRun=All +", true},
		"scale":                             {"PATCH " + deployment + "/scale dryRun=All +", true},
		"a custom object":                   {"PATCH /apis/g.io/v1/namespaces/x/things/t dryRun=All +", true},
		"a deletion with options":           {"DELETE " + deployment + " dryRun=All +", false},
		"no dryRun":                         {"PATCH " + deployment + "  +", false},
		"an empty one":                      {"PATCH " + deployment + " dryRun= +", false},
		"another word":                      {"PATCH " + deployment + " dryRun=all +", false},
		"All and another":                   {"PATCH " + deployment + " dryRun=All&dryRun=None +", false},
		"another key":                       {"PATCH " + deployment + " dryrun=All +", false},
		"exec":                              {"POST /api/v1/namespaces/x/pods/p/exec dryRun=All", false},
		"exec by GET":                       {"GET /api/v1/namespaces/x/pods/p/exec dryRun=All", false},
		"attach":                            {"POST /api/v1/namespaces/x/pods/p/attach dryRun=All", false},
		"a service's proxy":                 {"POST /api/v1/namespaces/x/services/s/proxy/admin/delete dryRun=All +", false},
		"a node's proxy":                    {"POST /api/v1/nodes/n/proxy/run/x/p/c dryRun=All +", false},
		"somebody's subresource":            {"PUT /apis/subresources.kubevirt.io/v1/namespaces/x/virtualmachines/v/stop dryRun=All +", false},
		"a namespace's finalizers":          {"PUT /api/v1/namespaces/x/finalize dryRun=All +", false},
		"below a subresource":               {"PUT " + deployment + "/status/x dryRun=All +", false},
		"no path of the API":                {"POST /healthz dryRun=All +", false},
		"a path with turns":                 {"POST /api/v1/namespaces/x/../x/pods/p/exec dryRun=All +", false},
		"an empty part":                     {"POST /api/v1//namespaces/x/pods dryRun=All +", false},
		"another method":                    {"CONNECT " + deployment + " dryRun=All", false},
		"a method in small letters":         {"patch " + deployment + " dryRun=All +", false},
		"kinds that are called like others": {"PATCH /apis/g.io/v1/namespaces/x/status/t dryRun=All +", false},
	} {
		t.Run(name, func(t *testing.T) {
			for _, mode := range []Mode{Protected, ReadOnly} {
				if err := book(mode).Check("a", parsed(t, c.request)); (err == nil) != c.passes {
					t.Errorf("%s: %v", mode, err)
				}
			}
			if err := book(None).Check("a", parsed(t, c.request)); err != nil {
				t.Errorf("unguarded: %v", err)
			}
		})
	}
}

func parsed(t *testing.T, request string) Request {
	t.Helper()
	parts := append(strings.Split(request, " "), "", "")
	query, err := url.ParseQuery(parts[2])
	if err != nil {
		t.Fatal(err)
	}
	return Request{Method: parts[0], Path: parts[1], Query: query, HasBody: parts[3] == "+"}
}

// The program's own writes pass: those that the caller names, for the member that they are meant for.
func TestAllowed(t *testing.T) {
	const own = "/api/v1/namespaces/binnacle/secrets/binnacle-view-0123456789abcdef"
	b := New(Options{Allow: func(member string, r Request) bool { return member == "a" && r.Method == "PUT" && r.Path == own }})
	b.Set([]Member{{ID: "a", Name: "prod", Mode: ReadOnly}, {ID: "b", Name: "test", Mode: ReadOnly}})
	for request, passes := range map[string]bool{
		"PUT " + own + "  +":       true,
		"PUT " + own + "-1  +":     false,
		"DELETE " + own + " ":      false,
		"PUT " + own + "/status +": false,
	} {
		if err := b.Check("a", parsed(t, request)); (err == nil) != passes {
			t.Errorf("%s: %v", request, err)
		}
	}
	if b.Check("b", parsed(t, "PUT "+own+"  +")) == nil {
		t.Error("it passes for another member")
	}
}

func TestARefusalSaysWhatToDo(t *testing.T) {
	for mode, want := range map[Mode]string{Protected: "The cluster prod is protected, so nothing was sent to it. Unlock it", ReadOnly: "The cluster prod is read-only"} {
		if err := book(mode).Check("a", change()); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%v", err)
		}
	}
	if err := book(None).Check("z", change()); err == nil || !strings.Contains(err.Error(), "not in the view") {
		t.Errorf("%v", err)
	}
}
