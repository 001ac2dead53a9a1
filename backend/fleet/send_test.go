package fleet

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

func TestSend(t *testing.T) {
	const pod = "/api/v1/namespaces/x/pods/p"
	for name, c := range map[string]struct {
		send Request
		kind string // Content-Type that must arrive
		take string // Accept
	}{
		"a patch":     {Request{Method: http.MethodPatch, Path: pod + "?fieldManager=b", ContentType: "application/apply-patch+yaml", Body: []byte("a: 1")}, "application/apply-patch+yaml", "application/json"},
		"JSON":        {Request{Method: http.MethodPut, Path: pod, Body: []byte("{}")}, "application/json", "application/json"},
		"a creation":  {Request{Method: http.MethodPost, Path: pod, Body: []byte("{}"), Accept: "application/yaml"}, "application/json", "application/yaml"},
		"a deletion":  {Request{Method: http.MethodDelete, Path: pod + "?dryRun=All"}, "", "application/json"},
		"a read":      {Request{Method: http.MethodGet, Path: pod, Accept: "application/yaml"}, "", "application/yaml"},
		"empty bytes": {Request{Method: http.MethodPut, Path: pod, Body: []byte{}}, "application/json", "application/json"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				_, f, client := ready(t)
				f.answer(c.send.Method+" "+pod, func(w http.ResponseWriter, r *http.Request) {
					body, _ := io.ReadAll(r.Body)
					got := []string{string(body), r.Header.Get("Content-Type"), r.Header.Get("Accept"), r.URL.RawQuery}
					_, query, _ := strings.Cut(c.send.Path, "?")
					if diff := cmp.Diff([]string{string(c.send.Body), c.kind, c.take, query}, got); diff != "" {
						t.Errorf("what came (-want +got):\n%s", diff)
					}
					w.Header().Set("Content-Type", "application/x")
					w.WriteHeader(http.StatusCreated)
					_, _ = io.WriteString(w, "done")
				})
				got, err := client.Send(t.Context(), c.send)
				if diff := cmp.Diff(Answer{Body: []byte("done"), ContentType: "application/x"}, got); diff != "" || err != nil {
					t.Errorf("%v (-want +got):\n%s", err, diff)
				}
			})
		})
	}
}

func TestWarningsAreCollected(t *testing.T) {
	for name, c := range map[string]struct{ headers, want []string }{
		"none": {nil, nil},
		"as API servers write them": {
			[]string{`299 - "v1 ComponentStatus is deprecated in v1.19+"`, `299 - "would violate \"restricted\": x, y", 299 - "another"`},
			[]string{"v1 ComponentStatus is deprecated in v1.19+", `would violate "restricted": x, y`, "another"},
		},
		"each once":    {[]string{`299 - "a"`, `299 - "a"`}, []string{"a"}},
		"no warning":   {[]string{"nonsense", `299 - "a"`, "299"}, []string{"a"}},
		"a lying text": {[]string{"299 - \"a\u202eb\"", "299 - \"a\x1b[31m\""}, []string{"ab"}},
		"a long text":  {[]string{`299 - "` + strings.Repeat("d", 1000) + `"`}, []string{strings.Repeat("d", maxText) + "…"}},
		"a flood":      {slices.Repeat([]string{`299 - "a", 299 - "b"`}, 1000), []string{"a", "b"}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, warnings(http.Header{"Warning": c.headers})); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestARefusalHasItsDetails(t *testing.T) {
	evil := "x\u202e\x1b[31m\n" + strings.Repeat("y", 20_000)
	synctest.Test(t, func(t *testing.T) {
		_, f, c := ready(t)
		f.answer("PUT "+pods, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusUnprocessableEntity)
			_ = json.NewEncoder(w).Encode(metav1.Status{
				TypeMeta: metav1.TypeMeta{Kind: "Status", APIVersion: "v1"}, Status: "Failure", Code: 422, Reason: "Invalid", Message: evil,
				Details: &metav1.StatusDetails{Name: "p", Kind: "Pod", Causes: []metav1.StatusCause{
					{Type: "FieldValueInvalid", Field: "spec.containers[0].image", Message: "must be\x1b set"},
				}},
			})
		})
		_, err := c.Send(t.Context(), Request{Method: http.MethodPut, Path: pods, Body: []byte("{}")})
		status, ok := errors.AsType[*apierrors.StatusError](err)
		if !ok || !apierrors.IsInvalid(err) {
			t.Fatalf("%T: %v", err, err)
		}
		want := []metav1.StatusCause{{Type: "FieldValueInvalid", Field: "spec.containers[0].image", Message: "must be set"}}
		if diff := cmp.Diff(want, status.ErrStatus.Details.Causes); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
		if said := status.ErrStatus.Message; len(said) > maxSaid+len("…") || len(said) < maxSaid || strings.ContainsAny(said, "\u202e\x1b\n") {
			t.Errorf("%d bytes: %.40q", len(said), said)
		}
	})
}
