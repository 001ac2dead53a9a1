package console_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
)

// fetch asks as the page does; the failure is nil when it was answered.
func fetch[A any](p *program, path string, body any) (answer A, failure *bridge.Error) {
	p.t.Helper()
	method, sent := http.MethodGet, []byte(nil)
	if body != nil {
		method = http.MethodPost
		var err error
		if sent, err = json.Marshal(body); err != nil {
			p.t.Fatal(err)
		}
	}
	w := httptest.NewRecorder()
	p.handler.ServeHTTP(w, httptest.NewRequestWithContext(p.t.Context(), method, path, bytes.NewReader(sent)))
	into := any(&answer)
	if w.Code != http.StatusOK {
		failure = &bridge.Error{}
		into = failure
	}
	if err := json.Unmarshal(w.Body.Bytes(), into); err != nil {
		p.t.Fatalf("%s %s: %v in %.300s", method, path, err, w.Body)
	}
	return answer, failure
}

// must is fetch for what can't fail.
func must[A any](p *program, path string, body any) A {
	p.t.Helper()
	a, failure := fetch[A](p, path, body)
	if failure != nil {
		p.t.Fatalf("%s: %+v", path, failure)
	}
	return a
}

func (p *program) window(q bridge.TableQuery) bridge.TableWindow {
	p.t.Helper()
	q.Limit = 100
	return must[bridge.TableWindow](p, "/api/table", q)
}

// rows are "member/namespace/name" of the rows that a query shows.
func (p *program) rows(q bridge.TableQuery) []string {
	p.t.Helper()
	names := map[string]string{}
	for _, m := range p.Fleet().Members {
		names[m.ID] = m.Name
	}
	out := []string{}
	for _, r := range p.window(q).Rows {
		out = append(out, names[r.Member]+"/"+r.Namespace+"/"+r.Name)
	}
	return out
}

func (p *program) shows(q bridge.TableQuery, want ...string) {
	p.t.Helper()
	p.until(fmt.Sprintf("%s shows %v", q.Kind, want), func() bool { return slices.Equal(p.rows(q), want) })
}

func configMap(namespace, name, value string) string {
	return fmt.Sprintf("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s, namespace: %s, labels: {app: shop}}\ndata: {key: %q}\n", name, namespace, value)
}

// twoMembers is a program with two members of two Kubernetes versions, both as their administrator.
func twoMembers(t *testing.T) (p *program, one, two *kubetest.Cluster, namespace string) {
	t.Helper()
	one, two = kubetest.Shared(t, "1.36"), kubetest.Shared(t, "1.33")
	namespace = one.Namespace(t)
	two.Apply(t, "apiVersion: v1\nkind: Namespace\nmetadata: {name: "+namespace+"}\n")
	primaryFor(t, one)
	p = newMachine(t).start(t)
	p.logIn("one", one.User(t, "admin-"+namespace, "system:masters"))
	p.choose(bridge.ModeOpen, "", false)
	p.connect("two", two.User(t, "admin-"+namespace, "system:masters"))
	p.live("one", "two")
	return p, one, two, namespace
}

// TestMergedTable shows one live table over two versions: merged, filtered, sorted, and current.
func TestMergedTable(t *testing.T) {
	p, one, two, namespace := twoMembers(t)
	one.Apply(t, configMap(namespace, "b", "1"))
	two.Apply(t, configMap(namespace, "a", "1"))
	query := bridge.TableQuery{Kind: "configmaps", Filter: bridge.Filter{Namespaces: []string{namespace}, Labels: "app=shop"}}
	here := func(parts ...string) []string {
		for i, part := range parts {
			member, name, _ := strings.Cut(part, " ")
			parts[i] = member + "/" + namespace + "/" + name
		}
		return parts
	}
	p.shows(query, here("two a", "one b")...)
	one.Apply(t, configMap(namespace, "c", "1"))
	p.shows(query, here("two a", "one b", "one c")...)

	query.Filter.Members = []string{p.member("one").ID}
	p.shows(query, here("one b", "one c")...)
	query.Filter.Members, query.Filter.Search = nil, "A"
	p.shows(query, here("two a")...)
	query.Filter.Search, query.Sort, query.Desc = "", "name", true
	p.shows(query, here("one c", "one b", "two a")...)

	if w := p.window(bridge.TableQuery{Kind: "configmaps", Filter: bridge.Filter{Labels: "a in"}}); w.Problem == "" || len(w.Rows) == 0 {
		t.Errorf("a selector that can't be read: problem %q with %d rows", w.Problem, len(w.Rows))
	}
	w := p.window(query)
	for _, m := range w.Members {
		if m.State != bridge.TableLive || m.Fresh == 0 {
			t.Errorf("member %+v", m)
		}
	}
	facets := must[bridge.Facets](p, "/api/table/facets", bridge.TableQuery{Kind: "configmaps", Filter: bridge.Filter{Labels: "app=shop"}})
	if len(facets.Members) != 2 || !slices.ContainsFunc(facets.Namespaces, func(f bridge.Facet) bool { return f.Value == namespace && f.Rows == 3 }) {
		t.Errorf("facets %+v", facets)
	}
}

// TestCatalogAndWhatIsKeptOfTables shows kinds of both versions, and that favourites, layouts and filters travel with the view.
func TestCatalogAndWhatIsKeptOfTables(t *testing.T) {
	p, _, _, _ := twoMembers(t)
	p.until("the kinds of both", func() bool {
		c := must[bridge.Catalog](p, "/api/catalog", nil)
		i := slices.IndexFunc(c.Kinds, func(k bridge.Kind) bool { return k.Key == "deployments.apps" })
		return i >= 0 && c.Kinds[i].Members == 2 && len(c.Learning) == 0
	})
	layout := bridge.TableLayout{Kind: "pods", Columns: []string{"name", "c:Status"}, Widths: map[string]int{"name": 300}, Sort: "age", Desc: true}
	filter := bridge.SavedFilter{Name: "shops", Kind: "pods", Filter: bridge.Filter{Labels: "app=shop", Tones: []bridge.Tone{bridge.ToneBad}, Within: 3600}}
	must[struct{}](p, "/api/table/layout", layout)
	must[struct{}](p, "/api/favourites", bridge.Favourite{Kind: "pods", On: true})
	id := must[bridge.Named](p, "/api/filters", filter).ID
	p.window(bridge.TableQuery{Kind: "secrets"})

	c := must[bridge.Catalog](p, "/api/catalog", nil)
	filter.ID = id
	filter.Filter = filterOf(filter.Filter)
	if diff := cmp.Diff([]any{[]bridge.TableLayout{layout}, []string{"pods"}, []bridge.SavedFilter{filter}}, []any{c.Layouts, c.Favourites, c.Filters}); diff != "" {
		t.Errorf("what is kept of tables (-want +got):\n%s", diff)
	}
	if len(c.Recents) == 0 || c.Recents[0] != "secrets" {
		t.Errorf("recent kinds %v", c.Recents)
	}
	must[struct{}](p, "/api/filters/remove", bridge.Named{ID: id})
	if c := must[bridge.Catalog](p, "/api/catalog", nil); len(c.Filters) != 0 {
		t.Errorf("a filter that was removed is there: %+v", c.Filters)
	}
}

// filterOf is a filter as it comes back: with no nulls.
func filterOf(f bridge.Filter) bridge.Filter {
	for _, list := range []*[]string{&f.Members, &f.Groups, &f.MemberLabels, &f.Namespaces, &f.Status, &f.Cells} {
		if *list == nil {
			*list = []string{}
		}
	}
	if f.Tones == nil {
		f.Tones = []bridge.Tone{}
	}
	return f
}

// TestObjectIsEditedAndGuarded opens an object, changes it, and finds that a guard in Go stands before every change.
func TestObjectIsEditedAndGuarded(t *testing.T) {
	p, one, _, namespace := twoMembers(t)
	one.Apply(t, configMap(namespace, "settings", "old"))
	member := p.member("one")
	ref := bridge.ObjectRef{Member: member.ID, Kind: "configmaps", Namespace: namespace, Name: "settings"}
	p.until("the kinds are known", func() bool {
		_, failure := fetch[bridge.Object](p, "/api/object", ref)
		return failure == nil
	})
	text := must[bridge.ObjectText](p, "/api/object/text", ref)
	edit := bridge.ObjectEdit{Ref: ref, Base: text.YAML, Version: text.Version, YAML: strings.Replace(text.YAML, "old", "new", 1)}
	preview := must[bridge.ObjectPreview](p, "/api/object/preview", edit)
	if !strings.Contains(preview.After, "key: new") || len(preview.Problems)+len(preview.Clashes) != 0 {
		t.Fatalf("preview %+v", preview)
	}
	if _, failure := fetch[bridge.ObjectText](p, "/api/object/save", edit); failure == nil || failure.Code != bridge.CodeInvalid {
		t.Errorf("saved without naming the cluster: %+v", failure)
	}
	edit.Confirm = "one"

	guarded := func(guard bridge.Guard, typed string) *bridge.Error {
		_, failure := fetch[struct{}](p, "/api/guard", bridge.GuardRequest{Member: member.ID, Guard: guard, Typed: typed})
		return failure
	}
	save := func() *bridge.Error {
		_, failure := fetch[bridge.ObjectText](p, "/api/object/save", edit)
		return failure
	}
	if failure := guarded(bridge.GuardReadOnly, ""); failure != nil {
		t.Fatal(failure)
	}
	if failure := save(); failure == nil || failure.Code != bridge.CodeDenied || failure.Member != "one" {
		t.Errorf("a read-only cluster was changed: %+v", failure)
	}
	if failure := guarded(bridge.GuardProtected, ""); failure == nil {
		t.Error("a guard was loosened without typing the name")
	}
	if failure := guarded(bridge.GuardProtected, "one"); failure != nil {
		t.Fatal(failure)
	}
	if failure := save(); failure == nil || failure.Code != bridge.CodeDenied {
		t.Errorf("a locked cluster was changed: %+v", failure)
	}
	if _, failure := fetch[struct{}](p, "/api/guard/unlock", bridge.UnlockRequest{Member: member.ID, Typed: "two", Minutes: 5}); failure == nil {
		t.Error("unlocked by another cluster's name")
	}
	must[struct{}](p, "/api/guard/unlock", bridge.UnlockRequest{Member: member.ID, Typed: "one", Minutes: 5})
	if m := p.member("one"); m.Guard != bridge.GuardProtected || m.UnlockedUntil == 0 {
		t.Errorf("the row says %q until %d", m.Guard, m.UnlockedUntil)
	}
	if failure := save(); failure != nil {
		t.Fatalf("save: %+v", failure)
	}
	if got := must[bridge.ObjectText](p, "/api/object/text", ref).YAML; !strings.Contains(got, "key: new") {
		t.Errorf("after saving:\n%s", got)
	}
	if failure := save(); failure == nil || failure.Code != bridge.CodeConflict {
		t.Errorf("saved over another's edit: %+v", failure)
	}
	must[struct{}](p, "/api/guard/lock", bridge.Named{ID: member.ID})
	deletion := bridge.ObjectChange{Ref: must[bridge.Object](p, "/api/object", ref).Ref, Action: bridge.ActionDelete, Confirm: "one"}
	if _, failure := fetch[struct{}](p, "/api/object/change", deletion); failure == nil || failure.Code != bridge.CodeDenied {
		t.Errorf("deleted in a locked cluster: %+v", failure)
	}
	p.synced() // the view's own Secret is written whatever the guard
}

// TestOverviewCounts finds nodes, warnings and versions of both members.
func TestOverviewCounts(t *testing.T) {
	p, one, _, namespace := twoMembers(t)
	one.Apply(t, fmt.Sprintf("apiVersion: v1\nkind: Node\nmetadata: {name: n-%s}\n", namespace))
	p.until("the overview counts", func() bool {
		o := must[bridge.Overview](p, "/api/overview", nil)
		nodes := 0
		for _, n := range o.Nodes {
			nodes += n.Rows
		}
		return nodes > 0 && len(o.Versions) == 2 && len(o.Workloads) == 6
	})
	found := must[bridge.SearchResult](p, "/api/search", bridge.SearchRequest{Text: "n-" + namespace, Limit: 5})
	if len(found.Hits) != 1 || found.Hits[0].Kind != "Node" {
		t.Errorf("search %+v", found)
	}
}
