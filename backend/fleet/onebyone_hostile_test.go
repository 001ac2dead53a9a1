package fleet

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestHostileResourceLists(t *testing.T) {
	many := func(n int) string {
		var b strings.Builder
		for i := range n {
			_, _ = fmt.Fprintf(&b, `{"name":"r%d","kind":"R"},`, i)
		}
		return strings.TrimSuffix(b.String(), ",")
	}
	const fine = `{"name":"fines","kind":"Fine","verbs":["list"]}`
	var groups []string
	for i := range 5000 {
		groups = append(groups, fmt.Sprintf("g%d.io/v1", i))
	}
	for name, c := range map[string]struct {
		groups []string
		list   string
		want   int // kinds of groups
	}{
		"many resources":    {nil, many(30_000), maxKinds},
		"too many":          {nil, many(300_000), 0},
		"many groups":       {groups, "", 0},
		"names that lie":    {nil, `{"name":"a\u202eb","kind":"A"},{"name":"x/../../y","kind":"A"},{"name":"","kind":"A"},{"name":"/log","kind":"A"},` + fine, 1},
		"kinds that lie":    {nil, `{"name":"as","kind":"A\u0000"},{"name":"bs","kind":""},{"name":"cs","kind":null},` + fine, 1},
		"verbs that lie":    {nil, `{"name":"as","kind":"A","verbs":["LIST ","\u001b[2J","list"],"shortNames":["<b>"]},{"name":"as/<i>","kind":"A"}`, 1},
		"nulls":             {nil, `null,{"name":null,"verbs":null}`, 0},
		"another shape":     {nil, `{"name":{"a":1}}`, 0},
		"groups that lie":   {[]string{"../../api/v1/secrets#/v1", "g.io/v1/../../x", "a?b/v1", "/v1"}, fine, 0},
		"versions that lie": {[]string{"g.io/v1?x", "h.io/", "i.io/.."}, fine, 0},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				f, m := w.cluster("a")
				old(f)
				if c.groups == nil {
					c.groups = []string{"g.io/v1"}
				}
				f.answer("GET /apis", oldGroups(c.groups...))
				f.answer("GET /apis/g.io/v1", text(`{"resources":[`+c.list+`]}`))
				w.Set([]Member{m})
				w.wants("a", StateReady)
				f.forget()
				time.Sleep(20 * time.Second)
				kinds, known := w.Kinds("a")
				if got := len(kinds) - 2; got != c.want || !known && name != "too many" && name != "another shape" {
					t.Errorf("%d kinds, known %v", got, known)
				}
				for _, k := range kinds[:min(len(kinds), 20)] {
					if text := fmt.Sprint(k); clean(text) != text || strings.ContainsAny(text, "?<%") {
						t.Errorf("%+v", k)
					}
				}
				for _, r := range f.seen() {
					if strings.ContainsAny(r, "#?") || strings.Contains(r, "..") || strings.Contains(r, "secrets") {
						t.Errorf("asked for %s", r)
					}
				}
				if n := f.listed(); n > maxDue+1 {
					t.Errorf("%d lists", n)
				}
			})
		})
	}
}
