package view_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/binnacle-dev/binnacle/backend/view"
)

func TestParseKeepsWhatItDoesNotKnow(t *testing.T) {
	const in = `{"future":{"b":[1.50,null],"a":"<"},"id":"v","layout":{"density":"x","sort":"name"},
		"members":{"a":{"endpoint":{"proxy":{"z":1,"y":2},"server":"https://x"},"labels":{"env":"prod"},"name":"one","pinned":true}},
		"owner":{"team":7,"username":"me"},"revision":4,"schema":1}`
	d, err := view.Parse([]byte(in))
	if err != nil {
		t.Fatal(err)
	}
	d, err = d.Apply(view.Change("a", view.Changes{Name: new("two"), Endpoint: &view.Endpoint{Server: "https://y"}}),
		view.SetLayout(view.Layout{Sort: "version"}), view.SetOwner(view.Owner{Username: "me", Server: "https://z"}))
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"future":{"a":"\u003c","b":[1.50,null]},"id":"v","layout":{"density":"x","sort":"version"},` +
		`"members":{"a":{"endpoint":{"proxy":{"y":2,"z":1},"server":"https://y"},"labels":{"env":"prod"},"name":"two","pinned":true}},` +
		`"owner":{"server":"https://z","team":7,"username":"me"},"revision":4,"schema":1}`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestParseRefuses(t *testing.T) {
	member := func(fields string) string { return `{"schema":1,"id":"v","members":{"a":{` + fields + `}}}` }
	many := func(n int, entry string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, entry+",", i)
		}
		return strings.TrimSuffix(b.String(), ",")
	}
	cases := map[string]struct{ in, field, problem string }{
		"nothing":              {"", "document", "not JSON"},
		"cut off":              {`{"schema":1,"id":"v"`, "document", "not JSON at byte 20"},
		"two documents":        {`{"schema":1}{}`, "document", "not JSON"},
		"not an object":        {`[1]`, "document", "object"},
		"null":                 {`null`, "document", "object"},
		"not UTF-8":            {"{\"schema\":1,\"id\":\"\xff\"}", "document", "UTF-8"},
		"too large":            {`{"schema":1,"x":"` + strings.Repeat("x", view.MaxSize) + `"}`, "document", "bytes"},
		"too deep":             {`{"schema":1,"x":` + strings.Repeat("[", 40) + strings.Repeat("]", 40) + `}`, "document", "deeper"},
		"one key twice":        {member(`"name":"x","name":"y"`), "document", "twice"},
		"one key twice, below": {member(`"new":[{"a":{"b":1,"\u0062":2}}]`), "document", "twice"},
		"no schema":            {`{"id":"v"}`, "schema", "from 1"},
		"schema 0":             {`{"schema":0,"id":"v"}`, "schema", "from 1"},
		"schema as a text":     {`{"schema":"1","id":"v"}`, "schema", "from 1"},
		"no id":                {`{"schema":1}`, "id", "1 to 64"},
		"id with a slash":      {`{"schema":1,"id":"../x"}`, "id", "1 to 64"},
		"negative revision":    {`{"schema":1,"id":"v","revision":-1}`, "revision", "from 0"},
		"revision without end": {`{"schema":1,"id":"v","revision":9223372036854775807}`, "revision", "from 0"},
		"half a revision":      {`{"schema":1,"id":"v","revision":1.5}`, "revision", "whole number"},
		"owner as a text":      {`{"schema":1,"id":"v","owner":"me"}`, "owner", "object"},
		"owner's name":         {`{"schema":1,"id":"v","owner":{"username":7}}`, "owner.username", "text"},
		"members as a list":    {`{"schema":1,"id":"v","members":[]}`, "members", "object of clusters"},
		"member null":          {`{"schema":1,"id":"v","members":{"a":null}}`, "members", "object"},
		"member's id":          {`{"schema":1,"id":"v","members":{"a b":{}}}`, "members", "an id"},
		"too many members":     {`{"schema":1,"id":"v","members":{` + many(view.MaxMembers+1, `"m%d":{}`) + `}}`, "members", "2000"},
		"name too long":        {member(`"name":"` + strings.Repeat("é", 254) + `"`), "name", "253"},
		"name as a number":     {member(`"name":1`), "name", "text"},
		"off as a text":        {member(`"off":"yes"`), "off", "true or false"},
		"order with a space":   {member(`"order":"a b"`), "order", "letters and digits"},
		"order without end":    {member(`"order":"` + strings.Repeat("a", 129) + `"`), "order", "128"},
		"labels as a list":     {member(`"labels":["a"]`), "labels", "object of texts"},
		"too many labels":      {member(`"labels":{` + many(257, `"l%d":""`) + `}`), "labels", "256"},
		"label's value":        {member(`"labels":{"a":1}`), "labels", "texts"},
		"label too long":       {member(`"labels":{"a":"` + strings.Repeat("x", 254) + `"}`), "labels", "253"},
		"label's key empty":    {member(`"labels":{"":"x"}`), "labels", "key"},
		"label's key unseen":   {member("\"labels\":{\"a\u200b\":\"x\"}"), "labels", "key"},
		"password in a server": {member(`"endpoint":{"server":"https://me:hunter2@host"}`), "endpoint.server", "password"},
		"columns as a text":    {`{"schema":1,"id":"v","layout":{"columns":"a"}}`, "layout.columns", "list of texts"},
		"too many columns":     {`{"schema":1,"id":"v","layout":{"columns":[` + many(257, `"c%d"`) + `]}}`, "layout.columns", "256"},
		"sort as an object":    {`{"schema":1,"id":"v","layout":{"sort":{}}}`, "layout.sort", "text"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			d, err := view.Upgrade([]byte(c.in))
			fault, ok := errors.AsType[*view.FieldError](err)
			if !ok {
				t.Fatalf("want a FieldError, got %v", err)
			}
			if fault.Field != c.field || !strings.Contains(fault.Problem, c.problem) {
				t.Errorf("got %q: %q, want %q: ...%q...", fault.Field, fault.Problem, c.field, c.problem)
			}
			if strings.Contains(err.Error(), "hunter2") {
				t.Errorf("the error tells a secret: %v", err)
			}
			if !d.IsZero() {
				t.Error("a document beside an error")
			}
		})
	}
}

func TestParseMakesTheUnseenVisible(t *testing.T) {
	d := doc(t, "a name=prod\u202egpj\u200b.x group=a\u0007b labels.env=x\ufeff identity=me\u2066 ?note=\"\u202e\"")
	m := d.Members["a"]
	if m.Name != "prod\ufffdgpj\ufffd.x" || m.Group != "a\ufffdb" || m.Labels["env"] != "x\ufffd" || m.Identity != "me\ufffd" {
		t.Errorf("%#v", m)
	}
	if !strings.Contains(text(t, d), "\u202e") {
		t.Error("an unknown field was changed")
	}
	if again := doc(t, "a name=naïve-東京-❤"); again.Members["a"].Name != "naïve-東京-❤" {
		t.Errorf("an honest name was changed: %+q", again.Members["a"].Name)
	}
}

func TestNewerIsShownAndNeverWritten(t *testing.T) {
	newer := []byte(`{"schema":9,"id":"v","revision":3,"owner":{"username":"me"},"members":{
		"a":{"name":"one","labels":[1],"color":"mauve","kind":{"new":true}},"b":"not an object any more"},"layout":7}`)
	d, err := view.Upgrade(newer)
	if !errors.Is(err, view.ErrNewer) {
		t.Fatalf("Upgrade: %v", err)
	}
	if d.Schema != 9 || d.ID != "v" || d.Owner.Username != "me" || len(d.Members) != 1 || d.Members["a"].Name != "one" || d.Members["a"].Color != "mauve" {
		t.Errorf("not all that could be shown: %+v", d)
	}
	if p, err := view.Parse(newer); !errors.Is(err, view.ErrNewer) || !p.IsZero() {
		t.Errorf("Parse: %v", err)
	}
	var u view.Document
	if err := json.Unmarshal(newer, &u); !errors.Is(err, view.ErrNewer) || u.Members["a"].Name != "one" {
		t.Errorf("Unmarshal: %v", err)
	}
	if _, err := json.Marshal(d); !errors.Is(err, view.ErrNewer) {
		t.Errorf("Marshal: %v", err)
	}
	if _, err := d.Apply(view.Remove("a")); !errors.Is(err, view.ErrNewer) {
		t.Errorf("Apply: %v", err)
	}
	merged, _ := view.Merge(nil, doc(t, "a name=x"), d)
	if _, err := json.Marshal(merged); !errors.Is(err, view.ErrNewer) {
		t.Errorf("a merge with it can be written: %v", err)
	}
	if _, err := view.Upgrade([]byte(`{"schema":9,"schema":9}`)); errors.Is(err, view.ErrNewer) || err == nil {
		t.Errorf("a newer document may be hostile, too: %v", err)
	}
}

// What a merge adds up beyond the limits is not lost in it, but not written either.
func TestTooMuchIsNotWritten(t *testing.T) {
	half := func(prefix string) view.Document {
		d := view.New(view.Owner{Username: "me"})
		for i := range 1500 {
			d.Members[fmt.Sprint(prefix, i)] = view.Member{Name: "x"}
		}
		return d
	}
	merged, _ := view.Merge(nil, half("a"), half("b"))
	if len(merged.Members) != 3000 {
		t.Errorf("the merge lost members: %d", len(merged.Members))
	}
	if _, err := json.Marshal(merged); err == nil || !strings.Contains(err.Error(), "members") {
		t.Errorf("it can be written: %v", err)
	}
}

func TestZeroIsNull(t *testing.T) {
	b, err := json.Marshal(struct {
		A view.Document
		B view.Document `json:",omitzero"`
	}{})
	if err != nil || string(b) != `{"A":null}` {
		t.Errorf("%s, %v", b, err)
	}
	d := doc(t, "a name=x")
	if err := json.Unmarshal([]byte("null"), &d); err != nil || !d.IsZero() {
		t.Errorf("%v, %v", d, err)
	}
}

func TestOwnedBy(t *testing.T) {
	d := view.New(view.Owner{Username: "me", Server: "https://a", CA: "1"})
	cases := map[string]struct {
		owner   view.Owner
		foreign bool
	}{
		"same":         {view.Owner{Username: "me", Server: "https://a", CA: "1"}, false},
		"moved":        {view.Owner{Username: "me", Server: "https://b", CA: "1"}, false},
		"new CA":       {view.Owner{Username: "me", Server: "https://a", CA: "2"}, false},
		"another":      {view.Owner{Username: "me", Server: "https://b", CA: "2"}, true},
		"another user": {view.Owner{Username: "you", Server: "https://a", CA: "1"}, true},
	}
	for name, c := range cases {
		if err := d.OwnedBy(c.owner); errors.Is(err, view.ErrForeign) != c.foreign {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCopyTo(t *testing.T) {
	d := doc(t, "a name=x ?n=1 labels.e=p; @ revision=9 owner.username=me layout.sort=name")
	c := d.CopyTo(view.Owner{Username: "you", Server: "https://other"})
	if c.ID == d.ID || len(c.ID) != 26 || c.Revision != 0 || c.Owner.Username != "you" {
		t.Errorf("%+v", c)
	}
	c.Members["a"].Labels["e"] = "changed"
	if d.Members["a"].Labels["e"] != "p" {
		t.Error("the copy shares maps with the original")
	}
	c.ID, c.Revision, c.Owner = d.ID, d.Revision, d.Owner
	c.Members["a"].Labels["e"] = "p"
	if !c.Equal(d) {
		t.Error("the copy has not all of it")
	}
}

func BenchmarkParse2000(b *testing.B) {
	var members strings.Builder
	for i := range view.MaxMembers {
		fmt.Fprintf(&members, "m%d name=n%d labels.env=prod endpoint.server=https://host%d order=V%03d; ", i, i, i, i%1000)
	}
	in := []byte(docJSON(b, members.String()))
	for b.Loop() {
		if _, err := view.Parse(in); err != nil {
			b.Fatal(err)
		}
	}
}
