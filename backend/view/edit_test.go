package view_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/binnacle-dev/binnacle/backend/view"
)

func server(s string) view.Endpoint { return view.Endpoint{Server: s} }

func TestApply(t *testing.T) {
	const start = "a name=one order=V000 labels.env=dev ?n=1; b name=two order=V001; @ layout.columns=x,y"
	newEndpoint := view.Endpoint{Server: "https://new:6443", CA: "insecure", TLSName: "kube"}
	cases := map[string]struct {
		edits []view.Edit
		want  string
	}{
		"none": {nil, start},
		"add": {
			[]view.Edit{view.Add("c", view.Member{Name: " three ", Color: "teal", Endpoint: server("https://c"), Labels: map[string]string{"env": " x "}})},
			start + "; c name=three color=teal order=V002 endpoint.server=https://c labels.env=x",
		},
		"add in a place": {
			[]view.Edit{view.Add("c", view.Member{Name: "three", Order: "V000V", Endpoint: server("https://c")})},
			start + "; c name=three order=V000V endpoint.server=https://c",
		},
		"change all": {
			[]view.Edit{view.Change("a", view.Changes{
				Name: new("x"), Color: new("red"), Group: new("g"), Labels: &map[string]string{"a.b/c_d": "e"},
				Distribution: new("openshift"), Off: new(true), Endpoint: &newEndpoint, Identity: new("CN=me,O=us"),
			})},
			`a name=x color=red group=g labels.a.b/c_d=e distribution=openshift off endpoint.server=https://new:6443 endpoint.ca=insecure
				endpoint.tlsName=kube identity=CN=me,O=us order=V000 ?n=1; b name=two order=V001; @ layout.columns=x,y`,
		},
		"change nothing": {[]view.Edit{view.Change("a", view.Changes{})}, start},
		"clear":          {[]view.Edit{view.Change("a", view.Changes{Labels: &map[string]string{}})}, strings.Replace(start, " labels.env=dev", "", 1)},
		"remove":         {[]view.Edit{view.Remove("a", "gone")}, "b name=two order=V001; @ layout.columns=x,y"},
		"move":           {[]view.Edit{view.Move("b", "a")}, strings.Replace(start, "V001", "Uzzz", 1)},
		"move to itself": {[]view.Edit{view.Move("b", "b")}, start},
		"layout": {
			[]view.Edit{view.SetLayout(view.Layout{Columns: []string{"name", "version"}, Desc: true, GroupBy: "label:env"})},
			strings.Replace(start, "layout.columns=x,y", "layout.columns=name,version layout.desc layout.groupBy=label:env", 1),
		},
		"one after the other": {
			[]view.Edit{view.Remove("b"), view.Change("a", view.Changes{Name: new("x")}), view.Change("a", view.Changes{Name: new("y")}), {}},
			"a name=y order=V000 labels.env=dev ?n=1; @ layout.columns=x,y",
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			d := doc(t, start)
			got, err := d.Apply(c.edits...)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(text(t, doc(t, c.want)), text(t, got)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if !d.Equal(doc(t, start)) {
				t.Error("Apply changed the original")
			}
			for _, m := range got.Members {
				if m.Labels != nil {
					m.Labels["env"] = "reached"
				}
			}
			for i := range got.Layout.Columns {
				got.Layout.Columns[i] = "reached"
			}
			if !d.Equal(doc(t, start)) {
				t.Error("the answer shares memory with the original")
			}
		})
	}
}

// What the caller does with its own maps and lists after an edit is its own business.
func TestEditsKeepCopies(t *testing.T) {
	columns, labels := []string{"x"}, map[string]string{"env": "dev"}
	added := map[string]string{"env": "dev"}
	got, err := doc(t, "a name=one").Apply(view.SetLayout(view.Layout{Columns: columns}), view.Change("a", view.Changes{Labels: &labels}),
		view.Add("b", view.Member{Name: "two", Order: "V", Endpoint: server("https://b"), Labels: added}))
	if err != nil {
		t.Fatal(err)
	}
	columns[0], labels["env"], added["env"] = "y", "prod", "prod"
	want := doc(t, "a name=one labels.env=dev; b name=two order=V endpoint.server=https://b labels.env=dev; @ layout.columns=x")
	if diff := cmp.Diff(text(t, want), text(t, got)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestApplyRefuses(t *testing.T) {
	ok := view.Member{Name: "x", Endpoint: server("https://x")}
	change := func(c view.Changes) view.Edit { return view.Change("a", c) }
	labels := func(k, v string) view.Edit { return change(view.Changes{Labels: &map[string]string{k: v}}) }
	tooMany := map[string]string{}
	for i := range 65 {
		tooMany[fmt.Sprint("l", i)] = ""
	}
	cases := map[string]struct {
		edit           view.Edit
		field, problem string
	}{
		"no name":               {change(view.Changes{Name: new(" \t")}), "name", "empty"},
		"line break":            {change(view.Changes{Name: new("a\nb")}), "name", "invisible"},
		"bidi override":         {change(view.Changes{Name: new("a\u202eb")}), "name", "invisible"},
		"bidi isolate":          {change(view.Changes{Name: new("a\u2067b")}), "name", "invisible"},
		"zero width":            {change(view.Changes{Name: new("a\u200bb")}), "name", "invisible"},
		"hangul filler":         {change(view.Changes{Name: new("\u3164")}), "name", "invisible"},
		"not UTF-8":             {change(view.Changes{Name: new("a\xff")}), "name", "invisible"},
		"name too long":         {change(view.Changes{Name: new(strings.Repeat("é", 254))}), "name", "253"},
		"colour":                {change(view.Changes{Color: new("#fff")}), "color", "blue, teal"},
		"group":                 {change(view.Changes{Group: new("a\u200d")}), "group", "invisible"},
		"distribution":          {change(view.Changes{Distribution: new("open shift")}), "distribution", "letters"},
		"identity":              {change(view.Changes{Identity: new("a\x00")}), "identity", "invisible"},
		"label's key":           {labels("a b", ""), "labels", "env"},
		"label's key, empty":    {labels("", ""), "labels", "env"},
		"label's key, ends":     {labels("-a", ""), "labels", "env"},
		"label's key, prefix":   {labels("/a", ""), "labels", "env"},
		"label's key, two":      {labels("a/b/c", ""), "labels", "env"},
		"label's key, long":     {labels(strings.Repeat("x", 64), ""), "labels", "63"},
		"label's value":         {labels("env", "\u202e"), "labels.env", "invisible"},
		"too many labels":       {change(view.Changes{Labels: &tooMany}), "labels", "64"},
		"no server":             {change(view.Changes{Endpoint: &view.Endpoint{CA: "x"}}), "endpoint.server", "https://host"},
		"server without scheme": {change(view.Changes{Endpoint: &view.Endpoint{Server: "host:6443"}}), "endpoint.server", "https://host"},
		"server with password":  {change(view.Changes{Endpoint: &view.Endpoint{Server: "https://u:p@h"}}), "endpoint.server", "password"},
		"server with query":     {change(view.Changes{Endpoint: &view.Endpoint{Server: "https://h?token=x"}}), "endpoint.server", "https://host"},
		"tls name":              {change(view.Changes{Endpoint: &view.Endpoint{Server: "https://h", TLSName: "\u200b"}}), "endpoint.tlsName", "invisible"},
		"add: id":               {view.Add("a/b", ok), "id", "1 to 64"},
		"add: taken":            {view.Add("a", ok), "id", "already"},
		"add: no server":        {view.Add("n", view.Member{Name: "x"}), "endpoint.server", "https://host"},
		"add: no name":          {view.Add("n", view.Member{Endpoint: ok.Endpoint}), "name", "empty"},
		"add: order":            {view.Add("n", view.Member{Name: "x", Order: "!", Endpoint: ok.Endpoint}), "order", "letters"},
		"restore: id":           {view.Restore("", ok), "id", "1 to 64"},
		"layout: column":        {view.SetLayout(view.Layout{Columns: []string{"a b"}}), "layout.columns", "letters"},
		"layout: columns":       {view.SetLayout(view.Layout{Columns: make([]string, 65)}), "layout.columns", "64"},
		"layout: sort":          {view.SetLayout(view.Layout{Sort: "\x1b"}), "layout.sort", "invisible"},
		"layout: group":         {view.SetLayout(view.Layout{GroupBy: "mood"}), "layout.groupBy", "distribution"},
		"layout: group label":   {view.SetLayout(view.Layout{GroupBy: "label:"}), "layout.groupBy", "label:<key>"},
		"owner":                 {view.SetOwner(view.Owner{Server: "https://x"}), "owner.username", "name"},
		"owner's server":        {view.SetOwner(view.Owner{Username: "me", Server: "x"}), "owner.server", "https://host"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := doc(t, "a name=x").Apply(view.Change("a", view.Changes{Off: new(true)}), c.edit)
			fault, ok := errors.AsType[*view.FieldError](err)
			if !ok || fault.Field != c.field || !strings.Contains(fault.Problem, c.problem) {
				t.Errorf("got %v, want %q: ...%q...", err, c.field, c.problem)
			}
			if !got.IsZero() {
				t.Error("half the edits came back")
			}
		})
	}
	for name, e := range map[string]view.Edit{
		"change": view.Change("gone", view.Changes{}), "move": view.Move("gone", ""), "move before": view.Move("a", "gone"),
	} {
		if _, err := doc(t, "a name=x").Apply(e); !errors.Is(err, view.ErrUnknownMember) {
			t.Errorf("%s of a member that is gone: %v", name, err)
		}
	}
}

func TestRestoreIsTheWayBack(t *testing.T) {
	const hostile = "a name=\u202ex color=mauve order=V003 ?future={} labels.x=1; b name=y order=V004"
	d := doc(t, hostile)
	removed := d.Members["a"]
	without, err := d.Apply(view.Remove("a"))
	if err != nil {
		t.Fatal(err)
	}
	back, err := without.Apply(view.Restore("a", removed))
	if err != nil || !back.Equal(d) {
		t.Errorf("%v\n%s", err, cmp.Diff(text(t, d), text(t, back)))
	}
	other := doc(t, "a name=edited")
	if kept, err := other.Apply(view.Restore("a", removed)); err != nil || !kept.Equal(other) {
		t.Errorf("it overwrote a member that was there: %v", err)
	}
}

func TestTooManyMembers(t *testing.T) {
	d := view.New(view.Owner{Username: "me"})
	for i := range 1000 {
		d.Members[fmt.Sprint("m", i)] = view.Member{Name: "x"}
	}
	_, err := d.Apply(view.Add("one-more", view.Member{Name: "x", Endpoint: server("https://x")}))
	if fault, ok := errors.AsType[*view.FieldError](err); !ok || fault.Field != "members" {
		t.Errorf("got %v", err)
	}
}

func TestColorsCanBeGiven(t *testing.T) {
	for _, c := range view.Colors() {
		if _, err := doc(t, "a name=x").Apply(view.Change("a", view.Changes{Color: &c})); err != nil {
			t.Errorf("%s: %v", c, err)
		}
	}
}
