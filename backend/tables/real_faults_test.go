package tables

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
)

const listPath = "/api/v1/configmaps"

func onWatch() *regexp.Regexp { return regexp.MustCompile(`[?&]watch=1`) }

// What spoils lists: the state and words, the neighbour that doesn't notice, and that all is well by itself once it ends.
func TestRealListFaults(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		rule  kubetest.Rule
		state State
		why   string
	}{
		"401":         {kubetest.Rule{Status: http.StatusUnauthorized}, Failed, "(401)"},
		"403":         {kubetest.Rule{Status: http.StatusForbidden}, Denied, "may not"},
		"404":         {kubetest.Rule{Status: http.StatusNotFound}, Missing, "doesn't serve"},
		"410":         {kubetest.Rule{Status: http.StatusGone}, Failed, "no longer knows"},
		"429":         {kubetest.Rule{Status: http.StatusTooManyRequests}, Failed, "(429)"},
		"500":         {kubetest.Rule{Status: http.StatusInternalServerError, Message: "etcd\x1b[31m is gone"}, Failed, "[31m is gone"},
		"503":         {kubetest.Rule{Status: http.StatusServiceUnavailable}, Failed, "Service Unavailable"},
		"a page":      {kubetest.Rule{Body: "<html>Welcome</html>"}, Failed, "isn't a Kubernetes"},
		"other JSON":  {kubetest.Rule{Body: `{"a":1}`, Type: "application/json"}, Failed, "isn't a Kubernetes"},
		"cut before":  {kubetest.Rule{Cut: kubetest.CutBefore}, Failed, "broke off"},
		"cut in rows": {kubetest.Rule{Cut: kubetest.CutBody, CutAfter: 1 << 10}, Failed, "broke off"},
		"slow body":   {kubetest.Rule{BytesPerSecond: 8 << 10}, Listing, ""},
		"hanging":     {kubetest.Rule{Hang: true}, Listing, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cluster := kubetest.Shared(t)
			ns := cluster.Namespace(t)
			fill(t, cluster, ns, "one", "two", "three")
			p := cluster.Proxy(t)
			c.rule.Path = listPath
			mend := p.Add(c.rule)
			r := newReal(t, hasty())
			r.add("a", p.Kubeconfig(cluster.Admin()))
			r.add("b", cluster.Admin())
			table := r.Open(configMaps())
			r.until(table, "b", func(s Status) bool { return s.State == Live })
			s := r.until(table, "a", func(s Status) bool { return s.State == c.state })
			if !strings.Contains(s.Why, c.why) {
				t.Errorf("%+v", s)
			}
			mend()
			r.until(table, "a", func(s Status) bool { return s.State == Live && len(in(table, ns)) == 6 })
		})
	}
}

// What ends or spoils watches: the rows stay, changes of meanwhile are seen after it, and those gone meanwhile go.
func TestRealWatchFaults(t *testing.T) {
	t.Parallel()
	byRule := func(rule kubetest.Rule) func(*kubetest.Proxy) func() {
		return func(p *kubetest.Proxy) func() { return p.Add(rule) }
	}
	byMode := func(down func(*kubetest.Proxy)) func(*kubetest.Proxy) func() {
		return func(p *kubetest.Proxy) func() {
			down(p)
			return func() { p.Mode(kubetest.Open) }
		}
	}
	for name, c := range map[string]struct {
		spoil func(*kubetest.Proxy) (mend func())
		state State
		lists bool // everything is listed anew
	}{
		"refusing":     {byMode(func(p *kubetest.Proxy) { p.Mode(kubetest.Refusing) }), Stale, false},
		"half open":    {byMode(func(p *kubetest.Proxy) { p.Mode(kubetest.Silent) }), Live, false},
		"410":          {byRule(kubetest.Rule{Pattern: onWatch(), Status: http.StatusGone}), Stale, true},
		"410 in words": {byRule(kubetest.Rule{Pattern: onWatch(), Body: `{"type":"ERROR","object":{"kind":"Status","code":410}}`, Type: "application/json"}), Stale, true},
		"429":          {byRule(kubetest.Rule{Pattern: onWatch(), Status: http.StatusTooManyRequests}), Stale, false},
		"500":          {byRule(kubetest.Rule{Pattern: onWatch(), Status: http.StatusInternalServerError}), Stale, false},
		"401":          {byRule(kubetest.Rule{Pattern: onWatch(), Status: http.StatusUnauthorized}), Stale, false},
		"a page":       {byRule(kubetest.Rule{Pattern: onWatch(), Body: "<html>"}), Stale, false},
		"cut":          {byRule(kubetest.Rule{Pattern: onWatch(), Cut: kubetest.CutBody, CutAfter: 0}), Stale, false},
		"403":          {byRule(kubetest.Rule{Pattern: onWatch(), Status: http.StatusForbidden}), Live, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cluster := kubetest.Shared(t)
			ns := cluster.Namespace(t)
			fill(t, cluster, ns, "one", "two")
			p := cluster.Proxy(t)
			r := newReal(t, hasty())
			r.add("a", p.Kubeconfig(cluster.Admin()))
			table := r.Open(configMaps())
			r.until(table, "a", func(s Status) bool { return s.State == Live && len(in(table, ns)) == 2 })
			mend := c.spoil(p)
			r.until(table, "a", func(s Status) bool {
				return s.State == c.state && (c.state != Live || time.Since(s.Fresh) > 2*time.Second || s.Why != "")
			})
			if n := len(in(table, ns)); n != 2 {
				t.Errorf("%d rows are left", n)
			}
			fill(t, cluster, ns, "three")
			remove(t, cluster, configMapResource(), ns, "one")
			before := p.Count(func(q kubetest.Request) bool { return q.Query == "" })
			mend()
			r.until(table, "a", func(s Status) bool {
				rows := in(table, ns)
				return s.State == Live && len(rows) == 2 && rows[0].Name == "three" && rows[1].Name == "two"
			})
			after := p.Count(func(q kubetest.Request) bool { return q.Query == "" })
			if !c.lists && after != before {
				t.Errorf("%d lists more", after-before)
			}
		})
	}
}

// A server that restarts: the rows stay, and live on.
func TestRealRestart(t *testing.T) {
	t.Parallel()
	c := kubetest.Start(t)
	c.Apply(t, "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n")
	fill(t, c, "shop", "one")
	r := newReal(t, hasty())
	r.add("a", c.Admin())
	table := r.Open(configMaps())
	r.until(table, "a", func(s Status) bool { return s.State == Live && len(in(table, "shop")) == 1 })
	c.Stop(t)
	r.until(table, "a", func(s Status) bool { return s.State == Stale && len(in(table, "shop")) == 1 })
	c.Restart(t)
	fill(t, c, "shop", "two")
	r.until(table, "a", func(s Status) bool { return s.State == Live && len(in(table, "shop")) == 2 })
}
