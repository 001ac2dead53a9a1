package console_test

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/binnacle-dev/binnacle/backend/bridge"
)

// helmRelease is the Secret in which Helm keeps a release.
func helmRelease(t *testing.T, namespace, version string) string {
	t.Helper()
	raw, err := json.Marshal(map[string]any{
		"config": map[string]any{"password": "h1dden"}, "info": map[string]any{"status": "deployed"},
		"chart": map[string]any{"metadata": map[string]any{"name": "shop", "version": version}},
	})
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	gz := gzip.NewWriter(&packed)
	_, _ = gz.Write(raw)
	_ = gz.Close()
	const secret = "apiVersion: v1\nkind: Secret\ntype: helm.sh/release.v1\nmetadata: {namespace: %s, name: sh.helm.release.v1.shop.v3, labels: {owner: helm, name: shop, version: \"3\", status: deployed}}\nstringData: {release: %s}\n"
	return fmt.Sprintf(secret, namespace, base64.StdEncoding.EncodeToString(packed.Bytes()))
}

// TestApps reads the applications of both members once the page asks, rings when they are there, and forgets them with the view.
func TestApps(t *testing.T) {
	p, one, two, namespace := twoMembers(t)
	one.Apply(t, helmRelease(t, namespace, "2.0.0"))
	two.Apply(t, helmRelease(t, namespace, "1.0.0"))
	if first := must[bridge.Apps](p, "/api/apps", nil); first.Read != 0 || !first.Reading || first.Apps == nil || first.Members == nil {
		t.Errorf("before anything was read: %+v", first)
	}
	var shop bridge.App
	find := func() bool {
		a := must[bridge.Apps](p, "/api/apps", nil)
		i := slices.IndexFunc(a.Apps, func(app bridge.App) bool { return app.Key == "helm/shop" })
		if i < 0 || a.Reading || len(a.Apps[i].Instances) != 2 {
			return false
		}
		shop = a.Apps[i]
		return !slices.ContainsFunc(a.Members, func(m bridge.AppMember) bool { return m.State != "read" || m.Missing == nil })
	}
	p.until("the applications of both", find)
	drift := []bridge.AppDrift{{Field: "version", Values: []bridge.DriftValue{{Value: "2.0.0", Members: []string{p.member("one").ID}}, {Value: "1.0.0", Members: []string{p.member("two").ID}}}}}
	if diff := cmp.Diff(drift, shop.Drift); diff != "" || shop.Tone != bridge.ToneGood {
		t.Errorf("tone %s\n%s", shop.Tone, diff)
	}
	ref := *shop.Instances[0].Ref
	if opened := must[bridge.Object](p, "/api/object", ref); opened.Ref.Name != ref.Name {
		t.Errorf("what stands for it: %+v", opened.Ref)
	}
	two.Apply(t, helmRelease(t, namespace, "2.0.0"))
	must[struct{}](p, "/api/apps/refresh", struct{}{})
	p.until("the drift is gone", func() bool { return find() && len(shop.Drift) == 0 })
	if err := p.LogOut(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	if _, failure := fetch[bridge.Apps](p, "/api/apps", nil); failure == nil {
		t.Error("applications of a view that was left")
	}
}
